import { of } from 'rxjs';
import { createHttp, createNetwork, NetworkError, type Http, type HttpRequest } from '../../src/index.js';
import { httpResponse, json, marbles } from '../../src/testing/index.js';
import { createClient } from '../../src/typed.js';

/** As a document of which nothing is known. */
type Anything = Record<string, Record<'get' | 'head' | 'options' | 'post' | 'put' | 'delete', object>>;

/** A client, and what it asks of `http$`. */
function clientOf(options?: Parameters<typeof createClient>[1]) {
  const asked: HttpRequest[] = [];
  const http$ = ((request: HttpRequest) => {
    asked.push(request);
    return of(httpResponse());
  }) as unknown as Http;
  return { api: createClient<Anything>(http$, options), asked };
}

function urlOf(path: string, call: object, options?: Parameters<typeof createClient>[1]): string | undefined {
  const { api, asked } = clientOf(options);
  api.get(path, call).subscribe();
  return asked[0]?.url;
}

function refusalOf(path: string, call: object): unknown {
  let refused: unknown;
  clientOf()
    .api.get(path, call)
    .subscribe({ error: (error: unknown) => (refused = error) });
  return refused;
}

describe('createClient', () => {
  it(
    'sends by http$, with all that it says',
    marbles(({ wx, server, flush }) => {
      const route = server
        .post('https://api.example.com/users/7/notes?notify=true')
        .replies('-r|', { r: json({ id: 1 }) });
      const http$ = createHttp(createNetwork({ wx, baseUrl: 'https://api.example.com' }));
      const bodies: unknown[] = [];
      createClient<Anything>(http$)
        .post('/users/{id}/notes', { path: { id: 7 }, query: { notify: true }, data: { text: 'a' } } as never)
        .subscribe(({ body }) => bodies.push(body));
      flush();
      expect(bodies).toEqual([{ id: 1 }]);
      expect(route.requests.map(({ text }) => text)).toEqual(['{"text":"a"}']);
    }),
  );

  it.each(['get', 'head', 'options', 'post', 'put', 'delete'] as const)('has %s', (method) => {
    const { api, asked } = clientOf();
    api[method]('/a').subscribe();
    expect(asked).toEqual([{ method: method.toUpperCase(), url: '/a' }]);
  });

  it('asks nothing before it is subscribed, and anew each time', () => {
    const { api, asked } = clientOf();
    const answer$ = api.get('/a', { priority: 'high' } as never);
    expect(asked).toEqual([]);
    answer$.subscribe();
    answer$.subscribe();
    expect(asked).toEqual(Array(2).fill({ method: 'GET', url: '/a', priority: 'high' }));
  });

  it.each([
    ['/users/{id}', { path: { id: 'a/b?c#d' } }, '/users/a%2Fb%3Fc%23d'],
    ['/users/{id}', { path: { id: 7 } }, '/users/7'],
    ['/users/{id}', { path: { id: 'x', unknown: 1 } }, '/users/x'],
    ['/{a}/{b}/{a}', { path: { a: 1, b: true } }, '/1/true/1'],
    ['/files/{ids}', { path: { ids: [1, 2] } }, '/files/1,2'],
    ['/files/{name}.json', { path: { name: '…' } }, '/files/%E2%80%A6.json'],
    ['/a', { query: { q: 'a b&c', n: 1, f: false } }, '/a?q=a%20b%26c&n=1&f=false'],
    ['/a', { query: { u: undefined, n: null } }, '/a'],
    ['/a', { query: { ids: [1, 2] } }, '/a?ids=1&ids=2'],
    ['/a', { query: { ids: [] } }, '/a'],
    ['/a?x=1#top', { query: { y: 2 } }, '/a?x=1&y=2#top'],
  ])('fills %s with %j', (path, call, url) => expect(urlOf(path, call)).toBe(url));

  it('writes lists as the client says, or the call', () => {
    expect(urlOf('/a', { query: { ids: [1, 2] } }, { arrays: 'comma' })).toBe('/a?ids=1,2');
    expect(urlOf('/a', { query: { ids: [1, 2] }, arrays: 'brackets' }, { arrays: 'comma' })).toBe(
      '/a?ids%5B%5D=1&ids%5B%5D=2',
    );
  });

  it.each([
    ['/users/{id}', {}, "path.id is missing; '/users/{id}' needs a text there"],
    ['/users/{id}', { path: {} }, "path.id is missing; '/users/{id}' needs a text there"],
    ['/users/{id}', { path: { id: null } }, "path.id is missing; '/users/{id}' needs a text there"],
    ['/users/{id}', { path: { id: '' } }, "path.id is ''; '/users/{id}' needs a text there"],
    ['/users/{id}', { path: { id: '..' } }, "path.id is '..'; '/users/{id}' needs a text there"],
    ['/users/{id}', { path: { id: '.' } }, "path.id is '.'; '/users/{id}' needs a text there"],
    ['/users/{id}', { path: { id: NaN } }, 'path.id must be a text, a number or a boolean; got NaN; write a text'],
    [
      '/users/{id}',
      { path: { id: {} } },
      'path.id must be a text, a number or a boolean; got Object; write a text, such as JSON',
    ],
    [
      '/a',
      { query: { filter: { a: 1 } } },
      'query.filter must be a text, a number or a boolean; got Object; write a text, such as JSON',
    ],
    [
      '/a',
      { query: { at: new Date(0) } },
      'query.at must be a text, a number or a boolean; got Date; write its toISOString() or getTime()',
    ],
  ])('refuses %s with %j', (path, call, what) => {
    const details = { code: 'invalid-argument', phase: 'check', api: 'request', method: 'GET', url: path } as const;
    expect(refusalOf(path, call)).toEqual(new NetworkError(what, details));
  });

  it('refuses what is no http$, and options that there are not', () => {
    expect(() => createClient(undefined as never)).toThrow(
      new TypeError('createClient: expected http$; got undefined'),
    );
    const http$ = (() => of()) as unknown as Http;
    expect(() => createClient(http$, { explode: true } as never)).toThrow(
      "createClient: Unknown option 'explode'; known: arrays",
    );
    expect(() => createClient(http$, { arrays: 'pipe' } as never)).toThrow(
      'arrays must be one of repeat, brackets, comma, json',
    );
  });
});
