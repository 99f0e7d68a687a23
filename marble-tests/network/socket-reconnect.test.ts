import { map, NEVER, retry, skip } from 'rxjs';
import { isNetworkError } from '../../src/index.js';
import type { SocketStatus } from '../../src/sockets.js';
import { marbles, type SocketWireMark } from '../../src/testing/index.js';
import { marks, socketApp, states$, url } from './socket-app.js';

const raw = { url, serializer: 'none', reconnect: { initialMs: 8, random: () => 0.5 } } as const;

const close = (code: number | undefined, reason = ''): SocketWireMark => ({
  close: { ...(code !== undefined && { code }), reason },
});

describe('socket$, when it loses its connection', () => {
  it.each([
    [close(0), 'lost'],
    [close(1001, 'Stream end encountered'), 'lost'],
    [close(1005), 'lost'],
    [close(1006, 'abnormal closure'), 'lost'],
    [close(1011), 'lost'],
    [close(1012), 'lost'],
    [close(3000), 'lost'],
    [close(undefined), 'lost'],
    [close(1000, 'interrupted'), 'lost'],
    [close(0, 'interrupted'), 'lost'],
    [close(1006, 'interrupted'), 'lost'],
    [{ error: { errMsg: 'Underlying Transport Error' } }, 'lost'],
    [{ error: { errMsg: 'something new' } }, 'lost'],
    [close(1000, 'bye'), 'completes'],
    [close(1002), 'errors'],
    [close(1003), 'errors'],
    [close(1008), 'errors'],
    [close(1009), 'errors'],
    [close(4000), 'errors'],
    [close(4999), 'errors'],
  ])('takes %j for: %s', (end, meaning) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('-o-e', { ...marks, e: end }) : NEVER,
      );
      let outcome = 'lost';
      const listener = socket$(raw).messages$.subscribe({
        complete: () => (outcome = 'completes'),
        error: () => (outcome = 'errors'),
      });
      cold('---------x').subscribe(() => listener.unsubscribe());
      flush();

      expect(outcome).toBe(meaning);
      expect(wx.socketOptions).toHaveLength(meaning === 'lost' ? 2 : 1);
    })();
  });

  it(
    'waits longer each time, up to a bound, and begins anew after a stable connection',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const refused = { ...marks, e: close(1006) };
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 6 ? cold('o 99ms e', refused) : cold('e', refused),
      );
      const reconnect = { initialMs: 10, maxMs: 80, stableMs: 100, random: () => 1 };
      const listener = socket$({ url, reconnect }).messages$.subscribe();
      cold('700ms x').subscribe(() => listener.unsubscribe());
      flush();

      const at = wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
      expect(at).toEqual([0, 10, 30, 70, 150, 230, 310, 420, 440, 480, 560, 640]);
    }),
  );

  it(
    'waits a random part of what it may',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const parts = [0, 0.25, 0.999];
      const { socket$, wx } = socketApp(helpers, '', () => cold('e', { e: close(1006) }));
      const reconnect = { initialMs: 100, random: () => parts.shift() ?? 1 };
      const listener = socket$({ url, reconnect }).messages$.subscribe();
      cold('460ms x').subscribe(() => listener.unsubscribe());
      flush();

      const at = wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
      // 0 of 100, a quarter of 200, 0.999 of 400.
      expect(at).toEqual([0, 0, 50, 449]);
    }),
  );

  it(
    'counts a connection that breaks at once as a failure, so that it is not asked without a pause',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('(oe)', { ...marks, e: close(1006) }));
      const listener = socket$({ url, reconnect: { initialMs: 10, random: () => 1 } }).messages$.subscribe();
      cold('160ms x').subscribe(() => listener.unsubscribe());
      flush();

      const at = wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
      expect(at).toEqual([0, 10, 30, 70, 150]);
    }),
  );

  it.each([{}, { interruptInBackground: false }])(
    '[BG-1] waits longer each time also where the platform says interrupted and there was no background: %j',
    (more) => {
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const { socket$, wx } = socketApp(helpers, '', () => cold('(oi)', marks), more);
        const listener = socket$({ url, reconnect: { initialMs: 10, random: () => 1 } }).messages$.subscribe();
        cold('160ms x').subscribe(() => listener.unsubscribe());
        flush();

        const at = wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
        expect(at).toEqual([0, 10, 30, 70, 150]);
      })();
    },
  );

  it(
    'ends with the error of the last attempt when there were enough',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-f', marks));
      const socket = socket$({ url, reconnect: { initialMs: 2, maxAttempts: 2, random: () => 1 } });
      const codes: unknown[] = [];
      socket.messages$.subscribe({ error: (error: unknown) => codes.push(isNetworkError(error, 'offline')) });

      expectObservable(states$(socket)).toBe('gd-gd---gc');
      helpers.flush();
      expect(codes).toEqual([true]);
    }),
  );

  it(
    'counts anew for one who listens again in the turn of the end',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-f', marks));
      const reconnect = { initialMs: 2, maxAttempts: 1, random: () => 1 };
      socket$({ url, reconnect })
        .messages$.pipe(retry(1))
        .subscribe({ error: () => undefined });
      flush();

      expect(wx.socketOptions).toHaveLength(4);
    }),
  );

  it(
    'ends at once with reconnect: false, and connects again after a clean close where asked to',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const never = socketApp(helpers, '', () => cold('-ox', marks));
      const always = socketApp(helpers, '', () => cold('-oaz', marks));

      const once = never.socket$({ ...raw, reconnect: false });
      once.messages$.subscribe({ error: () => undefined });
      expectObservable(states$(once)).toBe('goc');
      const reconnect = { ...raw.reconnect, afterCleanClose: true };
      expectObservable(always.socket$<string>({ ...raw, reconnect }).messages$, '^----------!').toBe('--a------a-');
    }),
  );

  it(
    'tells how it stands',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$ } = socketApp(helpers, '', (index) => (index === 0 ? cold('-o-x', marks) : cold('-o', marks)));
      const socket = socket$(raw);
      const statuses: unknown[] = [];
      socket.status$
        .pipe(
          map(({ error, ...status }: SocketStatus) => ({
            ...status,
            ...(isNetworkError(error) && { code: error.code }),
          })),
        )
        .subscribe((status) => statuses.push(status));
      const listener = socket.messages$.subscribe();
      cold('---------x').subscribe(() => listener.unsubscribe());
      flush();

      expect(statuses).toEqual([
        { state: 'closed', generation: 0 },
        { state: 'connecting', generation: 0 },
        { state: 'open', generation: 1 },
        { state: 'down', generation: 1, retryInMs: 4, code: 'connection' },
        { state: 'connecting', generation: 1 },
        { state: 'open', generation: 2 },
        { state: 'closed', generation: 2 },
      ]);
    }),
  );

  it(
    'tells all who watch how it stands now, also where the first of them closes it in answer',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-o', marks));
      const socket = socket$<never>(raw);
      socket.status$.subscribe(({ state }) => state === 'open' && socket.close());

      expectObservable(socket.messages$).toBe('-|');
      expectObservable(states$(socket)).toBe('gc');
    }),
  );

  it(
    'hears nothing of a dead connection any more',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      // The platform tells an error, and goes on telling messages, long after the next socket is open.
      const ghost = cold('-o-f-------a-b', marks);
      const { socket$ } = socketApp(helpers, '', (index) => (index === 0 ? ghost : cold('-o-----c', marks)), {
        platform: { closesAfterMs: 'never' },
      });

      expectObservable(socket$<string>(raw).messages$, '^-----------------!').toBe('--------------c---');
    }),
  );

  describe('in the background', () => {
    it(
      '[BG-1] connects again at once on the return after five seconds, though nobody told of the loss',
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const { socket$, wx } = socketApp(helpers, '-- h 4999ms s', () => cold('-o', marks), {
          platform: { closesAfterMs: 'never' },
        });
        const listener = socket$(raw).messages$.subscribe();
        cold('8s x').subscribe(() => listener.unsubscribe());
        flush();

        expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @5002', 'connect 1 @5002', 'close 1 1000 @8000']);
      }),
    );

    it(
      'keeps the connection over a shorter absence',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { socket$, wx } = socketApp(helpers, '-- h 4998ms s', () => cold('-o 6s a', marks));

        expectObservable(socket$<string>(raw).messages$, '^ 8s !').toBe('-- 6s a');
        flush();

        expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @8001']);
      }),
    );

    it(
      '[BG-1][BG-2] does not connect before the return when it was cut, and then at once',
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const { socket$, wx } = socketApp(helpers, '-- h 9s s', (index) =>
          index === 0 ? cold('-o 5s i', marks) : cold('-o', marks),
        );
        const socket = socket$(raw);
        const statuses: unknown[] = [];
        socket.status$.subscribe(({ state, retryInMs }) => statuses.push([state, retryInMs]));
        const listener = socket.messages$.subscribe();
        cold('12s x').subscribe(() => listener.unsubscribe());
        flush();

        expect(wx.log).toEqual(['connect 0 @0', 'connect 1 @9003', 'close 1 1000 @12000']);
        expect(statuses).toEqual([
          ['closed', undefined],
          ['connecting', undefined],
          ['open', undefined],
          ['down', undefined],
          ['connecting', undefined],
          ['open', undefined],
          ['closed', undefined],
        ]);
      }),
    );

    it(
      'does not wait any longer on the return after five seconds, however long it was to wait',
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const { socket$, wx } = socketApp(helpers, '-----h 5s s', (index) =>
          index === 0 ? cold('-ox', marks) : NEVER,
        );
        const listener = socket$({ url, reconnect: { initialMs: 60_000, random: () => 1 } }).messages$.subscribe();
        cold('9s x').subscribe(() => listener.unsubscribe());
        flush();

        expect(wx.log.slice(0, 2)).toEqual(['connect 0 @0', 'connect 1 @5006']);
      }),
    );

    it(
      '[BG-2] waits for the return before it connects at all, or refuses to',
      marbles((helpers) => {
        const { cold, hot, expectObservable, flush } = helpers;
        const { socket$, wx } = socketApp(helpers, '-h---s', () => cold('-oa', marks));
        const held = socket$<string>(raw);
        const refused = socket$<string>({ ...raw, background: 'refuse' });
        const codes: unknown[] = [];

        expectObservable(held.messages$, '--^-----!').toBe('-------a');
        expectObservable(states$(held).pipe(skip(1))).toBe('--w--go-c');
        hot('--x').subscribe(() =>
          refused.messages$.subscribe({ error: (error: unknown) => codes.push(isNetworkError(error, 'background')) }),
        );
        flush();

        expect(codes).toEqual([true]);
        expect(wx.log).toEqual(['connect 0 @5', 'close 0 1000 @8']);
      }),
    );

    it(
      '[BG-2] does not ask without a pause where the platform refuses though nobody told of a background',
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const refused = { errno: 600003, errMsg: 'connectSocket:fail interrupted' };
        const { socket$, wx } = socketApp(helpers, '', () => cold('#', undefined, refused));
        const listener = socket$({ url, reconnect: { initialMs: 10, random: () => 1 } }).messages$.subscribe();
        cold('80ms x').subscribe(() => listener.unsubscribe());
        flush();

        const at = wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
        expect(at).toEqual([0, 10, 30, 70]);
      }),
    );

    it(
      'leaves the connections of an app alone that keeps running there',
      marbles((helpers) => {
        const { cold, expectObservable, flush } = helpers;
        const { socket$, wx } = socketApp(helpers, '-h 9s s', () => cold('-o 6s a', marks), {
          interruptInBackground: false,
        });

        expectObservable(socket$<string>(raw).messages$, '^ 12s !').toBe('-- 6s a');
        flush();

        expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @12001']);
      }),
    );
  });
});
