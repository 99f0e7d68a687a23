import { map, merge, switchMap, take, tap, type Observable, type SchedulerLike } from 'rxjs';
import { createNetwork, type WxPort } from '../../src/index.js';
import { createSocket, createTcp, createUdp, splitLines, type SocketStatus } from '../../src/sockets.js';
import type { Heard, Said } from './message.js';
import { inspected } from '../stage/inspected.js';

/** Something on the local network that answered. */
export interface Lamp {
  readonly address: string;
  readonly port: number;
  /** What it said back over TCP. */
  readonly echo: string;
}

/** The app. */
export interface ChatApp {
  /** Open as long as somebody listens. */
  readonly heard$: Observable<Heard>;
  readonly status$: Observable<SocketStatus>;
  readonly say: (text: string) => void;
  /** Asks by UDP who is there, and says hello by TCP to the first that answers. */
  readonly lamp$: Observable<Lamp>;
}

/** What the app knows of the phone that it runs on. */
export interface Phone {
  readonly wx: WxPort;
  readonly scheduler: SchedulerLike;
  readonly device: { readonly localip: string; readonly netmask: string };
}

/** A chat room, written as its author would write it. */
export function createApp({ wx, scheduler, device }: Phone, discoveryPort: number): ChatApp {
  const domains = { socket: ['wss://chat.example.com'] };
  const network = inspected('chat', createNetwork({ wx, scheduler, domains, device: () => device }));
  const socket$ = createSocket(network);
  const udp$ = createUdp(network);
  const tcp$ = createTcp(network);

  /** Said, and not heard back from the room yet. */
  const unconfirmed = new Map<string, Said>();
  let count = 0;

  const chat = socket$<Heard, Said>({
    url: 'wss://chat.example.com/room',
    reconnect: { initialMs: 300, maxMs: 600 },
    // What the last connection did not confirm may have arrived or not: the room knows it by its key.
    onOpen: (opened) =>
      merge(
        opened.send({ type: 'login', after: opened.lastMessage?.id ?? 0 }),
        ...[...unconfirmed.values()].map((said) => opened.send(said)),
      ),
  });

  return {
    status$: chat.status$,
    heard$: chat.messages$.pipe(tap(({ key }) => key !== undefined && unconfirmed.delete(key))),
    say(text) {
      const said: Said = { type: 'say', key: `me-${++count}`, text };
      unconfirmed.set(said.key, said);
      // It is said again with the next connection.
      chat.send(said).subscribe({ error: () => undefined });
    },
    lamp$: udp$().pipe(
      tap((connection) =>
        connection.send({
          address: '255.255.255.255',
          port: discoveryPort,
          message: 'who is there?',
          setBroadcast: true,
        }),
      ),
      switchMap(({ messages$ }) => messages$),
      take(1),
      map(({ message, remoteInfo }) => ({
        address: remoteInfo.address,
        port: Number(String.fromCharCode(...new Uint8Array(message))),
      })),
      switchMap((lamp) =>
        tcp$(lamp).pipe(
          tap((connection) => connection.send('hello\n')),
          switchMap(({ messages$ }) => messages$.pipe(splitLines())),
          take(1),
          map((echo) => ({ ...lamp, echo })),
        ),
      ),
    ),
  };
}
