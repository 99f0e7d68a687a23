// Compiled, never run: `npx tsc -p tsconfig.node.json` is the test.
import type { Observable } from 'rxjs';
import {
  processInOrder,
  socket$,
  splitByLength,
  tcp$,
  tcpSocket$,
  udp$,
  type SocketStatus,
} from '../../src/sockets.js';
import { exactly } from './exactly.js';

interface Message {
  readonly id: number;
  readonly room: string;
}
type Request = { readonly join: string } | { readonly text: string };

export function app(): void {
  const chat = socket$<Message, Request>({
    url: 'wss://chat.example.com',
    channelOf: ({ room }) => room,
    // A hook may return nothing, …
    onOpen: ({ send, lastMessage }) => {
      void send({ text: `after ${lastMessage?.id ?? 0}` });
    },
    heartbeat: { intervalMs: 2, deadlineMs: 1, request: () => ({ text: 'ping' }), isReply: ({ id }) => id === 0 },
  });
  // … or what it waits for: a stream or a promise.
  socket$<Message, Request>({ url: '', onOpen: ({ send }) => send({ join: 'a' }) });
  socket$<Message, Request>({ url: '', onOpen: async () => Promise.resolve() });

  const messages$: Observable<Message> = chat.messages$;
  const room$: Observable<Message> = chat.multiplex({ match: 'a', subscribe: () => ({ join: 'a' }) });
  const status$: Observable<SocketStatus> = chat.status$;
  messages$.pipe(processInOrder(({ id }) => [id])).subscribe((id: number) => console.log(id));
  // A value may be made into one stream or another.
  const saved$: Observable<string>[] = [];
  exactly<Observable<number | string>>()(messages$.pipe(processInOrder(({ id }) => saved$[id] ?? [id])), true);
  console.log(room$, status$);

  // A face says attemptMs, the source below it has the platform's own timeout.
  tcp$({ address: '192.168.1.20', port: 9_000, attemptMs: 3_000, background: 'refuse' });
  tcpSocket$({ address: '192.168.1.20', port: 9_000, timeoutMs: 3_000 });
  udp$({ port: 5_353, background: 'send' });
}

export function negativeChecks(): void {
  const chat = socket$<Message, Request>('wss://chat.example.com');
  // @ts-expect-error -- not a message that the server takes
  void chat.send({ txt: 'hi' });
  // @ts-expect-error -- a key is a string or a number
  void chat.multiplex({ match: { room: 'a' } });
  // @ts-expect-error -- a length takes one, two or four bytes
  splitByLength({ bytes: 3 });
  // @ts-expect-error -- messages are kept or refused, not dropped
  socket$({ url: '', whenDown: 'drop' });
  // @ts-expect-error -- attemptMs, as everywhere
  tcp$({ address: '192.168.1.20', port: 9_000, timeoutMs: 3_000 });
  // @ts-expect-error -- hold, refuse or send
  udp$({ background: 'wait' });
}
