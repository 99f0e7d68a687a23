import { Subject, Subscription, takeUntil } from 'rxjs';
import { socketQueue } from '../../../src/sockets.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, sent, socketApp, states$, url } from './socket-app.js';

describe('leaving socket$ from inside', () => {
  it.each([
    ['at once', 0],
    ['after a wait for the place', 5],
  ])('[K2.6] from beforeConnect, %s, opens nothing and is closed', (_, others) => {
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx, network } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { closesAfterMs: 4 },
      });
      const listeners = Array.from({ length: others }, (__, index) =>
        socket$({ ...raw, url: `${url}/${index}` }).messages$.subscribe(),
      );
      const left$ = new Subject<void>();
      const socket = socket$<never>({
        ...raw,
        beforeConnect: (options) => {
          left$.next();
          return options;
        },
      });
      cold('-x').subscribe(() => socket.messages$.pipe(takeUntil(left$)).subscribe());
      cold('---x').subscribe(() => listeners[0]?.unsubscribe());
      cold('19ms x').subscribe(() => listeners.forEach((other) => other.unsubscribe()));

      expectObservable(states$(socket)).toBe(others === 0 ? 'c(gc)' : 'cw-----(gc)');
      flush();

      expect(wx.socketOptions).toHaveLength(others);
      expect(socketQueue(network).snapshot()).toEqual({ size: 0, running: 0, paused: false });
    })();
  });

  it(
    '[K2.7] from onOpen asks no heartbeat, and sends nothing',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const states: string[] = [];
      const listener = new Subscription();
      let asked = 0;
      const socket = socket$<string>({
        ...raw,
        onOpen: () => {
          listener.unsubscribe();
          return undefined;
        },
        heartbeat: { intervalMs: 10, deadlineMs: 5, request: () => `ping ${asked++}` },
      });
      const channel = socket.multiplex({ match: () => true, subscribe: () => 'join' });
      cold('x').subscribe(() => {
        listener.add(socket.messages$.subscribe());
        listener.add(channel.subscribe());
        void socket.send('x').subscribe({ error: () => undefined });
      });

      states$(socket).subscribe((state) => states.push(state));
      flush();

      expect(states.join('')).toBe('cgc');
      expect(asked).toBe(0);
      expect(sent(wx.log)).toEqual([]);
    }),
  );
});
