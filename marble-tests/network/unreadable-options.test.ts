import { isObservable } from 'rxjs';
import { createSocket, createTcp } from '../../src/sockets.js';
import {
  allowDomains,
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  isNetworkError,
  request$,
  timeLimit,
  type WxPort,
} from '../../src/index.js';
import { createSimulator } from '../../src/simulator/index.js';
import { createStream } from '../../src/streams.js';

const url = 'https://api.example.com/items';
const task = () => ({ abort: () => undefined });
const wx = { request: task, uploadFile: task, downloadFile: task, connectSocket: task } as unknown as WxPort;
const networkWith = (options: object = {}) => createNetwork({ wx, ...options });

type Make = (options: object) => unknown;
const through = (options: object): Make => createHttp(networkWith(options)) as Make;

/** Whatever takes options, options that are right, and names of some. */
const PLACES: readonly (readonly [what: string, right: object, names: readonly string[], make: Make])[] = [
  ['http$', { url, method: 'POST' }, ['url', 'method', 'header', 'data', 'platform', 'attemptMs'], through({})],
  ['upload$', { url, filePath: 'a', name: 'f' }, ['formData', 'filePath'], createUpload(networkWith()) as Make],
  ['download$', { url }, ['header'], createDownload(networkWith()) as Make],
  ['stream$', { url }, ['url', 'data'], createStream(networkWith()) as Make],
  ['next', { url }, ['url', 'header', 'data'], (given) => through({ interceptors: [(_: never, next: Make) => next(given)] })({ url })], // prettier-ignore
  ['send', { url }, ['url', 'header', 'data'], (given) => through({ interceptors: [(_: never, __: never, send: Make) => send(given)] })({ url })], // prettier-ignore
  ['beforeSend', { url }, ['url', 'header', 'data'], (given) => through({ beforeSend: () => given })({ url })],
  ['createNetwork', { wx }, ['wx', 'header', 'domains', 'interceptors', 'platform'], createNetwork],
  ['request$', { url }, ['url', 'header', 'data'], (given) => request$(given as never, { wx })],
  ['timeLimit', {}, ['attemptMs'], timeLimit],
  ['allowDomains', {}, ['domains'], allowDomains],
  ['socket$', { url: 'wss://a.example.com' }, ['url', 'header', 'protocols', 'heartbeat'], (given) => createSocket(networkWith())(given as never).messages$], // prettier-ignore
  ['tcp$', { address: '192.168.1.2', port: 1 }, ['address', 'port'], createTcp(networkWith()) as Make],
  ['createSimulator', {}, ['wire', 'domains', 'storage', 'overLimit'], createSimulator],
];

const boom = () => {
  throw new Error('of the getter');
};
/** An object, one of whose members throws as it is read. */
const throwing = (name: string, others: object = {}) =>
  Object.defineProperty({ ...others }, name, { get: boom, enumerable: true });
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** What is thrown, at once or to the subscriber. */
function errorOf(run: () => unknown): unknown {
  let error: unknown;
  try {
    const made = run();
    if (isObservable(made)) made.subscribe({ error: (thrown: unknown) => (error = thrown) }).unsubscribe();
  } catch (thrown) {
    error = thrown;
  }
  return error;
}
/** The words of a refusal, as every other odd value gets them. */
function refusalOf(run: () => unknown): string {
  const error = errorOf(run);
  const isOurs =
    isNetworkError(error, 'invalid-argument') ||
    (error instanceof TypeError && /^(create|timeL|allowD)/.test(error.message));
  return isOurs ? (error as Error).message : `not ours: ${String(error)}`;
}

