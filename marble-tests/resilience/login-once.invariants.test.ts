import fc from 'fast-check';
import { defer, finalize, ignoreElements, map, NEVER, of, tap, throwError, timer, type Observable } from 'rxjs';
import { createHttp, createNetwork, type HttpHandler } from '../../src/index.js';
import { loginOnce, shareInFlight } from '../../src/resilience.js';
import { marbles, scriptedWx } from '../../src/testing/index.js';

const STORMS = Number(process.env['LOGIN_STORMS'] ?? 120);
const LOGIN_MS = 100;

type Ending = 'in' | 'in at once' | 'empty' | 'refused' | 'throws' | 'no end';

const call = fc.record({
  comesAt: fc.nat(60),
  answersIn: fc.nat(20),
  leavesAfter: fc.option(fc.nat(60), { nil: undefined }),
  path: fc.constantFrom('/a', '/b'),
});
const storm = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 8 }),
  endings: fc.array(fc.constantFrom<Ending>('in', 'in at once', 'empty', 'refused', 'throws', 'no end'), {
    minLength: 1,
    maxLength: 4,
  }),
  expiresAt: fc.array(fc.nat(80), { maxLength: 3 }),
  asks: fc.boolean(),
  shares: fc.boolean(),
});

describe('loginOnce, in any storm', () => {
  it('runs one login at a time, for nobody whom one was for already; sends each call twice at most; none hangs', () => {
    fc.assert(
      fc.property(storm, ({ calls, endings, expiresAt, asks, shares }) => {
        marbles((helpers) => {
          let [good, token, running, begun, over] = [1, '', 0, 0, 0];
          /** How many logins were over when a call was sent, by its number. */
          const sent = new Map<string, number[]>();

          const wx = scriptedWx(({ url, header = {} }) => {
            sent.set(url, [...(sent.get(url) ?? []), over]);
            const answersIn = calls[Number(/\d+$/.exec(url)?.[0] ?? 0)]?.answersIn ?? 0;
            const statusCode = header['token'] === String(good) ? 200 : 401;
            return timer(answersIn).pipe(map(() => ({ statusCode, data: '{}' })));
          });
          const login = (_send: HttpHandler): Observable<unknown> => {
            const ending = endings[begun++ % endings.length] ?? 'in';
            expect(++running).toBe(1);
            if (!asks && !endings.includes('no end')) {
              expect([...sent.values()].some((times) => times[times.length - 1] === over)).toBe(true);
            }
            const enter$ = defer(() => of((token = String(good))));
            const ends: Record<Ending, () => Observable<unknown>> = {
              in: () => timer(7).pipe(tap(() => enter$.subscribe())),
              'in at once': () => enter$,
              empty: () => timer(5).pipe(ignoreElements()),
              refused: () =>
                timer(3).pipe(
                  map(() => {
                    throw new Error('refused');
                  }),
                ),
              throws: () => throwError(() => new Error('at once')),
              'no end': () => NEVER,
            };
            return ends[ending]().pipe(
              tap({ complete: () => over++, error: () => over++ }),
              finalize(() => running--),
            );
          };
          const network = createNetwork({
            wx,
            baseUrl: 'https://api.example.com',
            concurrency: 3,
            beforeSend: (request) => ({ ...request, header: { ...request.header, token } }),
            interceptors: [
              ...(shares ? [shareInFlight()] : []),
              loginOnce(login, { totalMs: LOGIN_MS, ...(asks && { isLoggedIn: () => token !== '' }) }),
            ],
          });
          const http$ = createHttp(network);
          let open = 0;
          calls.forEach(({ comesAt, leavesAfter, path }, index) => {
            timer(comesAt).subscribe(() => {
              open++;
              const ended = () => open--;
              const asked = http$(shares ? path : `${path}${index}`)
                .pipe(finalize(ended))
                .subscribe({ error: () => undefined });
              if (leavesAfter !== undefined) timer(leavesAfter).subscribe(() => asked.unsubscribe());
            });
          });
          for (const at of expiresAt) timer(at).subscribe(() => good++);
          helpers.flush();

          expect(open).toBe(0);
          expect(running).toBe(0);
          expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
          if (!shares) for (const times of sent.values()) expect(times.length).toBeLessThanOrEqual(2);
        })();
      }),
      { numRuns: STORMS },
    );
  });
});
