import type { CacheableRequest, CacheRule, DataSchema } from '../../../src/simulator/apis/cache-manager-types.js';
import { compileRule } from '../../../src/simulator/cache/cache-rule.js';

const ORIGIN = 'https://weixin.qq.com';
const asked = (url: string, method = 'GET', data?: unknown): CacheableRequest => ({
  url: url.startsWith('/') ? `${ORIGIN}${url}` : url,
  method,
  data: data as never,
});
const cacheIdOf = (rule: CacheRule, request: CacheableRequest, origin = ORIGIN) =>
  compileRule(rule, { origin, maxAgeMs: 1 }).cacheIdOf(request)?.replace(ORIGIN, '');

describe('a rule of a cache manager', () => {
  it.each<[rule: CacheRule, request: CacheableRequest, cacheId: string | undefined]>([
    // The examples of the documents
    ['/abc', asked('/abc'), 'GET /abc'],
    ['/abc', asked('/abc?token=1#top'), 'GET /abc'],
    ['/abc', asked('/abcd'), undefined],
    ['/abc', asked('https://else.qq.com/abc'), undefined],
    [`${ORIGIN}/abc`, asked('/abc'), 'GET /abc'],
    ['GET /abc', asked('/abc'), 'GET /abc'],
    ['GET /abc', asked('/abc', 'POST'), undefined],
    ['get /abc', asked('/abc', 'get'), 'GET /abc'],
    ['/abc/:id', asked('/abc/123'), 'GET /abc/123'],
    ['/abc/:id', asked('/abc/321'), 'GET /abc/321'],
    ['/abc/:id', asked('/abc/123/xxx'), undefined],
    ['/abc/:id', asked('/abc/'), undefined],
    ['/abc?aa', asked('/abc?aa=haha'), 'GET /abc?aa=haha'],
    ['/abc?aa', asked('/abc'), undefined],
    ['/abc?aa', asked('/abc?aa=haha&bb=123'), 'GET /abc?aa=haha'],
    ['/abc?aa', asked('/abc?aa'), 'GET /abc?aa='],
    ['/abc?dd=haha', asked('/abc?dd=haha'), 'GET /abc?dd=haha'],
    ['/abc?dd=haha', asked('/abc?dd=haha&bb=123'), 'GET /abc?dd=haha'],
    ['/abc?dd=haha', asked('/abc?dd=123'), undefined],
    ['/abc?dd=a=b', asked('/abc?dd=a=b'), 'GET /abc?dd=a=b'],
    [/\/(abc|cba)$/gi, asked('/cba'), 'GET /cba'],
    [/\/(abc|cba)$/gi, asked('/cba?aa=1'), 'GET /cba'],
    [/\/(abc|cba)$/gi, asked('https://else.qq.com/abc'), undefined],
    [/\/(abc|cba)$/gi, asked('/abc/d'), undefined],
    [/^https:\/\/weixin.qq.com\/(abc|cba)$/gi, asked('/abc'), 'GET /abc'],
    [/https:\/\/(?:.*)/gi, asked('https://else.qq.com/abc'), 'GET https://else.qq.com/abc'],
    // Methods
    ['/abc', asked('/abc', 'PUT'), 'PUT /abc'],
    ['/abc', asked('/abc', 'HEAD'), undefined],
    ['/abc', asked('/abc', 'OPTIONS'), undefined],
    [{ url: '/abc', method: 'post' }, asked('/abc', 'POST'), 'POST /abc'],
    [{ url: /abc/, method: 'POST' }, asked('/abc'), undefined],
    // [F15] PATCH is there, though wx.request has none
    [{ url: '/abc', method: 'PATCH' }, asked('/abc', 'PATCH'), 'PATCH /abc'],
    // A method without an address is an address
    ['GET', asked('/abc'), undefined],
    // By data
    [
      { url: '/abc?aa', dataSchema: [{ name: 'id', schema: { type: 'number' } }] },
      asked('/abc?aa=1', 'GET', { id: 7, token: 'x' }),
      'GET /abc?aa=1 [["id",7]]',
    ],
    [{ url: '/abc', dataSchema: [{ name: 'id', schema: { type: 'number' } }] }, asked('/abc', 'GET', 'id'), undefined],
    [{ url: /abc/, dataSchema: [{ name: 'id', schema: { type: 'any' } }] }, asked('/abc'), undefined],
  ])('%s for %j: %s', (rule, request, cacheId) => {
    expect(cacheIdOf(rule, request)).toBe(cacheId);
  });

  it('matches again and again, though its pattern has g', () => {
    const { cacheIdOf: idOf } = compileRule(/abc/g, { origin: ORIGIN, maxAgeMs: 1 });

    expect([1, 2, 3].map(() => idOf(asked('/abc')))).toEqual(Array(3).fill(`GET ${ORIGIN}/abc`));
  });

  it('of a path alone needs an origin', () => {
    expect(cacheIdOf('/abc', asked('/abc'), '')).toBeUndefined();
    expect(cacheIdOf(/abc/, asked('/abc'), '')).toBeUndefined();
    expect(cacheIdOf(/^https?:.*abc/, asked('/abc'), '')).toBe('GET /abc');
  });

  it('has the id that it is given, or one that is made of it, and the age of its manager unless it has one', () => {
    const made = (rule: CacheRule) => {
      const { id, maxAgeMs } = compileRule(rule, { origin: ORIGIN, maxAgeMs: 5 });
      return [id, maxAgeMs];
    };

    expect(made('GET /abc')).toEqual(['GET /abc', 5]);
    expect(made(/abc/g)).toEqual(['/abc/g', 5]);
    expect(made({ id: 'mine', url: '/abc', maxAge: 7 })).toEqual(['mine', 7]);
    expect(made({ url: '/abc', dataSchema: [{ name: 'a', schema: { type: 'any' } }] })).toEqual([
      '/abc [{"name":"a","schema":{"type":"any"}}]',
      5,
    ]);
  });
});

