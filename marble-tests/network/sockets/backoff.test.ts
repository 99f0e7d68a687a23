import { retry } from 'rxjs';
import { isNetworkError } from '../../../src/index.js';
import { marbles, type SocketWireMark } from '../../../src/testing/index.js';
import { settableClock } from '../settable-clock.js';
import { marks, socketApp, states$, url } from './socket-app.js';

const close = (code: number | undefined, reason = ''): SocketWireMark => ({
  close: { ...(code !== undefined && { code }), reason },
});

describe('socket$, when it loses its connection', () => {
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

  it.each([-3_600_000, -20])(
    '[K5.2] counts a connection as stable, and no attempt as in vain, where the clock is put by %d ms while it is open',
    (byMs) => {
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const scheduler = settableClock();
        const refused = { ...marks, e: close(1006) };
        const { socket$, wx } = socketApp(
          helpers,
          '',
          (index) => (index === 2 ? cold('o 399ms e', refused) : cold('e', refused)),
          { scheduler },
        );
        cold('200ms x').subscribe(() => scheduler.put(byMs));
        const reconnect = { initialMs: 10, maxMs: 80, stableMs: 100, maxAttempts: 2, random: () => 1 };
        const listener = socket$({ url, reconnect }).messages$.subscribe({ error: () => undefined });
        cold('700ms x').subscribe(() => listener.unsubscribe());
        flush();

        const at = wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
        expect(at).toEqual([0, 10, 30, 440, 460]);
      })();
    },
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
      socket.messages$.subscribe({ error: (error: unknown) => codes.push(isNetworkError(error, 'connection')) });

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
});
