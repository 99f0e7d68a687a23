import { defer, map, type Observable } from 'rxjs';
import {
  createHttp,
  createNetwork,
  isNetworkError,
  NetworkError,
  requireOk,
  type HttpResponse,
  type Network,
  type NetworkErrorDetails,
} from '../../src/index.js';
import { createRetryBudget, retrySafely, type RetrySafelyOptions } from '../../src/resilience.js';
import { json, marbles, obeysTheLaws, scriptedWx, type MarbleHelpers } from '../../src/testing/index.js';

const idleWx = scriptedWx(() => {
  throw new Error('nobody calls');
});

const answer = (status: number, fields: Record<string, string> = {}, method = 'GET') =>
  ({
    status,
    ok: status < 300,
    method,
    url: 'https://api.example.com/items',
    header: (name: string) => fields[name],
  }) as HttpResponse<unknown>;
const failure = (details: Partial<NetworkErrorDetails>) =>
  new NetworkError('it failed', { code: 'connection', phase: 'attempt', method: 'GET', ...details });

const values = { a: answer(200), n: answer(503), m: answer(404), p: answer(503, {}, 'POST') };

/** One source after the other, then the last of them again. */
function inTurn<T>(...sources: readonly Observable<T>[]): Observable<T> {
  let next = 0;
  return defer(() => sources[Math.min(next++, sources.length - 1)]!);
}

/** The whole of each wait, where nothing else is said. */
const longest: RetrySafelyOptions = { baseMs: 4, random: () => 1 };

function networkOn({ wx }: Pick<MarbleHelpers, 'wx'>): Network {
  return createNetwork({ wx });
}