describe('a field of data', () => {
  it.each<[schema: DataSchema | DataSchema[], fits: unknown[], fitsNot: unknown[]]>([
    [{ type: 'string' }, ['a', ''], [1, null, undefined]],
    [
      [{ type: 'number' }, { type: 'string' }],
      [1, 'a'],
      [true, {}],
    ],
    [{ type: 'boolean' }, [false], ['false']],
    [{ type: 'null' }, [null], [undefined, {}]],
    [{ type: 'object' }, [{}], [null, [], 'a']],
    [{ type: 'any' }, [0, null, 'a', []], [undefined]],
    [{ type: 'string[]' }, [['a'], []], [['a', 1], 'a']],
    [{ type: 'any[]' }, [[1, 'a']], ['a']],
    [{ type: 'string', value: 'abc' }, ['abc'], ['abcd']],
    [{ type: 'number', value: '123' }, [123], [124]],
    [{ type: 'string', value: /(abc|cba)/gi }, ['xABCx', 'cba'], ['ab']],
    [{ type: 'string', value: (value) => value === '123' }, ['123'], ['124']],
    [
      { type: 'object', value: [{ name: 'b', schema: { type: 'number' } }] },
      [{ b: 1 }, { b: 2, c: 3 }],
      [{ b: 'x' }, {}],
    ],
  ])('%j', (schema, fits, fitsNot) => {
    const idOf = (value: unknown) =>
      cacheIdOf({ url: '/abc', dataSchema: [{ name: 'a', schema }] }, asked('/abc', 'POST', { a: value }));

    expect([...fits, ...fitsNot].map((value) => idOf(value) !== undefined)).toEqual([
      ...fits.map(() => true),
      ...fitsNot.map(() => false),
    ]);
  });
});
