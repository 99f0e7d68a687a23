import { asyncScheduler, type Observable } from 'rxjs';
import {
  appLifecycle$,
  downloadFile$,
  isNetworkError,
  networkStatus$,
  readFile$,
  request$,
  uploadFile$,
} from '../../src/index.js';
import { connectSocket$, localServices$, tcpSocket$, udpSocket$ } from '../../src/sockets.js';

type Wx = Record<string, unknown>;

const url = 'https://api.example.com/a';
const tcp = { address: '192.168.1.20', port: 9000 };

/** Every source, what it calls, and the first function that it listens with. */
const SOURCES: readonly (readonly [
  name: string,
  member: string,
  make: (wx: Wx) => Observable<unknown>,
  listens: string,
])[] = [
  ['request$', 'request', (wx) => request$({ url, headersEvent: true }, { wx: wx as never }), 'onHeadersReceived'],
  [
    'uploadFile$',
    'uploadFile',
    (wx) => uploadFile$({ url, filePath: 'a', name: 'a' }, { wx: wx as never }),
    'onProgressUpdate',
  ],
  ['downloadFile$', 'downloadFile', (wx) => downloadFile$({ url }, { wx: wx as never }), 'onProgressUpdate'],
  ['connectSocket$', 'connectSocket', (wx) => connectSocket$({ url }, { wx: wx as never }), 'onMessage'],
  ['tcpSocket$', 'createTCPSocket', (wx) => tcpSocket$(tcp, { wx: wx as never }), 'onMessage'],
  ['udpSocket$', 'createUDPSocket', (wx) => udpSocket$({}, { wx: wx as never }), 'onMessage'],
  ['readFile$', 'getFileSystemManager', (wx) => readFile$('a', { wx: wx as never }), ''],
  ['networkStatus$', 'getNetworkType', (wx) => networkStatus$({ wx: wx as never }), 'onNetworkStatusChange'],
  [
    'localServices$',
    'startLocalServiceDiscovery',
    (wx) => localServices$('_http._tcp', { wx: wx as never }),
    'onLocalServiceFound',
  ],
];
const LISTENING = SOURCES.filter(([, , , listens]) => listens !== '');

/** All that a platform has, which never answers; `log` has what lets go of something. */
function silentWx(log: string[], own: Wx = {}): Wx {
  const object: Wx = new Proxy(own, {
    get: (target, name: string) => {
      if (name in target) return target[name];
      // A task is no promise.
      if (name === 'then' || name === 'toJSON') return undefined;
      return () => {
        if (/^(abort|close|stopLocalServiceDiscovery|offNetworkStatusChange)$/.test(name)) log.push(name);
        return object;
      };
    },
  });
  return object;
}

/** What a subscriber hears in the very turn, and whether subscribing or leaving threw. */
function heard(source$: Observable<unknown>): { readonly errors: unknown[]; readonly thrown: unknown } {
  const errors: unknown[] = [];
  try {
    source$.subscribe({ error: (error: unknown) => errors.push(error) }).unsubscribe();
  } catch (thrown) {
    return { errors, thrown };
  }
  return { errors, thrown: undefined };
}

describe('every source', () => {
  it.each(SOURCES)('[K4.13] %s says which member of wx is missing', (_, member, make) => {
    const { errors, thrown } = heard(make({}));

    expect(thrown).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(isNetworkError(errors[0], 'invalid-argument')).toBe(true);
    expect(errors[0]).toMatchObject({
      what: expect.stringContaining(`there is no wx.${member} here; `),
      phase: 'check',
    });
  });

  it.each(SOURCES)('[K4.13] %s makes what wx.%s throws a NetworkError, with its cause', (_, member, make) => {
    const cause = new Error('its own');
    const wx = silentWx([], {
      [member]: () => {
        throw cause;
      },
    });

    const { errors, thrown } = heard(make(wx));

    expect(thrown).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(isNetworkError(errors[0], 'unknown')).toBe(true);
    expect((errors[0] as Error).cause).toBe(cause);
    expect((errors[0] as Error).message).toContain(' threw');
  });

  it.each(SOURCES)('[K4.13] %s says what to do where there is no wx at all', (_, __, make) => {
    const { errors, thrown } = heard(make(undefined as never));

    expect(thrown).toBeUndefined();
    expect(errors.map((error) => isNetworkError(error, 'invalid-argument'))).toEqual([true]);
  });

  it.each(LISTENING)('[K6.2] %s lets go where a listener cannot be added, and says so', (_, __, make, listens) => {
    const log: string[] = [];
    const cause = new Error('its own');
    const wx = silentWx(log, {
      [listens]: () => {
        throw cause;
      },
    });

    const { errors, thrown } = heard(make(wx));

    expect(thrown).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ name: 'NetworkError', code: 'unknown', what: `${listens} threw` });
    expect((errors[0] as Error).cause).toBe(cause);
  });

  it.each(LISTENING.filter(([name]) => !/networkStatus|localServices/.test(name)))(
    '[K6.2] %s aborts or closes its task where a listener cannot be added or taken off',
    (_, __, make, listens) => {
      const throwing = () => {
        throw new Error('its own');
      };
      const adding: string[] = [];
      const taking: string[] = [];

      heard(make(silentWx(adding, { [listens]: throwing })));
      heard(make(silentWx(taking, { [listens.replace('on', 'off')]: throwing })));

      expect([adding.length, taking.length]).toEqual([1, 1]);
    },
  );

  it('[K6.2] localServices$ takes off all its listeners, and stops, where one cannot be taken off', () => {
    const log: string[] = [];
    const off: string[] = [];
    const wx = silentWx(log, {
      offLocalServiceFound: () => {
        throw new Error('its own');
      },
      offLocalServiceLost: () => off.push('lost'),
      offLocalServiceResolveFail: () => off.push('resolve-fail'),
      offLocalServiceDiscoveryStop: () => off.push('stop'),
      startLocalServiceDiscovery: ({ success }: { success: () => void }) => success(),
      // It has stopped by itself, so nothing will be told.
      stopLocalServiceDiscovery: ({ fail }: { fail: (failure: object) => void }) => {
        log.push('stopLocalServiceDiscovery');
        fail({ errMsg: 'stopLocalServiceDiscovery:fail task not found' });
      },
    });

    expect(heard(localServices$('_http._tcp', { wx: wx as never }))).toEqual({ errors: [], thrown: undefined });
    expect(off).toEqual(['lost', 'resolve-fail', 'stop']);
    expect(log).toEqual(['stopLocalServiceDiscovery']);
  });

  it('appLifecycle$ names what threw', () => {
    const wx = silentWx([], {
      onAppShow: () => {
        throw new Error('its own');
      },
    });

    expect(() => appLifecycle$({ wx })).toThrow('unknown: onAppShow threw');
  });
});

