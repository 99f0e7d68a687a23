import { Subject, Subscription, takeUntil } from 'rxjs';
import { socketQueue, type SocketOptions } from '../../../src/sockets.js';
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

  it.each<[string, (leave: () => void) => Partial<SocketOptions<string>>]>([
    [
      'afterClose',
      (leave) => ({ reconnect: { initialMs: 8, random: () => 0.5, afterClose: () => (leave(), 'at-once') } }),
    ],
    [
      'isReply',
      (leave) => ({
        heartbeat: { intervalMs: 10, deadlineMs: 5, request: () => 'ping', isReply: () => (leave(), false) },
      }),
    ],
    [
      'isPlainReply',
      (leave) => ({
        heartbeat: { intervalMs: 10, deadlineMs: 5, request: () => 'ping', isPlainReply: () => (leave(), false) },
      }),
    ],
    [
      'the request of a heartbeat',
      (leave) => ({ heartbeat: { intervalMs: 2, deadlineMs: 1, request: () => (leave(), 'ping') } }),
    ],
    ['channelOf', (leave) => ({ channelOf: () => (leave(), 'a') })],
    [
      'deserialize',
      (leave) => ({ serializer: { serialize: String, deserialize: (data) => (leave(), data as string) } }),
    ],
    ['onUnreadable', (leave) => ({ serializer: 'json', onUnreadable: () => (leave(), 'a') })],
    ['random', (leave) => ({ reconnect: { initialMs: 8, random: () => (leave(), 0.5) } })],
  ])('[K2.6][K2.7] from %s: nothing more is heard, sent or opened', (_, optionsOf) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx, network } = socketApp(helpers, '', () => cold('-o-a-x', marks));
      const listener = new Subscription();
      const states: string[] = [];
      const heard: string[] = [];
      let leftAt = Infinity;
      const leave = () => {
        leftAt = Math.min(leftAt, network.scheduler.now());
        listener.unsubscribe();
      };
      const socket = socket$<string>({ ...raw, ...optionsOf(leave) });
      states$(socket).subscribe((state) => states.push(state));
      listener.add(socket.messages$.subscribe((message) => heard.push(`${message} @${network.scheduler.now()}`)));
      listener.add(socket.multiplex({ match: 'channelOf' in optionsOf(leave) ? 'a' : () => true }).subscribe());
      cold('100ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(leftAt).toBeLessThan(100);
      expect(states.at(-1)).toBe('c');
      expect(states.filter((state) => state === 'o')).toHaveLength(1);
      expect(sent(wx.log)).toEqual([]);
      expect(heard.filter((line) => Number(line.split('@')[1]) > leftAt)).toEqual([]);
      expect(wx.socketOptions).toHaveLength(1);
      expect(socketQueue(network).snapshot()).toEqual({ size: 0, running: 0, paused: false });
    })();
  });
});