describe('[K3] options that throw as they are read are refused, and named', () => {
  describe.each(PLACES)('%s', (_what, right, names, make) => {
    it.each(names)('a getter: %s', (name) => {
      expect(refusalOf(() => make(throwing(name, right)))).toContain(`${name} cannot be read: Error: of the getter`);
    });

    it('a proxy that has been revoked', () => {
      expect(refusalOf(() => make(revoked()))).toContain('options cannot be read: TypeError: ');
    });

    it('a getter, or a revoked proxy, one level down', () => {
      for (const name of names.filter((one) => /header|data|platform|domains|heartbeat|storage/i.test(one))) {
        for (const [value, cause] of [
          [throwing('x'), 'Error: of the getter'],
          [revoked(), 'TypeError: '],
        ] as const) {
          expect(refusalOf(() => make({ ...right, [name]: value }))).toContain(`${name} cannot be read: ${cause}`);
        }
      }
    });
  });

  it('an instance of a class, whose getters are not its own', () => {
    class Options {
      readonly url = url;
      get header(): never {
        return boom();
      }
    }
    expect(refusalOf(() => through({})(new Options()))).toContain('the request cannot be read: Error: of the getter');
  });

  it('the members of `wx` are not looked at: on a phone that may do something', () => {
    expect(errorOf(() => networkWith({ wx: throwing('other', wx) }))).toBeUndefined();
  });

  it('an answer of an interceptor that has been revoked is no answer', () => {
    const http$ = through({ interceptors: [revoked] });

    expect(refusalOf(() => http$({ url }))).toContain('interceptors[0] (revoked) must return next(request)');
  });
});

describe('[K3] names that every object has already', () => {
  const asked: Record<string, unknown>[] = [];
  const request = (options: Record<string, unknown>) => {
    asked.push(options);
    return task();
  };
  const send = (options: object, network: object = {}) => {
    asked.length = 0;
    const http$ = through({ wx: { request }, ...network });
    return errorOf(() => http$({ url, ...options })) ?? asked[0];
  };
  const OTHERS = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const fields = (names: readonly string[]) => JSON.parse(`{${names.map((name) => `"${name}":"1"`).join()}}`) as object;

  it('a header field __proto__ is refused wherever it is given: to set it sets none', () => {
    const header = fields(['__proto__']);
    const refusal = "'__proto__' is not a name of a header field";

    expect(refusalOf(() => through({})({ url, header }))).toContain(refusal);
    expect(refusalOf(() => through({ header }))).toContain(refusal);
    expect(refusalOf(() => through({ beforeSend: () => ({ url, header }) })({ url }))).toContain(refusal);
    expect(
      refusalOf(() => createSocket(networkWith())({ url: 'wss://a.example.com', header } as never).messages$),
    ).toContain(refusal);
  });

  it('the others are sent, in a header, a query, a body and a form', () => {
    const all = fields(OTHERS);

    expect(send({ header: all }, { header: { a: 'b' } })).toMatchObject({ header: { ...all, a: 'b' } });
    expect(send({ data: fields(['__proto__', ...OTHERS]) })).toMatchObject({
      url: `${url}?${['__proto__', ...OTHERS].map((name) => `${name}=1`).join('&')}`,
    });
    expect(
      JSON.stringify((send({ method: 'POST', data: fields(['__proto__', ...OTHERS]) }) as { data: object }).data),
    ).toBe(JSON.stringify(fields(['__proto__', ...OTHERS])));
  });

  it.each(['__proto__', ...OTHERS])('as an option %s is unknown', (name) => {
    const options = fields([name]);

    expect(refusalOf(() => through({})({ url, ...options }))).toContain(`Unknown option '${name}'`);
    expect(refusalOf(() => through(options))).toContain(`Unknown option '${name}'`);
    expect(refusalOf(() => createSimulator(options))).toContain(`Unknown option '${name}'`);
    // What the platform may know one day is passed on.
    expect(errorOf(() => through({ platform: options })({ url }))).toBeUndefined();
  });

  it('an object without a prototype is an object', () => {
    const bare = (of: object): object => Object.assign(Object.create(null) as object, of);

    expect(send(bare({ header: bare({ a: '1' }), data: bare({ b: '2' }) }))).toMatchObject({
      url: `${url}?b=2`,
      header: { a: '1' },
    });
    expect(
      errorOf(() => createSimulator(bare({ domains: bare({ request: ['https://a.example.com'] }) }))),
    ).toBeUndefined();
  });
});

describe('[K3] socket$ with options that are no object of names and values', () => {
  it.each(['header', 'heartbeat', 'reconnect'])('%s: a Map is not taken for an empty object', (name) => {
    const socket = createSocket(networkWith())({ url: 'wss://a.example.com', [name]: new Map([['a', 'b']]) });

    expect(refusalOf(() => socket.messages$)).toMatch(new RegExp(`${name}[^]*got (Map|an object)|${name}: expected`));
  });
});