describe('retrySafely', () => {
  obeysTheLaws(() => retrySafely(createNetwork({ wx: idleWx })));

  it(
    'tries again a random part of baseMs later',
    marbles(({ cold, wx, expectObservable, expectSubscriptions }) => {
      const first = cold(' --n|            ', values);
      const second = cold('      --a|      ', values);
      const expected = '   --------a|      ';

      expectObservable(inTurn(first, second).pipe(retrySafely(networkOn({ wx }), longest))).toBe(expected, values);
      expectSubscriptions(first.subscriptions).toBe(' ^-!');
      expectSubscriptions(second.subscriptions).toBe('------^--!');
    }),
  );

  it(
    'waits twice as long each time, up to maxMs, with full jitter',
    marbles(({ cold, wx, expectObservable }) => {
      const half: RetrySafelyOptions = { count: 5, baseMs: 100, maxMs: 400, random: () => 0.5 };
      const source = inTurn(cold('(n|)', values));
      // 50, 100, 200, 200, 200
      expectObservable(source.pipe(retrySafely(networkOn({ wx }), half))).toBe('750ms (n|)', values);
    }),
  );

  it(
    'hands on the last answer as it is, before requireOk and behind it',
    marbles(({ cold, wx, flush, expectObservable }) => {
      const network = networkOn({ wx });
      const twice = { ...longest, count: 2 };
      const before = inTurn(cold('(n|)', values)).pipe(retrySafely(network, twice));
      expectObservable(before).toBe('12ms (n|)', values);

      const codes: (number | undefined)[] = [];
      inTurn(cold('(n|)', values))
        .pipe(requireOk(), retrySafely(network, twice))
        .subscribe({ error: (error) => codes.push(isNetworkError(error, 'status') ? error.response.status : 0) });
      flush();
      expect(codes).toEqual([503]);
    }),
  );

  it.each([408, 425, 429, 500, 502, 503, 504])('tries again after %d', (status) => {
    marbles(({ cold, wx, expectObservable }) => {
      const source = inTurn(cold('(n|)', { n: answer(status) }), cold('(a|)', values));
      expectObservable(source.pipe(retrySafely(networkOn({ wx }), longest))).toBe('----(a|)', values);
    })();
  });

  it.each([400, 401, 403, 404, 409, 501])('hands %d on at once', (status) => {
    marbles(({ cold, wx, expectObservable }) => {
      const refusal = { n: answer(status) };
      const source = inTurn(cold('(n|)', refusal), cold('(a|)', values));
      expectObservable(source.pipe(retrySafely(networkOn({ wx }), longest))).toBe('(n|)', refusal);
    })();
  });

  it.each<Partial<NetworkErrorDetails>>([
    { code: 'connection' },
    { code: 'dns' },
    { code: 'offline' },
    { code: 'timeout', phase: 'attempt' },
  ])('tries again after %p', (details) => {
    marbles(({ cold, wx, expectObservable }) => {
      const source = inTurn(cold('#', values, failure(details)), cold('(a|)', values));
      expectObservable(source.pipe(retrySafely(networkOn({ wx }), longest))).toBe('----(a|)', values);
    })();
  });

  it.each<Partial<NetworkErrorDetails>>([
    { code: 'interrupted' },
    { code: 'timeout', phase: 'wait' },
    { code: 'timeout', phase: 'total' },
    { code: 'domain-not-allowed' },
    { code: 'tls' },
    { code: 'decode' },
    { code: 'connection', method: 'POST' },
    { code: 'connection', method: undefined },
  ])('hands on %p', (details) => {
    marbles(({ cold, wx, expectObservable }) => {
      const error = failure(details);
      const source = inTurn(cold('-#', values, error), cold('(a|)', values));
      expectObservable(source.pipe(retrySafely(networkOn({ wx }), longest))).toBe('-#', values, error);
    })();
  });

  it(
    'tries a POST again only where it may be made twice',
    marbles(({ cold, wx, expectObservable }) => {
      const network = networkOn({ wx });
      const post = () => inTurn(cold('(p|)', values), cold('(a|)', values));
      expectObservable(post().pipe(retrySafely(network, longest))).toBe('(p|)', values);
      expectObservable(post().pipe(retrySafely(network, { ...longest, idempotent: true }))).toBe('----(a|)', values);
    }),
  );

  it(
    'asks when, of what may be made twice only',
    marbles(({ cold, wx, flush, expectObservable }) => {
      const asked: unknown[] = [];
      const when = (error: NetworkError) => {
        asked.push(error.response?.status ?? error.code);
        return error.response?.status === 404;
      };
      const network = networkOn({ wx });
      const source = inTurn(cold('(m|)', values), cold('(n|)', values));
      expectObservable(source.pipe(retrySafely(network, { ...longest, when }))).toBe('----(n|)', values);
      expectObservable(cold('(p|)', values).pipe(retrySafely(network, { ...longest, when }))).toBe('(p|)', values);
      flush();
      // Of the answer that is handed on, too; of the POST never.
      expect(asked).toEqual([404, 503]);
    }),
  );

  it.each([
    ['seconds', { 'retry-after': '2' }, '2004ms (a|)'],
    [
      'a date, against the clock of the server',
      { 'retry-after': 'Wed, 21 Oct 2015 07:28:03 GMT', date: 'Wed, 21 Oct 2015 07:28:00 GMT' },
      '3004ms (a|)',
    ],
    [
      'a date that is over',
      { 'retry-after': 'Wed, 21 Oct 2015 07:28:03 GMT', date: 'Wed, 21 Oct 2015 07:29:00 GMT' },
      '4ms (a|)',
    ],
    ['a date, against the clock of the phone', { 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT' }, '5004ms (a|)'],
    ['what nobody can read', { 'retry-after': 'soon' }, '4ms (a|)'],
    ['nothing at all', { 'retry-after': '' }, '4ms (a|)'],
    ['no seconds', { 'retry-after': '0' }, '4ms (a|)'],
    ['with spaces around', { 'retry-after': ' 2 ' }, '2004ms (a|)'],
    ['parts of a second', { 'retry-after': '1.5' }, '1504ms (a|)'],
    ['hexadecimal', { 'retry-after': '0x10' }, '4ms (a|)'],
    ['a list', { 'retry-after': '2, 3' }, '4ms (a|)'],
    ['the old form of a date', { 'retry-after': 'Thursday, 01-Jan-70 00:00:05 GMT' }, '5004ms (a|)'],
    ['a day that there is not', { 'retry-after': 'Thu, 99 Jan 1970 00:00:05 GMT' }, '4ms (a|)'],
    [
      'a date beside a Date that nobody can read',
      { 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT', date: 'today' },
      '5004ms (a|)',
    ],
    ['-5, which engines read as a date', { 'retry-after': '-5' }, '4ms (a|)'],
  ])('adds what the server asks for by Retry-After: %s', (_, fields, expected) => {
    marbles(({ cold, wx, expectObservable }) => {
      const source = inTurn(cold('(n|)', { n: answer(503, fields) }), cold('(a|)', values));
      expectObservable(source.pipe(retrySafely(networkOn({ wx }), longest))).toBe(expected, values);
    })();
  });

  it.each(['31', '30.001', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'gives up at once where the server asks for too much: %s',
    (asked) => {
      marbles(({ cold, wx, expectObservable }) => {
        const asks = { n: answer(429, { 'retry-after': asked }) };
        const source = inTurn(cold('(n|)', asks), cold('(a|)', values));
        expectObservable(source.pipe(retrySafely(networkOn({ wx }), longest))).toBe('(n|)', asks);
      })();
    },
  );

  it(
    '[BG-2] tries again in front only',
    marbles(({ app, cold, wx, expectObservable }) => {
      app('                ---h--------s---');
      const first = cold('  --n|            ', values);
      const second = cold('             a|  ', values);
      const expected = '    ------------a|  ';
      expectObservable(inTurn(first, second).pipe(retrySafely(networkOn({ wx }), longest))).toBe(expected, values);
    }),
  );

  it(
    'waits for the network without counting, and then a random part of baseMs',
    marbles(({ network, cold, wx, expectObservable }) => {
      network('            o------b-------o---b-----');
      const lost = failure({ code: 'offline' });
      const first = cold('  --#                     ', values, lost);
      const second = cold('            --#          ', values, lost);
      const third = cold('                       --a|', values);
      const expected = '    -------------------------a|';
      const source = inTurn(first, second, third);
      // Back at 7, again at 11; offline at 13, when it fails, and until 19; again at 23.
      expectObservable(source.pipe(retrySafely(networkOn({ wx }), { ...longest, count: 1 }))).toBe(expected, values);
    }),
  );

  it(
    'begins the wait anew where the network goes meanwhile',
    marbles(({ network, cold, wx, expectObservable }) => {
      network('            -----o----b-------');
      const first = cold('  --n|              ', values);
      const second = cold('               a|  ', values);
      const expected = '    --------------a|  ';
      // Due at 6, when there is no network; back at 10.
      expectObservable(inTurn(first, second).pipe(retrySafely(networkOn({ wx }), longest))).toBe(expected, values);
    }),
  );

  it(
    'ends with timeout where all of it takes longer than totalMs',
    marbles(({ cold, wx, expectObservable }) => {
      const source = inTurn(cold('--n|', values));
      const codes = source.pipe(
        retrySafely(networkOn({ wx }), { ...longest, totalMs: 7 }),
        map(() => 'never'),
      );
      expectObservable(codes).toBe(
        '-------#',
        undefined,
        new NetworkError('it took longer than totalMs allows, 7 ms', {
          code: 'timeout',
          rule: 'TIME-1',
          phase: 'total',
        }),
      );
    }),
  );

  it(
    'never delivers twice what was delivered once',
    marbles(({ cold, wx, expectObservable }) => {
      const events = { s: { type: 'sent' }, c: { type: 'chunk' }, r: { ...answer(200), type: 'response' } };
      const lost = failure({ code: 'connection' });
      const network = networkOn({ wx });
      const begun = inTurn<object>(cold('sc#', events, lost), cold('r|', events));
      expectObservable(begun.pipe(retrySafely(network, longest))).toBe('sc#', events, lost);
      const notBegun = inTurn<object>(cold('s#', events, lost), cold('r|', events));
      expectObservable(notBegun.pipe(retrySafely(network, longest))).toBe('s----r|', events);
    }),
  );

  it(
    'stops when its consumer leaves, also while it waits',
    marbles(({ cold, wx, expectObservable, expectSubscriptions }) => {
      const first = cold('--n|', values);
      const second = cold('a|', values);
      expectObservable(inTurn(first, second).pipe(retrySafely(networkOn({ wx }), longest)), '^---!').toBe('-----');
      expectSubscriptions(second.subscriptions).toBe([]);
    }),
  );

  it(
    'has no place in the queue while it waits',
    marbles(({ wx, server, expectObservable }) => {
      for (let call = 0; call < 2; call++) {
        server.get('https://api.example.com/bad').replies('--n|', { n: json({}, { status: 503 }) });
      }
      server.get('https://api.example.com/good').replies('--r|', { r: json({}) });
      const network = createNetwork({ wx, concurrency: 1 });
      const http$ = createHttp(network);
      const bad = http$('https://api.example.com/bad').pipe(
        retrySafely(network, { count: 1, baseMs: 100, random: () => 1 }),
        map(({ status }) => status),
      );
      const good = http$('https://api.example.com/good').pipe(map(({ status }) => status));
      expectObservable(bad).toBe('106ms (n|)', { n: 503 });
      expectObservable(good).toBe('6ms (r|)', { r: 200 });
    }),
  );

  it(
    'pays from one budget for all calls of a network: where everything fails, ten and no more',
    marbles(({ cold, wx, flush }) => {
      const network = networkOn({ wx });
      let made = 0;
      const bad$ = defer(() => {
        made++;
        return cold('(n|)', values);
      });
      for (let call = 0; call < 100; call++) bad$.pipe(retrySafely(network)).subscribe();
      flush();
      expect(made).toBe(110);
    }),
  );

  it(
    'is paid a tenth of a retry by each good answer',
    marbles(({ cold, wx, flush }) => {
      const budget = createRetryBudget({ ratio: 0.1, capacity: 1 });
      const network = networkOn({ wx });
      const play = (source: Observable<unknown>) => {
        source.pipe(retrySafely(network, { ...longest, budget })).subscribe();
        flush();
      };
      play(inTurn(cold('(n|)', values)));
      expect(budget.left).toBe(0);
      for (let good = 0; good < 9; good++) play(cold('(a|)', values));
      expect(budget.spend()).toBe(false);
      play(cold('(a|)', values));
      expect(budget.spend()).toBe(true);
      for (let good = 0; good < 50; good++) play(cold('(a|)', values));
      expect(budget.left).toBe(1);
    }),
  );

  it(
    'is paid by a stream that begins, and by a body that somebody has taken out of its answer; not by a refusal',
    marbles(({ cold, wx, flush }) => {
      const earnedBy = (value: unknown): number => {
        const budget = createRetryBudget({ initial: 0 });
        const source = cold('(svv|)', { s: { type: 'sent' }, v: value });
        source.pipe(retrySafely(networkOn({ wx }), { budget })).subscribe();
        flush();
        return budget.left;
      };
      expect(['a body', { type: 'chunk' }, answer(200), answer(404)].map(earnedBy)).toEqual([0.1, 0.1, 0.1, 0]);
    }),
  );

  it('refuses what makes no sense', () => {
    const network = createNetwork({ wx: idleWx });
    expect(() => retrySafely(network, { count: 0 })).toThrow('retrySafely: count must be a whole number from 1; got 0');
    expect(() => retrySafely(network, { retries: 1 } as never)).toThrow("retrySafely: Unknown option 'retries'");
    for (const other of [{}, undefined, 3])
      expect(() => retrySafely(other as never)).toThrow('expected a network from createNetwork()');
    expect(() => createRetryBudget({ ratio: 2 })).toThrow('createRetryBudget: ratio must be from 0 to 1; got 2');
    expect(() => createRetryBudget({ capacity: 0 })).toThrow(
      'createRetryBudget: capacity must be a whole number from 1, or Infinity; got 0',
    );
    expect(() => createRetryBudget({ capacity: 2, initial: 3 })).toThrow(
      'initial must be from 0 to capacity, 2; got 3',
    );
    expect(createRetryBudget({ initial: 0 }).spend()).toBe(false);
  });
});