describe('a source over a wrapper that makes promises', () => {
  const answer = { data: 'a', statusCode: 200, header: {}, errMsg: 'request:ok' };
  // An error, as promises reject with one; the platform's own failure is none.
  const failure = Object.assign(new Error('its own'), { errMsg: 'request:fail timeout' });
  type Option = { success: (result: object) => void; fail: (failure: object) => void };

  /** Everything that is heard, once all promises are settled. */
  async function heardFrom(source$: Observable<unknown>): Promise<unknown[]> {
    const events: unknown[] = [];
    source$.subscribe({
      next: (event) => events.push((event as { type?: string }).type ?? event),
      error: ({ code, what }: { code: string; what: string }) => events.push({ code, what }),
      complete: () => events.push('|'),
    });
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    return events;
  }

  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => process.on('unhandledRejection', note));
  afterAll(async () => {
    await new Promise((done) => asyncScheduler.schedule(() => done(undefined), 1));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it.each<[string, (option: Option) => unknown, unknown[]]>([
    ['answers by its promise', () => Promise.resolve(answer), ['sent', 'response', '|']],
    [
      'calls back and resolves',
      (option) => {
        option.success(answer);
        return Promise.resolve(answer);
      },
      ['response', '|'],
    ],
    [
      'calls back later, and resolves with nothing',
      (option) => {
        void Promise.resolve().then(() => option.success(answer));
        return Promise.resolve();
      },
      ['sent', 'response', '|'],
    ],
    ['resolves with the task', () => Promise.resolve({ abort: () => undefined }), ['sent']],
    [
      'fails by its promise',
      () => Promise.reject(failure),
      ['sent', { code: 'timeout', what: 'request:fail timeout; try again, if that is safe, or give it more time' }],
    ],
    [
      'calls back with the failure and rejects',
      (option) => {
        option.fail(failure);
        return Promise.reject(failure);
      },
      [{ code: 'timeout', what: 'request:fail timeout; try again, if that is safe, or give it more time' }],
    ],
    [
      'resolves with what is no answer',
      () => Promise.resolve('a'),
      ['sent', { code: 'invalid-argument', what: expect.stringContaining('wx.request returned no task; pass') }],
    ],
  ])('[K4.13] request$ hears one that %s', async (_, request, expected) => {
    expect(await heardFrom(request$({ url }, { wx: { request } as never }))).toEqual(expected);
  });

  it('[K4.13] aborts by a promise that can', () => {
    const log: string[] = [];
    const promise = Object.assign(new Promise(() => undefined), { abort: () => log.push('aborted') });

    request$({ url }, { wx: { request: () => promise } })
      .subscribe()
      .unsubscribe();

    expect(log).toEqual(['aborted']);
  });

  it('[K4.13] refuses chunks that a wrapper would lose', async () => {
    const wx = { request: () => Promise.reject(failure) };

    expect(await heardFrom(request$({ url, enableChunked: true }, { wx: wx as never }))).toEqual([
      { code: 'invalid-argument', what: expect.stringContaining('returned no task') },
    ]);
  });

  it('[K4.13] readFile$, networkStatus$ and connectSocket$ hear it too', async () => {
    const bytes = new ArrayBuffer(1);
    const reading = (result: Promise<object>) => ({ getFileSystemManager: () => ({ readFile: () => result }) });
    const status = (result: Promise<object>) => ({
      onNetworkStatusChange: () => undefined,
      getNetworkType: () => result,
    });
    const socket = { connectSocket: () => Promise.reject(failure) };

    expect(await heardFrom(readFile$('a', { wx: reading(Promise.resolve({ data: bytes })) }))).toEqual([bytes, '|']);
    expect(await heardFrom(readFile$('a', { wx: reading(Promise.reject(failure)) }))).toEqual([
      { code: 'timeout', what: 'request:fail timeout; try again, if that is safe, or give it more time' },
    ]);
    expect(await heardFrom(networkStatus$({ wx: status(Promise.reject(failure)) }))).toEqual([
      { code: 'timeout', what: 'request:fail timeout; try again, if that is safe, or give it more time' },
    ]);
    expect(await heardFrom(connectSocket$({ url }, { wx: socket as never }))).toEqual([
      { code: 'invalid-argument', what: expect.stringContaining('wx.connectSocket returned no task') },
    ]);
  });
});
