import { map, NEVER } from 'rxjs';
import { isNetworkError } from '../../../src/index.js';
import type { SocketStatus } from '../../../src/sockets.js';
import { marbles, type SocketWireMark } from '../../../src/testing/index.js';
import { marks, raw, socketApp, states$ } from './socket-app.js';

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
});
