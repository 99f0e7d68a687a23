import { map, timer } from 'rxjs';
import { createHttp, createNetwork } from '../../src/index.js';
import { records$, type NetworkRecord, type RecordsOptions } from '../../src/inspect.js';
import { marbles, scriptedWx } from '../../src/testing/index.js';

const URL = 'https://api.example.com/feed';

/** An app that asks for as many things, one each 10 ms, and what is told of it. */
function recorded(calls: number, options: RecordsOptions, marbles: { flush(): void }) {
  const answer = { statusCode: 200, data: '{"id":7,"token":"abc"}', header: { 'X-Trace': 't', A: 'b' } };
  const network = createNetwork({ wx: scriptedWx(() => timer(5).pipe(map(() => answer))) });
  const http$ = createHttp(network);
  const told: { readonly atMs: number; readonly records: readonly NetworkRecord[] }[] = [];
  const life = records$(network, options).subscribe((records) => told.push({ atMs: network.scheduler.now(), records }));
  for (let call = 0; call < calls; call++) {
    timer(call * 10).subscribe(() => http$({ url: URL, method: 'POST', data: { phone: '138' } }).subscribe());
  }
  marbles.flush();
  return { network, told, life, last: told[told.length - 1]?.records ?? [] };
}

describe('records$', () => {
  it(
    'tells one record a call, at most so often',
    marbles((helpers) => {
      const { told, last } = recorded(12, { everyMs: 50 }, helpers);

      expect(told.map(({ atMs, records }) => [atMs, records.length])).toEqual([
        [50, 6],
        [105, 11],
        [155, 12],
      ]);
      expect(last.map((record) => record.kind === 'call' && [record.outcome, record.durationMs])).toEqual(
        Array.from({ length: 12 }, () => ['completed', 5]),
      );
    }),
  );

  it(
    'keeps so many, and no more bytes than it may',
    marbles((helpers) => {
      expect(recorded(12, { keep: 3 }, helpers).last.map(({ id }) => id)).toEqual([10, 11, 12]);
    }),
  );

  it(
    'is bounded in bytes',
    marbles((helpers) => {
      expect(recorded(12, { maxBytes: 5_000 }, helpers).last.length).toBeLessThan(5);
    }),
  );

  it(
    'has no bodies, and no secrets, unless they are asked for',
    marbles((helpers) => {
      const { last } = recorded(1, { redact: ['x-trace'] }, helpers);

      expect(last).toMatchObject([
        { requestBody: undefined, responseBody: undefined, responseHeaders: { 'X-Trace': '***', A: 'b' } },
      ]);
    }),
  );

  it(
    'has the bodies that were asked for, without the fields that are secret',
    marbles((helpers) => {
      const { last } = recorded(1, { bodies: 'text', redact: ['phone'] }, helpers);

      expect(last).toMatchObject([
        { requestBody: { text: '{"phone":"***"}' }, responseBody: { text: '{"id":7,"token":"***"}' } },
      ]);
    }),
  );

  it(
    'leaves nothing running when it is left',
    marbles((helpers) => {
      const { network, told, life } = recorded(1, {}, helpers);
      const before = told.length;
      life.unsubscribe();
      createHttp(network)(URL).subscribe();
      helpers.flush();

      expect(told.length).toBe(before);
    }),
  );

  it.each([
    [{ keep: 0 }, 'records$: keep must be a whole number from 1; got 0'],
    [{ bodies: 'all' }, "records$: bodies must be one of none, text; got 'all'"],
    [{ secrets: [] }, "records$: Unknown option 'secrets'"],
  ])('refuses %j', (options, what) => {
    expect(() =>
      records$(createNetwork({ wx: scriptedWx(() => timer(1).pipe(map(() => ({})))) }), options as never),
    ).toThrow(what);
  });
});
