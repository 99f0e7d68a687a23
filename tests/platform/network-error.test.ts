import { Script, createContext } from 'node:vm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { isNetworkError, NetworkError, withoutSecrets } from '../../src/platform/network-error.js';

const CALL = { api: 'request', method: 'GET', url: 'https://api.example.com/v1?token=s3cret' };

describe('NetworkError', () => {
  it('[DOM-1] says code, rule, what happened and where, in one line', () => {
    const error = new NetworkError('not listed', {
      code: 'domain-not-allowed',
      rule: 'DOM-1',
      method: 'GET',
      url: 'https://api.example.com/v1',
    });

    expect(error.message).toBe('domain-not-allowed [DOM-1]: not listed (GET https://api.example.com/v1)');
    expect(String(error)).toBe(`NetworkError: ${error.message}`);
  });

  it.each([
    [{ code: 'timeout' }, 'timeout: too slow'],
    [{ code: 'timeout', rule: 'TIME-1' }, 'timeout [TIME-1]: too slow'],
    [{ code: 'timeout', method: 'PUT' }, 'timeout: too slow (PUT)'],
    [{ code: 'timeout', url: 'https://a.com/' }, 'timeout: too slow (https://a.com/)'],
  ] as const)('leaves out what is not known: %j', (details, message) => {
    expect(new NetworkError('too slow', details).message).toBe(message);
  });

  it('has no field for what is not known', () => {
    const error = new NetworkError('too slow', { code: 'timeout', rule: undefined, errno: undefined, phase: 'total' });

    expect(Object.keys(error).sort()).toEqual(['code', 'name', 'phase', 'what']);
    expect({ ...error }).toEqual({ name: 'NetworkError', what: 'too slow', code: 'timeout', phase: 'total' });
  });

  it('keeps falsy values that are known', () => {
    expect(new NetworkError('', { code: 'unknown', errno: 0, errMsg: '', cause: null })).toMatchObject({
      errno: 0,
      errMsg: '',
      cause: null,
    });
  });

  it('keeps the cause to be asked for, not to be printed along', () => {
    const error = new NetworkError('too slow', { code: 'timeout', cause: 'words', errno: 5 });

    expect(Object.keys(error).sort()).toEqual(['code', 'errno', 'name', 'what']);
    expect(Object.getOwnPropertyDescriptor(error, 'cause')).toEqual({
      value: 'words',
      enumerable: false,
      configurable: true,
      writable: false,
    });
  });

  it('is an Error, with a stack that begins with its message', () => {
    const error = new NetworkError('too slow', { code: 'timeout' });

    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.stack).toContain('timeout: too slow');
  });

  it('takes the secrets out of the address it is given', () => {
    const error = new NetworkError('lost', {
      code: 'connection',
      method: 'GET',
      url: 'https://user:pass@api.example.com/v1?token=s3cret#frag',
    });

    expect(error.url).toBe('https://api.example.com/v1');
    expect(error.message).toBe('connection: lost (GET https://api.example.com/v1)');
  });
});

