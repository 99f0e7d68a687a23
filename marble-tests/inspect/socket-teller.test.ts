import { NEVER, takeUntil, throwError, timer, type Observable } from 'rxjs';
import { createNetwork } from '../../src/index.js';
import { networkEvents$, type InspectEvent } from '../../src/inspect.js';
import { createSocket } from '../../src/sockets.js';
import { marbles, scriptedWx, type MarbleHelpers, type SocketWireMark } from '../../src/testing/index.js';

const url = 'wss://chat.example.com/room?token=abc';
const marks: Record<string, SocketWireMark> = {
  o: { open: { header: {} } },
  a: { message: { data: '"你好"' } },
  b: { message: { data: new ArrayBuffer(4) } },
  x: { close: { code: 1006, reason: '' } },
  z: { close: { code: 1000, reason: '' } },
  r: { close: { code: 4001, reason: 'kicked' } },
};

function watchedSockets({ app }: MarbleHelpers, sockets: (index: number) => Observable<SocketWireMark>) {
  const network = createNetwork({
    wx: scriptedWx(() => NEVER, { app$: app(''), sockets }),
    onWarning: () => undefined,
  });
  const events: InspectEvent[] = [];
  const life = networkEvents$(network).subscribe((event) => {
    if ('socket' in event) events.push(event);
  });
  return { socket$: createSocket(network), events, life };
}

/** When, what, and its numbers and words; the code of an error. */
const told = (events: readonly InspectEvent[]) =>
  events.map((event) => {
    const { generation, direction, bytes, meaning, retryInMs, error } = event as unknown as Partial<
      Record<string, string | number>
    >;
    const more = [
      generation,
      direction,
      bytes,
      meaning,
      retryInMs,
      (error as unknown as { code?: string } | undefined)?.code,
    ];
    const shown = more.filter((value) => value !== undefined);
    return [event.atMs, event.type.replace('socket-', ''), ...shown].join(' ');
  });

describe('what is told of a socket', () => {
  it(
    'is how it stands, over all its connections, what went each way, and when it tries again',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const servers = [cold('--o--a--b--x', marks), cold('--o', marks)];
      const { socket$, events } = watchedSockets(helpers, (index) => servers[index] ?? NEVER);
      const socket = socket$({
        url,
        serializer: 'none',
        reconnect: { initialMs: 8, random: () => 0.5 },
      });
      const life = socket.messages$.subscribe();
      timer(3).subscribe(() => socket.send('hi').subscribe());
      timer(2_000).subscribe(() => life.unsubscribe());
      flush();

      expect(told(events)).toEqual([
        '0 connecting 1',
        '2 open 1',
        '3 message out 2',
        '5 message in 8',
        '8 message in 4',
        '11 down connection',
        '11 retry 4',
        '15 connecting 2',
        '17 open 2',
        '2000 closed clean',
      ]);
    }),
  );

  it(
    'has an address without secrets',
    marbles((helpers) => {
      const { socket$, events } = watchedSockets(helpers, () => NEVER);
      socket$(url)
        .messages$.pipe(takeUntil(timer(10)))
        .subscribe();
      helpers.flush();

      expect(events).toMatchObject([{ type: 'socket-connecting', url: 'wss://chat.example.com/room?token=***' }, {}]);
    }),
  );

  it.each([
    ['-o-z', 'clean', undefined],
    ['-o-r', 'refused', 'connection'],
  ])('is what the end of %s means: %s', (lane, meaning, code) => {
    marbles((helpers) => {
      const { socket$, events } = watchedSockets(helpers, () => helpers.cold(lane, marks));
      socket$({ url, reconnect: { afterCleanClose: false } })
        .messages$.pipe(takeUntil(timer(100)))
        .subscribe({ error: () => undefined });
      helpers.flush();

      expect(events[events.length - 1]).toMatchObject({
        type: 'socket-closed',
        meaning,
        ...(code && { error: { code } }),
      });
    })();
  });

  it(
    'is that it waits for a place',
    marbles((helpers) => {
      const { socket$, events } = watchedSockets(helpers, () => helpers.cold('-o', marks));
      for (let socket = 0; socket < 6; socket++)
        socket$(`${url}${socket}`)
          .messages$.pipe(takeUntil(timer(10)))
          .subscribe();
      helpers.flush();

      expect(events.find(({ type }) => type === 'socket-waiting')).toMatchObject({ socket: 6, running: 5, waiting: 1 });
    }),
  );

  it(
    'is that it failed, where it will not be tried again',
    marbles((helpers) => {
      const { socket$, events } = watchedSockets(helpers, () =>
        throwError(() => ({ errMsg: 'connectSocket:fail refused' })),
      );
      socket$({ url, reconnect: false })
        .messages$.pipe(takeUntil(timer(100)))
        .subscribe({ error: () => undefined });
      helpers.flush();

      expect(events[events.length - 1]).toMatchObject({ type: 'socket-closed', meaning: 'failed' });
    }),
  );

  it(
    'is nothing while nobody listens',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, events, life } = watchedSockets(helpers, () => cold('--o--a--b', marks));
      socket$({ url, serializer: 'none' })
        .messages$.pipe(takeUntil(timer(50)))
        .subscribe();
      timer(3).subscribe(() => life.unsubscribe());
      flush();

      expect(told(events)).toEqual(['0 connecting 1', '2 open 1']);
    }),
  );
});
