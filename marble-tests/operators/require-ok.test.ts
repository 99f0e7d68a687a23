import { NetworkError, requireOk } from '../../src/index.js';
import { obeysTheLaws } from '../support/laws.js';
import { marbles } from '../support/marbles.js';

const answer = (status: number) => ({ status, ok: status >= 200 && status <= 299 });

describe('requireOk', () => {
  obeysTheLaws(requireOk, { a: answer(200), b: answer(201), c: answer(204) });

  it(
    '[CB-1] makes a status outside 200–299 an error that carries the answer',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a--n|', { a: answer(200), n: answer(404) });
      const expected = '   --a--#';

      expectObservable(source.pipe(requireOk())).toBe(
        expected,
        { a: answer(200) },
        new NetworkError('the server answered with status 404', {
          code: 'status',
          rule: 'CB-1',
          phase: 'body',
          response: answer(404),
        }),
      );
      expectSubscriptions(source.subscriptions).toBe('^----!');
    }),
  );
});
