import { deadlineMs } from '../../../src/simulator/rules/deadline.js';
import { settingsOf } from '../../../src/simulator/settings.js';
import type { WireEvent } from '../../../src/simulator/wires/wire.js';
import { call$, phone, TIMEOUT } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

const NEVER_ENDING = { '/slow': { afterMs: 600_000 } };

describe('deadline', () => {
  it(
    '[TIME-1] fails a call after sixty seconds',
    marbles(({ expectObservable }) => {
      expectObservable(call$(phone(NEVER_ENDING), '/slow')).toBe('60s #', undefined, TIMEOUT);
    }),
  );

  it(
    '[TIME-1] answers a call that takes a millisecond less',
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/slow': { body: 'at last', afterMs: 59_999 } });

      expectObservable(call$(simulator, '/slow')).toBe('59999ms (a|)', { a: '200 at last' });
    }),
  );

  it(
    '[TIME-1] cuts a longer timeout to sixty seconds',
    marbles(({ expectObservable }) => {
      expectObservable(call$(phone(NEVER_ENDING), '/slow', { timeout: 90_000 })).toBe('60s #', undefined, TIMEOUT);
    }),
  );

  it(
    '[TIME-1] [TIME-2] cuts a longer networkTimeout too',
    marbles(({ expectObservable }) => {
      const simulator = phone(NEVER_ENDING, { networkTimeout: { request: 300_000 } });

      expectObservable(call$(simulator, '/slow')).toBe('60s #', undefined, TIMEOUT);
    }),
  );

  it(
    '[TIME-2] takes networkTimeout of app.json',
    marbles(({ expectObservable }) => {
      const simulator = phone(NEVER_ENDING, { networkTimeout: { request: 3_000, uploadFile: 1_000 } });

      expectObservable(call$(simulator, '/slow')).toBe('3s #', undefined, TIMEOUT);
    }),
  );

  it(
    '[TIME-2] prefers the timeout of the call, longer or shorter',
    marbles(({ expectObservable }) => {
      const simulator = phone(NEVER_ENDING, { networkTimeout: { request: 3_000 } });

      expectObservable(call$(simulator, '/slow', { timeout: 1_000 })).toBe('1s #', undefined, TIMEOUT);
      expectObservable(call$(simulator, '/slow', { timeout: 9_000 })).toBe('9s #', undefined, TIMEOUT);
    }),
  );

  it.each([0, -1, NaN, Infinity, '5', null])('takes a timeout of %p for unset', (timeout) => {
    expect(deadlineMs('request', timeout, settingsOf({ networkTimeout: { request: 3_000 } }))).toBe(3_000);
  });

  it(
    'aborts the hop when the time is up',
    marbles(({ cold, expectSubscriptions, expectObservable }) => {
      const hop = cold<WireEvent>('---------|');
      const hopSubs = '            ^----!    ';
      const simulator = phone({ '/slow': hop });

      expectObservable(call$(simulator, '/slow', { timeout: 5 })).toBe('-----#', undefined, TIMEOUT);
      expectSubscriptions(hop.subscriptions).toBe(hopSubs);
    }),
  );

  it(
    'starts to run when the call leaves the queue',
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/slow': { afterMs: 600_000 } }, { networkTimeout: { request: 4 } });
      for (let index = 0; index < 10; index++) call$(simulator, '/slow').subscribe({ error: () => {} });

      expectObservable(call$(simulator, '/slow')).toBe('--------#', undefined, TIMEOUT);
    }),
  );

  it(
    "starts to run upon the call with timeoutStartsAt: 'invoke'",
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/slow': { afterMs: 600_000 } }, { timeoutStartsAt: 'invoke' });
      for (let index = 0; index < 10; index++) call$(simulator, '/slow').subscribe({ error: () => {} });

      expectObservable(call$(simulator, '/slow', { timeout: 4 })).toBe('----#', undefined, TIMEOUT);
    }),
  );
});
