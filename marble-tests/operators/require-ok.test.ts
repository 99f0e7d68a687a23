import { NetworkError, requireOk } from '../../src/index.js';
import { httpResponse, marbles, obeysTheLaws } from '../../src/testing/index.js';

const ok = httpResponse();
const missing = httpResponse({ status: 404, url: 'https://api.example.com/me?token=secret' });

describe('requireOk', () => {
  obeysTheLaws(requireOk, { values: { a: ok, b: httpResponse({ status: 201 }), c: httpResponse({ status: 204 }) } });

  it(
    '[CB-1] makes a status outside 200–299 an error that carries the answer',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a--n|', { a: ok, n: missing });
      const expected = '   --a--#';

      expectObservable(source.pipe(requireOk())).toBe(
        expected,
        { a: ok },
        new NetworkError('the server answered with status 404', {
          code: 'status',
          rule: 'CB-1',
          phase: 'body',
          api: 'request',
          method: 'GET',
          url: 'https://api.example.com/me',
          response: missing,
        }),
      );
      expectSubscriptions(source.subscriptions).toBe('^----!');
    }),
  );

  it(
    'lets events on the way to an answer pass',
    marbles(({ cold, expectObservable }) => {
      const events = { p: { type: 'progress', percent: 50 }, n: { ...missing, api: 'uploadFile', type: 'response' } };

      expectObservable(cold('-p-n', events).pipe(requireOk())).toBe(
        '-p-#',
        events,
        new NetworkError('the server answered with status 404', {
          code: 'status',
          rule: 'CB-1',
          phase: 'body',
          api: 'uploadFile',
          method: 'GET',
          url: 'https://api.example.com/me',
          response: events.n,
        }),
      );
    }),
  );
});