describe('isNetworkError', () => {
  const error = new NetworkError('too slow', { code: 'timeout' });

  it('knows one, and its code', () => {
    expect(isNetworkError(error)).toBe(true);
    expect(isNetworkError(error, 'timeout')).toBe(true);
    expect(isNetworkError(error, 'aborted')).toBe(false);
  });

  it('knows one of another copy of the library, which is no instance of this class', () => {
    const foreign = Object.assign(new Error('x'), { name: 'NetworkError', code: 'timeout' });

    expect(isNetworkError(foreign, 'timeout')).toBe(true);
  });

  it.each([
    [undefined],
    [null],
    [0],
    ['NetworkError'],
    [{}],
    [new Error('x')],
    [{ name: 'NetworkError' }],
    [{ name: 'NetworkError', code: 7 }],
    [{ name: 'TypeError', code: 'timeout' }],
    [{ errMsg: 'request:fail timeout', errno: 5 }],
  ])('does not take %p for one', (value) => {
    expect(isNetworkError(value)).toBe(false);
  });

  it('works after the platform has compiled the class to ES5', () => {
    const source = readFileSync(join(__dirname, '../../src/platform/network-error.ts'), 'utf8');
    const ES5 = ts.ScriptTarget.ES5;
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { target: ES5, module: ts.ModuleKind.CommonJS },
    });
    const module = { exports: {} as Record<string, unknown> };
    new Script(outputText).runInContext(createContext({ exports: module.exports, module }));
    const es5 = module.exports as { NetworkError: typeof NetworkError; isNetworkError: typeof isNetworkError };
    const made = new es5.NetworkError('too slow', { ...CALL, code: 'timeout', rule: 'TIME-1' });

    expect(outputText).not.toMatch(/\bclass\b.*\bextends\b/);
    expect(es5.isNetworkError(made, 'timeout')).toBe(true);
    expect(isNetworkError(made, 'timeout')).toBe(true);
    expect(made instanceof es5.NetworkError).toBe(true);
    expect(made.message).toBe('timeout [TIME-1]: too slow (GET https://api.example.com/v1)');
  });
});

describe('withoutSecrets', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['https://api.example.com:8080/v1/@me', 'https://api.example.com:8080/v1/@me'],
    ['https://api.example.com/v1?token=s', 'https://api.example.com/v1'],
    ['https://api.example.com#token=s', 'https://api.example.com'],
    ['https://api.example.com/a?b#c?d', 'https://api.example.com/a'],
    ['https://api.example.com/a?b\nc', 'https://api.example.com/a'],
    ['https://user@api.example.com/', 'https://api.example.com/'],
    ['https://user:pass@api.example.com/', 'https://api.example.com/'],
    ['https://us@er:p@ss@api.example.com/', 'https://api.example.com/'],
    ['wss://user:pass@push.example.com/', 'wss://push.example.com/'],
    ['//user:pass@api.example.com/', '//api.example.com/'],
    [' https://user:pass@api.example.com/', ' https://api.example.com/'],
    ['https:user:pass@api.example.com/', 'https:api.example.com/'],
    ['https:/user:pass@api.example.com/', 'https:/api.example.com/'],
    ['https:\\\\user:pass@api.example.com/', 'https:\\\\api.example.com/'],
    ['https://user:pa\\ss@api.example.com/', 'https://api.example.com/'],
    ['ht\ttps://user:pass@api.example.com/', 'ht\ttps://api.example.com/'],
    ['/v1/@me?token=s', '/v1/@me'],
    ['/@me', '/@me'],
    ['https://api.example.com/a:b@c', 'https://api.example.com/a:b@c'],
    ['proxy//user@api.example.com/', 'proxy//api.example.com/'],
    ['v1/@me', 'v1/@me'],
    ['', ''],
  ])('makes %j into %j', (url, shown) => {
    expect(withoutSecrets(url)).toBe(shown);
  });

  it('lets no user information, query or fragment through, whatever is around it', () => {
    const scheme = fc.constantFrom(
      'https://',
      'HTTPS://',
      'wss://',
      ' https://',
      '\thttps://',
      'https:/',
      'https:\\\\',
      '//',
      'https:',
    );
    const host = fc.constantFrom('api.example.com', 'localhost', '[::1]', 'a b', '例子', '');
    const path = fc.constantFrom('', '/', '/a/b', '/@x', '/a:b@c');
    const secret = fc.constantFrom('S3CRET', 'u:S3CRET', 'S3CRET:p', 'u:S3\\CRET', '@S3CRET', 'S3CRET@S3CRET');
    const place = fc.constantFrom('user', 'query', 'fragment');

    fc.assert(
      fc.property(scheme, host, path, secret, place, (s, h, p, hidden, where) => {
        const url =
          where === 'user' ? `${s}${hidden}@${h}${p}` : `${s}${h}${p}${where === 'query' ? '?' : '#'}${hidden}`;
        expect(withoutSecrets(url)).not.toMatch(/S3|CRET/);
      }),
      { numRuns: 3_000 },
    );
  });
});
