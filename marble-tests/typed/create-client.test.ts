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

  it.each<[string, object, string]>([
    ['spaceDelimited', { ids: ['a b', 'c,d'] }, 'ids=a%20b%20c%2Cd'],
    ['pipeDelimited', { ids: [1, 2] }, 'ids=1%7C2'],
    ['pipeDelimited', { ids: [] }, ''],
    ['pipeDelimited', { ids: 'a' }, 'ids=a'],
    ['comma', { ids: [1, 2] }, 'ids=1,2'],
    ['json', { ids: [1, 'a'] }, 'ids=%5B1%2C%22a%22%5D'],
    ['deepObject', { ids: { age: 7, name: 'a b', none: undefined } }, 'ids%5Bage%5D=7&ids%5Bname%5D=a%20b'],
    ['deepObject', { ids: { in: [1, 2] } }, 'ids%5Bin%5D=1&ids%5Bin%5D=2'],
    ['deepObject', { ids: 1, other: [1, 2] }, 'ids=1&other=1&other=2'],
  ])('writes a parameter in the style %s', (style, query, text) => {
    const url = urlOf('/a', { query }, { styles: { ids: style as 'comma' } });
    expect(url).toBe(text === '' ? '/a' : `/a?${text}`);
  });

  it('takes frozen values, and names that every object has', () => {
    const query = Object.freeze({ ids: Object.freeze([1, 2]), constructor: 'x' });
    expect(urlOf('/{toString}', { query, path: { toString: 'y' } })).toBe('/y?ids=1&ids=2&constructor=x');
    expect(refusalOf('/{toString}', { path: {} })).toMatchObject({
      what: "path.toString is missing; '/{toString}' needs a text there",
    });
  });

  it.each([
    ['/a/{user-id}', { path: { 'user-id': 'ü' } }, '/a/%C3%BC'],
    ['/a/{user.id}:run', { path: { 'user.id': true } }, '/a/true:run'],
    ['/a/{$x}{y}', { path: { $x: '$&', y: '$1' } }, '/a/%24%26%241'],
  ])('fills %s, whatever its names are', (path, call, url) => expect(urlOf(path, call)).toBe(url));

  it('writes what a header takes as texts, and leaves out what is undefined', () => {
    const { api, asked } = clientOf();
    api.get('/a', { header: { 'X-Page': 2, 'X-Full': true, 'X-None': undefined, Accept: 'a' } } as never).subscribe();
    api.get('/a', { header: 'no header' } as never).subscribe();
    expect(asked.map(({ header }) => header)).toEqual([{ 'X-Page': '2', 'X-Full': 'true', Accept: 'a' }, 'no header']);
  });

  it.each<[object, string]>([
    [{ query: 'a=1' }, 'query must be an object of names and values; got string'],
    [{ query: new Map([['a', 1]]) }, 'query must be an object of names and values; got Map'],
    [{ query: [1] }, 'query must be an object of names and values; got Array'],
    [{ path: '7' }, 'path must be an object of names and values; got string'],
    [
      { header: { at: new Date(0) } },
      'header.at must be a text, a number or a boolean; got Date; write its toISOString() or getTime()',
    ],
    [
      { query: { ids: [new Date(0)] } },
      'query.ids[0] must be a text, a number or a boolean; got Date; write its toISOString() or getTime()',
    ],
  ])('refuses %j at once', (call, what) =>
    expect(refusalOf('/a', call)).toMatchObject({ code: 'invalid-argument', what }),
  );

  it.each([
    [
      { ids: 'pipes' },
      "createClient: styles: ids must be one of repeat, brackets, comma, json, spaceDelimited, pipeDelimited, deepObject; got 'pipes'",
    ],
    [['ids'], 'createClient: styles: 0 must be one of repeat'],
    [new Map(), 'createClient: styles: expected an object with options; got an object'],
  ])('refuses the styles %j', (styles, why) => {
    expect(() => createClient((() => of()) as unknown as Http, { styles } as never)).toThrow(why);
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
      "createClient: Unknown option 'explode'; known: arrays, styles",
    );
    expect(() => createClient(http$, { arrays: 'pipe' } as never)).toThrow(
      'arrays must be one of repeat, brackets, comma, json',
    );
  });
});
