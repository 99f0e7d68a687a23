import { NEVER, skip } from 'rxjs';
import { isNetworkError } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { settableClock } from '../settable-clock.js';
import { marks, raw, socketApp, states$, url } from './socket-app.js';

describe('socket$, when it loses its connection', () => {
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

    it.each([
      [-3_600_000, Infinity],
      [-9_000, Infinity],
      // The thread is frozen: the timer of five seconds rings on the thaw.
      [-3_600_000, 10_001],
      [-9_000, 10_001],
    ])(
      '[BG-1] [K5.2] connects again after ten seconds of background in which the clock is put by %d ms; thawed at %d',
      (byMs, toMs) => {
        marbles((helpers) => {
          const { cold, flush } = helpers;
          const scheduler = settableClock(toMs === Infinity ? undefined : { fromMs: 4_000, toMs });
          const { socket$, wx } = socketApp(helpers, '-- h 9999ms s', () => cold('-o', marks), {
            platform: { closesAfterMs: 'never' },
            scheduler,
          });
          cold('3s x').subscribe(() => scheduler.put(byMs));
          const listener = socket$({ ...raw, reconnect: { random: () => 0 } }).messages$.subscribe();
          cold('14s x').subscribe(() => listener.unsubscribe());
          flush();

          const connects = wx.log
            .filter((line) => line.startsWith('connect'))
            .map((line) => line.replace(/\.\d+$/, ''));
          const at = Math.max(10_002, toMs === Infinity ? 0 : toMs);
          expect(connects).toEqual(['connect 0 @0', `connect 1 @${at}`]);
        })();
      },
    );

    it(
      '[K5.2] keeps the connection over shorter absences while the clock is put back',
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const scheduler = settableClock();
        const { socket$, wx } = socketApp(helpers, '-- h 4997ms s 999ms h 2s s 2s h 2s s', () => cold('-o', marks), {
          scheduler,
        });
        cold('1s x').subscribe(() => scheduler.put(-10));
        cold('7s x').subscribe(() => scheduler.put(-3_600_000));
        const listener = socket$(raw).messages$.subscribe();
        cold('20s x').subscribe(() => listener.unsubscribe());
        flush();

        expect(wx.log.filter((line) => line.startsWith('connect'))).toEqual(['connect 0 @0']);
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
