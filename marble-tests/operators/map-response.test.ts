import { map, pipe } from 'rxjs';
import { mapResponse, type RequestEvent } from '../../src/index.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';

const sent: RequestEvent = { type: 'sent' };
const response = (over: object = {}): RequestEvent => ({
  type: 'response',
  method: 'GET',
  url: 'https://api.example.com/me',
  durationMs: 4,
  statusCode: 200,
  header: { 'Content-Type': 'application/json' },
  data: '{}',
  errMsg: 'request:ok',
  ...over,
});

describe('mapResponse', () => {
  obeysTheLaws<RequestEvent, number>(
    () =>
      pipe(
        mapResponse(),
        map(({ status }) => status),
      ),
    {
      values: { a: response(), b: response({ statusCode: 404 }), c: response({ statusCode: 500 }) },
      results: { a: 200, b: 404, c: 500 },
    },
  );

  it(
    'makes the response event an answer and drops the others',
    marbles(({ cold, expectObservable }) => {
      const source = cold('s---r|', { s: sent, r: response() });
      const expected = '   ----r|';

      const result = source.pipe(
        mapResponse(),
        map(({ header, ...rest }) => (header('x') === undefined ? rest : undefined)),
      );

      expectObservable(result).toBe(expected, {
        r: {
          status: 200,
          ok: true,
          body: '{}',
          headers: { 'Content-Type': 'application/json' },
          cookies: [],
          timing: { durationMs: 4, profile: undefined },
          method: 'GET',
          url: 'https://api.example.com/me',
          charset: undefined,
          decodedBy: undefined,
        },
      });
    }),
  );

  it(
    'measures from the sending, and hands the platform’s own figures on',
    marbles(({ cold, expectObservable }) => {
      const profile = { requestStart: 3 };
      const source = cold('--s---r|', { s: sent, r: response({ profile }) });

      expectObservable(
        source.pipe(
          mapResponse(),
          map(({ timing }) => timing),
        ),
      ).toBe('------r|', { r: { durationMs: 4, profile } });
    }),
  );

  it.each([
    [200, true],
    [204, true],
    [299, true],
    [199, false],
    [304, false],
    [404, false],
    [500, false],
  ])('[CB-1] takes a status of %i for an answer, ok: %s', (statusCode, ok) => {
    marbles(({ cold, expectObservable }) => {
      const result = cold('r|', { r: response({ statusCode }) }).pipe(
        mapResponse(),
        map((answer) => [answer.status, answer.ok]),
      );

      expectObservable(result).toBe('r|', { r: [statusCode, ok] });
    })();
  });

  it(
    'finds a field whatever the case of its name',
    marbles(({ cold, expectObservable }) => {
      const source = cold('r|', { r: response({ header: { 'content-TYPE': 'text/html', 'X-Count': 3 } }) });

      const result = source.pipe(
        mapResponse(),
        map(({ header }) => [header('Content-Type'), header('x-count'), header('etag')]),
      );

      expectObservable(result).toBe('r|', { r: ['text/html', '3', undefined] });
    }),
  );

  it(
    'tells cookies apart, whether the platform did or joined them by a comma',
    marbles(({ cold, expectObservable }) => {
      const joined = 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT,b=2';
      const source = cold('xy|', {
        x: response({ cookies: ['a=1', 'b=2'], header: { 'Set-Cookie': joined } }),
        y: response({ header: { 'set-cookie': joined } }),
      });

      expectObservable(
        source.pipe(
          mapResponse(),
          map(({ cookies }) => cookies),
        ),
      ).toBe('xy|', {
        x: ['a=1', 'b=2'],
        y: ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
      });
    }),
  );

  it(
    'mirrors the end and the error of its source, and lets go of it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('s----', { s: sent });

      expectObservable(cold('s-|', { s: sent }).pipe(mapResponse())).toBe('--|');
      expectObservable(cold('s-#', { s: sent }).pipe(mapResponse())).toBe('--#');
      expectObservable(source.pipe(mapResponse()), '^--!').toBe('-');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );
});
