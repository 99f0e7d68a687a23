import { map } from 'rxjs';
import { isNetworkError } from '../../../src/index.js';
import type { Socket } from '../../../src/sockets.js';
import { marbles, type MarbleHelpers } from '../../../src/testing/index.js';
import { settableClock } from '../settable-clock.js';
import { marks, phoneOn, raw, sent, socketApp, states$, url, type ScriptedPhone } from './socket-app.js';

const slow = { url, serializer: 'none', reconnect: { initialMs: 60_000, maxMs: 60_000, random: () => 1 } } as const;

function connects(log: readonly string[]): number[] {
  return log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
}

/** All that is told of a socket: its state, the code of its error, and the wait. */
function told(socket: Socket<never, never>): unknown[] {
  const statuses: unknown[] = [];
  socket.status$
    .pipe(
      map(({ state, error, retryInMs }) => [
        state,
        ...(isNetworkError(error) ? [error.code] : []),
        ...(retryInMs === undefined ? [] : [retryInMs]),
      ]),
    )
    .subscribe((status) => statuses.push(status.join(' ')));
  return statuses;
}

describe('socket$, on a phone that tells of its network', () => {
  it(
    '[K9.1] is down at once without a network, makes no attempts, and connects 100 ms after there is one',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), {
        phone: phoneOn(helpers, '---n 8999ms m'),
      });
      const socket = socket$<never>(slow);
      const statuses = told(socket);
      const listener = socket.messages$.subscribe();
      cold('20s x').subscribe(() => listener.unsubscribe());
      flush();

      expect(connects(wx.log)).toEqual([0, 9_103]);
      expect(statuses).toEqual([
        'closed',
        'connecting',
        'open',
        'down offline',
        'down offline 100',
        'connecting',
        'open',
        'closed',
      ]);
    }),
  );

  it(
    '[K9.1] forgets the backoff when the phone is on another network',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('x', marks), { phone: phoneOn(helpers, '71ms m') });
      const reconnect = { initialMs: 10, maxMs: 10_000, random: () => 1 };
      const listener = socket$({ url, reconnect }).messages$.subscribe();
      cold('250ms x').subscribe(() => listener.unsubscribe());
      flush();

      // 10, 20, 40 apart, then 100 after the change, then 10, 20, 40 again.
      expect(connects(wx.log)).toEqual([0, 10, 30, 70, 171, 181, 201, 241]);
    }),
  );

  it(
    '[K9.1] does not begin without a network, and fails at once where it is not to connect again',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const phone = phoneOn(helpers, 'n 499ms w');
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), { phone });
      const patient = socket$<never>(raw);
      const once = socket$<never>({ ...raw, reconnect: false });
      const codes: unknown[] = [];

      expectObservable(states$(patient)).toBe('c-d 497ms d 99ms go 398ms c');
      cold('--x').subscribe(() => {
        const listener = patient.messages$.subscribe();
        cold('998ms x').subscribe(() => listener.unsubscribe());
        once.messages$.subscribe({ error: (error: unknown) => codes.push(isNetworkError(error, 'offline')) });
      });
      flush();

      expect(codes).toEqual([true]);
      expect(connects(wx.log)).toEqual([600]);
    }),
  );

  it.each([
    ['w', 'm', [0, 103]],
    ['f', 'w', [0, 103]],
    ['m', 'f', [0]],
    ['w', 'u', [0]],
  ])('[K9.1] without a heartbeat connects anew on another network, from %s to %s', (first, then, expected) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), {
        phone: phoneOn(helpers, `---${then}`, first),
      });
      const listener = socket$(slow).messages$.subscribe();
      cold('900ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(connects(wx.log)).toEqual(expected);
    })();
  });

  describe('with a heartbeat', () => {
    const heartbeat = { intervalMs: 10_000, deadlineMs: 40, request: () => 'ping' } as const;

    const asks = (
      helpers: MarbleHelpers,
      { app = '', lane = '', answers = true }: { app?: string; lane?: string; answers?: boolean },
    ) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(
        helpers,
        app,
        () => cold(answers ? '-o 9ms 9ms a 19ms a 19ms a 19ms a 19ms a' : '-o', marks),
        { phone: phoneOn(helpers, lane) },
      );
      const listener = socket$({
        ...slow,
        heartbeat,
        reconnect: { initialMs: 4, random: () => 0.5 },
      }).messages$.subscribe();
      cold('90ms x').subscribe(() => listener.unsubscribe());
      flush();
      return [sent(wx.log), connects(wx.log)];
    };

    it('[K9.1] asks on another network whether the peer is there, and goes on where it is', () => {
      marbles((helpers) => {
        expect(asks(helpers, { lane: '10ms m' })).toEqual([['send 0 ping @10'], [0]]);
      })();
    });

    it('[K9.1] connects anew where it is not', () => {
      marbles((helpers) => {
        expect(asks(helpers, { lane: '10ms m', answers: false })).toEqual([['send 0 ping @10'], [0, 52]]);
      })();
    });

    it('[K9.2] asks after any absence', () => {
      marbles((helpers) => {
        expect(asks(helpers, { app: '--h---s', answers: false })).toEqual([['send 0 ping @6'], [0, 48]]);
      })();
    });
  });

  it.each([
    ['told while the app is hidden', '----n---m', 2_002],
    ['never told', '----N---M', 2_102],
  ])('[K9.2] connects anew after an absence in which the network changed: %s', (_, lane, expected) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '--h 1999ms s', () => cold('-o', marks), {
        phone: phoneOn(helpers, lane),
      });
      const listener = socket$<never>(slow).messages$.subscribe();
      cold('3s x').subscribe(() => listener.unsubscribe());
      flush();

      expect(connects(wx.log)).toEqual([0, expected]);
    })();
  });

  it(
    '[K9.2] takes what the phone tells for newer than the answer to what it was asked before',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const phone = phoneOn(helpers, '----N 5ms w');
      const slowly: ScriptedPhone = {
        ...phone,
        getNetworkType: ({ success }) =>
          phone.getNetworkType({ success: (answer) => void cold('2ms x').subscribe(() => success?.(answer)) }),
      };
      const { socket$, wx } = socketApp(helpers, '-----h--s', () => cold('-o', marks), { phone: slowly });
      const socket = socket$<never>(slow);
      const listener = socket.messages$.subscribe();
      cold('900ms x').subscribe(() => listener.unsubscribe());
      const statuses = told(socket);
      flush();

      // Asked at 8, when there was none; told at 9 that there is one; answered at 10.
      expect(statuses).toEqual(['connecting', 'open', 'closed']);
      expect(connects(wx.log)).toEqual([0]);
    }),
  );

  it(
    '[K9.1] hears of the network from a phone that could not be asked at first',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const phone: ScriptedPhone = {
        ...phoneOn(helpers, '---n'),
        getNetworkType: ({ fail }) => fail?.({ errMsg: 'getNetworkType:fail' }),
      };
      const { socket$ } = socketApp(helpers, '', () => cold('-o', marks), { phone });
      const socket = socket$<never>(slow);
      const statuses = told(socket);
      const listener = socket.messages$.subscribe();
      cold('9ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(statuses).toEqual(['closed', 'connecting', 'open', 'down offline', 'closed']);
    }),
  );

  it(
    '[K9.2] goes on with what it knows where the phone cannot be asked on the return',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const phone = phoneOn(helpers, '');
      let asked = 0;
      const broken: ScriptedPhone = {
        ...phone,
        getNetworkType(option) {
          if (asked++ > 0) throw new Error('not today');
          phone.getNetworkType(option);
        },
      };
      const { socket$ } = socketApp(helpers, '--h--s', () => cold('-o', marks), { phone: broken });
      const socket = socket$<never>(slow);
      const statuses = told(socket);
      const listener = socket.messages$.subscribe();
      cold('900ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(asked).toBe(2);
      expect(statuses).toEqual(['closed', 'connecting', 'open', 'closed']);
    }),
  );

  it(
    '[K9.3] takes the platform’s words for a lost connection, and for offline only when the phone says so',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('-f', marks), { phone: phoneOn(helpers, '---n') });
      const socket = socket$<never>(slow);
      const statuses = told(socket);
      const listener = socket.messages$.subscribe();
      cold('9ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(statuses).toEqual(['closed', 'connecting', 'down connection 60000', 'down offline', 'closed']);
    }),
  );

  it(
    '[K5.4] goes on waiting while the app is away, and tells anew how long',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '4s h 999ms s 9s h 9s s', (index) =>
        index === 0 ? cold('-x', marks) : cold('-o', marks),
      );
      const reconnect = { initialMs: 8_000, random: () => 1 };
      const socket = socket$<never>({ url, reconnect });
      const statuses = told(socket);
      const late: unknown[] = [];
      cold('7001ms x').subscribe(() => socket.status$.subscribe(({ retryInMs }) => late.push(retryInMs)));
      const listener = socket.messages$.subscribe();
      cold('8500ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(connects(wx.log)).toEqual([0, 8_001]);
      expect(statuses).toEqual([
        'closed',
        'connecting',
        'down connection 8000',
        'down connection',
        'down connection 3001',
        'connecting',
        'open',
        'closed',
      ]);
      expect(late[0]).toBe(1_000);
    }),
  );

  it(
    '[K5.4] connects on the return when the wait was over meanwhile, however short the absence',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '4s h 999ms s', (index) =>
        index === 0 ? cold('-x', marks) : cold('-o', marks),
      );
      const listener = socket$({ url, reconnect: { initialMs: 4_500, random: () => 1 } }).messages$.subscribe();
      cold('6s x').subscribe(() => listener.unsubscribe());
      flush();

      expect(connects(wx.log)).toEqual([0, 5_000]);
    }),
  );

  it(
    '[K5.4] [K5.2] waits no longer on the return where the clock was put back by an hour meanwhile',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const scheduler = settableClock();
      const { socket$, wx } = socketApp(
        helpers,
        '4s h 999ms s',
        (index) => (index === 0 ? cold('-x', marks) : cold('-o', marks)),
        { scheduler },
      );
      cold('4500ms x').subscribe(() => scheduler.put(-3_600_000));
      const listener = socket$({ url, reconnect: { initialMs: 8_000, random: () => 1 } }).messages$.subscribe();
      cold('20s x').subscribe(() => listener.unsubscribe());
      flush();

      // The whole wait anew, because nobody knows how much of it is over.
      expect(connects(wx.log)).toEqual([0, 13_000]);
    }),
  );

  it(
    '[K5.2] opens one connection where the clock was put back after a long background, and cuts it for none that was before it',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const scheduler = settableClock();
      const { socket$, wx } = socketApp(helpers, '1s h 10s s', () => cold('-o', marks), { scheduler });
      cold('12s x').subscribe(() => scheduler.put(-20_000));
      const seen: unknown[] = [];
      cold('13s x').subscribe(() => {
        const listener = socket$({ url }).messages$.subscribe({ error: (error) => seen.push(error) });
        cold('5s x').subscribe(() => listener.unsubscribe());
      });
      flush();

      expect([connects(wx.log), seen]).toEqual([[13_000], []]);
    }),
  );
});
