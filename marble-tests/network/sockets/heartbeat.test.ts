import { NetworkError } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { settableClock } from '../settable-clock.js';
import { marks, raw, sent, socketApp, states$, url } from './socket-app.js';

const heartbeat = { intervalMs: 10, deadlineMs: 4, request: () => 'ping' } as const;

describe('heartbeat of socket$', () => {
  it(
    'asks at every interval, and does not hand the reply on',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const pongs = { ...marks, p: { message: { data: 'pong' } } };
      const { socket$, wx } = socketApp(helpers, '', () => cold('o-a-------- --p-b------p'.replace(' ', ''), pongs));
      const isReply = (message: string) => message === 'pong';
      const socket = socket$<string>({ ...raw, heartbeat: { ...heartbeat, isReply } });

      expectObservable(socket.messages$, '^ 28ms !').toBe('--a------------b');
      flush();

      expect(sent(wx.log)).toEqual(['send 0 ping @10', 'send 0 ping @20']);
    }),
  );

  it(
    'takes a connection without a reply for lost',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('o-a', marks));
      const socket = socket$<string>({ ...raw, heartbeat: { ...heartbeat, isReply: () => false }, reconnect: false });

      expectObservable(socket.messages$).toBe(
        '--a 11ms #',
        undefined,
        new NetworkError('the heartbeat had no reply within 4 ms', {
          code: 'timeout',
          phase: 'attempt',
          api: 'connectSocket',
          url,
        }),
      );
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'send 0 ping @10', 'close 0 1000 @14']);
    }),
  );

  it(
    'takes any message for a reply, where there is no matcher, and hands all of them on',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('o 10ms -a', marks));
      const socket = socket$<string>({ ...raw, heartbeat });

      expectObservable(socket.messages$, '^ 31ms !').toBe('- 10ms -a');
      // The reply to the second is due in frame 24.
      expectObservable(states$(socket)).toBe('(go) 20ms d---(go)c');
    }),
  );

  it(
    'asks while onOpen is done only, and not on a connection that is down',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('o----x', marks) : cold('', marks),
      );
      const socket = socket$<string>({ ...raw, heartbeat });

      expectObservable(socket.messages$, '^ 29ms !').toBe('');
      flush();

      expect(sent(wx.log)).toEqual([]);
    }),
  );

  it(
    'ends with what request throws',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('o', marks));
      const error = new Error('no ping');
      const request = () => {
        throw error;
      };

      expectObservable(socket$<string>({ ...raw, heartbeat: { ...heartbeat, request } }).messages$).toBe(
        '10ms #',
        undefined,
        error,
      );
    }),
  );

  it(
    '[K9.8] takes any message for a sign of life; isReply only hides the reply',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const pongs = { ...marks, p: { message: { data: 'pong' } } };
      // The pong is 7 behind the ping, and a deadline of 4 would be over.
      const { socket$, wx } = socketApp(helpers, '', () => cold('o-a-a-a-a-a-a-a-apa-a-a-a-ap', pongs));
      const socket = socket$<string>({ ...raw, heartbeat: { ...heartbeat, isReply: (message) => message === 'pong' } });

      expectObservable(socket.messages$, '^ 28ms !').toBe('--a-a-a-a-a-a-a-a-a-a-a-a-a');
      flush();

      expect(wx.log.filter((line) => line.startsWith('connect'))).toEqual(['connect 0 @0']);
    }),
  );

  it(
    '[K9.8] only watches, with deadlineMs alone: for servers that ping',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('o--a', marks) : cold('-o', marks),
      );
      const socket = socket$<string>({ ...raw, heartbeat: { deadlineMs: 10 } });

      expectObservable(socket.messages$, '^ 22ms !').toBe('---a');
      expectObservable(states$(socket)).toBe('(go) 9ms d---go----c');
      flush();

      expect(sent(wx.log)).toEqual([]);
    }),
  );

  it(
    '[K9.8] [K5.2] watches on where the clock is put back by an hour',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const scheduler = settableClock();
      const { socket$ } = socketApp(helpers, '', () => cold('o--a', marks), { scheduler });
      cold('-----x').subscribe(() => scheduler.put(-3_600_000));
      const socket = socket$<string>({ ...raw, heartbeat: { deadlineMs: 10 } });

      expectObservable(socket.messages$, '^ 27ms !').toBe('---a 23ms a');
      expectObservable(states$(socket)).toBe('(go) 16ms d---(go)c');
    }),
  );

  it.each([3_600_000, 86_400_000 * 400])(
    '[K9.8] [K5.1] takes nothing for a silence because the clock is put forward by %d ms',
    (byMs) => {
      marbles((helpers) => {
        const { cold, expectObservable } = helpers;
        const scheduler = settableClock();
        // The timer that rings at 10 s is late by the clock, as after a freeze, though something came at 9 s.
        const { socket$ } = socketApp(helpers, '', () => cold('o 2999ms a 5999ms a 8999ms a', marks), { scheduler });
        cold('9500ms x').subscribe(() => scheduler.put(byMs));
        const socket = socket$<string>({ ...raw, heartbeat: { deadlineMs: 10_000 } });

        expectObservable(socket.messages$, '^ 23999ms !').toBe('3s a 5999ms a 8999ms a');
        expectObservable(states$(socket)).toBe('(go) 23996ms c');
      })();
    },
  );

  it(
    '[K9.7] speaks beside the serializer: a plain ping and a plain pong on a socket of JSON',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const messages = {
        o: { open: {} },
        p: { message: { data: 'pong' } },
        a: { message: { data: '{"id":1}' } },
      };
      const { socket$, wx } = socketApp(helpers, '', () => cold('o 9ms -p-a', messages));
      const socket = socket$({
        url,
        heartbeat: {
          intervalMs: 10,
          deadlineMs: 4,
          plainRequest: () => 'ping',
          isPlainReply: (data) => data === 'pong',
        },
      });

      expectObservable(socket.messages$, '^ 14ms !').toBe('10ms ---a', { a: { id: 1 } });
      flush();

      expect(sent(wx.log)).toEqual(['send 0 ping @10']);
    }),
  );
});
