import fc from 'fast-check';
import type { Observable } from 'rxjs';
import {
  createHttp,
  createNetwork,
  createUpload,
  isNetworkError,
  type HttpRequest,
  type NetworkOptions,
  type UploadRequest,
  type WxPort,
} from '../../../src/index.js';
import { checkOptions } from '../../../src/platform/check-options.js';

const url = 'https://api.example.com/items';

/** What reaches the platform, or why nothing does, in the turn of the subscription. */
function outcomeOf(request: object, options: NetworkOptions = {}, upload = false) {
  let asked: Record<string, unknown> | undefined;
  let error: unknown;
  const take = (option: object) => {
    asked = { ...option };
    return { abort: () => undefined };
  };
  const network = createNetwork({ wx: { request: take, uploadFile: take } as unknown as WxPort, ...options });
  const result$: Observable<unknown> = upload
    ? createUpload(network)({ url, ...request } as UploadRequest)
    : createHttp(network)({ url, ...request } as HttpRequest);
  // Left at once: its deadlines would be timers of real time.
  result$.subscribe({ error: (thrown: unknown) => (error = thrown) }).unsubscribe();
  if (error !== undefined && !isNetworkError(error)) throw error;
  return { asked, refused: error === undefined ? undefined : (error as Error).message.split(' (')[0] };
}
const post = (data: unknown, more: object = {}) => outcomeOf({ method: 'POST', data, ...more });

class Model {
  id = 1;
  get name() {
    return 'not its own';
  }
}

const INSTEAD = 'write bytes as Base64, else a text, a list or an object';

describe('[K3] what JSON would lose is refused, and says where it is', () => {
  it.each<[string, unknown, string]>([
    ['a view of bytes', new Uint8Array([1]), 'Uint8Array'],
    ['a buffer', new ArrayBuffer(2), 'ArrayBuffer'],
    ['a Map', new Map([['a', 1]]), 'Map'],
    ['a Set', new Set([1]), 'Set'],
    ['an expression', /x/, 'RegExp'],
    ['an Error', new Error('no'), 'Error'],
    ['a promise', Promise.resolve(1), 'Promise'],
    ['a BigInt', 10n, 'BigInt'],
  ])('%s', (_what, value, kind) => {
    const words = kind === 'BigInt' ? `${kind}; write its toString()` : `${kind}, which JSON loses; ${INSTEAD}`;

    expect(post({ user: { photo: value } }).refused).toBe(`invalid-argument: data.user.photo is a ${words}`);
    expect(post([0, value]).refused).toBe(`invalid-argument: data[1] is a ${words}`);
    expect(outcomeOf({ data: { ids: [value] }, arrays: 'json' }).refused).toBe(
      `invalid-argument: data.ids[0] is a ${words}`,
    );
  });

  it('data that contains itself', () => {
    const data: Record<string, unknown> = { list: [] };
    (data['list'] as unknown[]).push(data);

    expect(post(data).refused).toBe('invalid-argument: data.list[0] contains itself, and cannot be sent');
  });

  it('and nothing that JSON writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(post({ value }).asked?.['data']).toEqual({ value });
      }),
      { numRuns: 200 },
    );
    for (const value of [new Model(), new Date(0), new String('s'), undefined, NaN, Object.create(null)]) {
      expect(post({ value }).refused).toBeUndefined();
    }
  });
});

describe('[K3] a copy for a call that may be sent again is what would have been sent at once', () => {
  const copied = (data: unknown) =>
    outcomeOf({ method: 'POST', data }, { interceptors: [(request, next) => next(request)] }).asked?.['data'];

  it.each<[string, unknown]>([
    ['a name like __proto__', JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":2}}')],
    ['boxed values', { s: new String('s'), n: new Number(3), b: new Boolean(false) }],
    ['an instance', new Model()],
    ['no prototype', Object.assign(Object.create(null), { a: '1' })],
    ['a date', { at: new Date(0) }],
  ])('%s', (_what, data) => {
    expect(JSON.stringify(copied(data))).toBe(JSON.stringify(data));
  });

  it('a date in a query, which is refused with and without an interceptor', () => {
    const words =
      'invalid-argument: data.at must be a text, a number or a boolean; got Date; write its toISOString() or getTime()';
    const interceptors: NetworkOptions['interceptors'] = [(request, next) => next(request)];

    expect(outcomeOf({ data: { at: new Date(0) } }).refused).toBe(words);
    expect(outcomeOf({ data: { at: new Date(0) } }, { interceptors }).refused).toBe(words);
  });
});

describe('[K3] queries and forms', () => {
  it('a gap in a list is refused as `undefined` is', () => {
    const ids = [1, , 2]; // eslint-disable-line no-sparse-arrays

    for (const arrays of ['repeat', 'brackets', 'comma']) {
      expect(outcomeOf({ data: { ids }, arrays }).refused).toBe(
        'invalid-argument: data.ids[1] is undefined; write a text, or leave it out',
      );
    }
  });

  it('a field may be called __proto__', () => {
    const formData = JSON.parse('{"__proto__":"x","a":1,"b":null}') as Record<string, string>;
    const { asked } = outcomeOf({ filePath: 'wxfile://a', name: 'f', formData }, {}, true);

    expect(JSON.stringify(asked?.['formData'])).toBe('{"__proto__":"x","a":"1"}');
  });

  it("a file of no known kind, as a browser's `type` is then empty", () => {
    const file = { name: 'f', fileName: 'a', bytes: new ArrayBuffer(1), contentType: '' };
    const { asked } = outcomeOf({ files: [file] }, {}, true);

    expect(Buffer.from(asked?.['data'] as ArrayBuffer).toString()).toContain(
      'Content-Type: application/octet-stream\r\n',
    );
  });
});

describe('[K3] an idempotency key', () => {
  it('is checked as any header field', () => {
    expect(post({}, { idempotencyKey: '订单-1' }).refused).toBe(
      "invalid-argument: the header field 'Idempotency-Key' has a character that HTTP cannot carry; write encodeURIComponent(…)",
    );
  });

  it('that is empty is none, and the call would be sent again all the same', () => {
    expect(post({}, { idempotencyKey: '' }).refused).toBe('invalid-argument: idempotencyKey must not be empty');
  });
});

describe('[K3] options that are no object of names and values would be none at all, in silence', () => {
  it.each<[string, unknown]>([
    ['Map', new Map([['request', ['https://api.example.com']]])],
    ['Date', new Date(0)],
    ['Array', []],
    ['Promise', Promise.resolve({})],
  ])('%s', (kind, value) => {
    const wx = { request: () => undefined } as unknown as WxPort;

    expect(outcomeOf({ platform: value }).refused).toBe(
      `invalid-argument: platform must be an object of names and values; got ${kind}`,
    );
    expect(() => createNetwork({ wx, domains: value as never })).toThrow(
      `domains: expected an object of lists; got ${kind}`,
    );
    expect(() => checkOptions('made', value as never, {} as never)).toThrow('made: expected an object with options');
  });

  it('a message does not recite a function', () => {
    expect(outcomeOf({ method: () => 'a long story' }).refused).toBe(
      'invalid-argument: method must be a string; got a function',
    );
  });
});
