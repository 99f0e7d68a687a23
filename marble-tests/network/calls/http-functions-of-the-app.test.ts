import { NEVER, of, type Subscription } from 'rxjs';
import { requireOk } from '../../../src/index.js';
import {
  createHttp,
  createNetwork,
  createUpload,
  type Header,
  type HttpInterceptor,
  type HttpRequest,
  type NetworkError,
  type NetworkOptions,
} from '../../../src/index.js';
import { marbles, type MarbleHelpers, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp, type ScriptedApp } from '../scripted-app.js';
import { url } from './call-errors.js';

const file = { url: 'https://up.example.com/photos', filePath: 'wxfile://a.png', name: 'photo' };

/** The message of the error of one call, with these options. */
function messageOf(
  helpers: MarbleHelpers,
  options: NetworkOptions,
  call = (app: ScriptedApp) => app.http$(url),
): string {
  const app = scriptedApp(helpers, '', () => NEVER, options);
  let message = 'no error';
  call(app).subscribe({ error: (error: NetworkError) => (message = error.message) });
  expect(app.wx.log).toEqual([]);
  return message;
}

describe('what comes back from the functions of the app is looked at', () => {
  it('[K2.1] an async interceptor works, in http$ and upload$', async () => {
    const log: string[] = [];

    const login: HttpInterceptor = async (request, next) => next(request);
    const answers: unknown[] = [];
    const wx = {
      request: (option: { success?: (result: never) => void }) => {
        log.push('request');
        option.success?.({ data: '{"id":1}', statusCode: 200, errMsg: 'request:ok' } as never);
        return { abort: () => undefined };
      },
      uploadFile: (option: { success?: (result: never) => void }) => {
        log.push('upload');
        option.success?.({ data: '{"id":2}', statusCode: 200, errMsg: 'uploadFile:ok' } as never);
        return { abort: () => undefined };
      },
    };
    const { createHttp, createNetwork } = await import('../../../src/index.js');
    const network = createNetwork({ wx: wx, interceptors: [login] });

    await new Promise<void>((resolve) => {
      createHttp(network)(url)
        .pipe(requireOk())
        .subscribe(({ body }) => answers.push(body));
      createUpload(network)(file).subscribe({
        next: (event) => event.type === 'response' && answers.push(event.body),
        complete: resolve,
      });
    });

    expect(log).toEqual(['request', 'upload']);
    expect(answers).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', () => undefined, 'undefined'],
    ['the request', (request: unknown) => request, 'object'],
    ['a stream of something else', () => of('text'), 'string'],
    ['null', () => null, 'null'],
  ])('[K2.2] an interceptor that returns %s', (_title, interceptor, came) => {
    marbles((helpers) => {
      const plain: HttpInterceptor = (request, next) => next(request);

      expect(messageOf(helpers, { interceptors: [plain, interceptor as HttpInterceptor] })).toContain(
        `interceptors[1] (interceptor) must return next(request), or an observable or a promise of an answer; got ${came}`.replace(
          ' (interceptor)',
          (interceptor as { name: string }).name ? ` (${(interceptor as { name: string }).name})` : '',
        ),
      );
    })();
  });

  it('[K2.3] a beforeSend that is async is told where to wait', () => {
    marbles((helpers) => {
      expect(messageOf(helpers, { beforeSend: ((request: unknown) => Promise.resolve(request)) as never })).toBe(
        'invalid-argument: expected a request; got a promise: beforeSend is synchronous, so that nothing is stale; wait in an interceptor',
      );
    })();
  });

  it('[K2.3] [K6.2] whose promise nobody else hears is heard: of a beforeSend that rejects, of an abort', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const reject = () => Promise.reject(new Error('mine'));
      const wx = { request: () => ({ abort: reject }) };
      const errors: unknown[] = [];
      const beforeSend = reject as never;
      createHttp(createNetwork({ wx: wx, beforeSend }))(url).subscribe({
        error: (error: NetworkError) => errors.push(error.code),
      });
      createHttp(createNetwork({ wx: wx }))(url)
        .subscribe()
        .unsubscribe();
      await new Promise(setImmediate);

      expect(errors).toEqual(['invalid-argument']);
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it(
    '[K2.4] what next sends is the upload that it was made for, with its file',
    marbles((helpers) => {
      const { network, wx } = scriptedApp(helpers, '', () => helpers.cold<WireMark>('-r', { r: {} }), {
        interceptors: [({ url, method }, next) => next({ url, method, header: { a: '1' } })],
      });
      createUpload(network)(file).subscribe();
      helpers.flush();

      expect(wx.options[0]).toMatchObject({ filePath: file.filePath, name: 'photo', header: { a: '1' } });
    }),
  );

  it.each<[string, (header: Header) => NetworkOptions]>([
    ['next', (header) => ({ interceptors: [({ url }, next) => next({ url, header })] })],
    ['beforeSend', (header) => ({ beforeSend: ({ url }) => ({ url, header }) })],
  ])(
    '[K2.4] what %s sends is the POST that it was made for, with its data, and its answer is read alike',
    (_, made) => {
      marbles((helpers) => {
        const answer = { data: new Uint8Array([1, 2]).buffer as never };
        const options = made({ a: '1' });
        const { http$, wx } = scriptedApp(helpers, '', () => helpers.cold<WireMark>('-r', { r: answer }), options);
        const bodies: unknown[] = [];
        const call = { as: 'arraybuffer', idempotencyKey: 'pay-1' } as const;
        http$.post(url, { amount: 100 }, call).subscribe(({ body }) => bodies.push(body));
        helpers.flush();

        expect(wx.options[0]).toMatchObject({ method: 'POST', data: { amount: 100 }, responseType: 'arraybuffer' });
        expect(wx.options[0]?.header).toEqual({ 'Idempotency-Key': 'pay-1', a: '1' });
        expect(bodies).toEqual([answer.data]);
      })();
    },
  );

  it(
    '[K2.4] of another method it has not the data, and what is said to be undefined is left out',
    marbles((helpers) => {
      const { http$, wx } = scriptedApp(helpers, '', () => NEVER, {
        interceptors: [
          (request, next) =>
            next({ url: request.url, ...(request.method === 'PUT' ? { data: undefined } : { method: 'GET' }) }),
        ],
      });
      http$.post(url, { amount: 100 }).subscribe().unsubscribe();
      http$.put(url, { amount: 100 }).subscribe().unsubscribe();

      expect(wx.options.map((option) => [option.method, option.url, option.data])).toEqual([
        ['GET', url, undefined],
        ['PUT', url, undefined],
      ]);
    }),
  );

  it.each<[string, unknown, string | undefined]>([
    ['a promise', Promise.resolve({ localip: '192.168.1.5' }), 'got Promise'],
    ['a text', '192.168.1.5', 'got string'],
    ['null, as long as it is not known', null, undefined],
  ])('[K2.8] a device that tells %s', (_title, told, problem) => {
    marbles((helpers) => {
      const { http$, wx } = scriptedApp(helpers, '', () => NEVER, { device: () => told as never });
      let message = '';
      http$('http://192.168.1.20/')
        .subscribe({ error: (error: NetworkError) => (message = error.message) })
        .unsubscribe();

      expect(wx.options).toHaveLength(problem === undefined ? 1 : 0);
      expect(message).toBe(
        problem === undefined
          ? ''
          : `invalid-argument: device must return what wx.getLocalIPAddress has told, { localip, netmask }, or undefined before that; ${problem}`,
      );
    })();
  });

  it(
    '[K2.8] a promise of a call is told to be one',
    marbles((helpers) => {
      expect(messageOf(helpers, {}, ({ http$ }) => http$(Promise.resolve({ url }) as never))).toBe(
        'invalid-argument: expected a request; got a promise',
      );
    }),
  );

  it(
    '[K2.5] a beforeSend that leaves sends nothing',
    marbles((helpers) => {
      const calls: Subscription[] = [];
      const { http$, wx, network } = scriptedApp(helpers, '', () => NEVER, {
        interruptInBackground: false,
        concurrency: 1,
        beforeSend: (request) => {
          calls[1]?.unsubscribe();
          return request;
        },
      });
      calls.push(http$(url).subscribe());
      calls.push(http$.post(url, {}).subscribe());
      calls[0]?.unsubscribe();
      helpers.flush();

      expect(wx.log).toHaveLength(2);
      expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
    }),
  );

  it('[K2.8] options that are none are told, and those of a class are read', () => {
    marbles((helpers) => {
      expect(messageOf(helpers, {}, ({ http$ }) => http$({ url, platform: null as never }))).toContain(
        'platform must be an object; got null',
      );
      expect(messageOf(helpers, {}, ({ http$ }) => http$({ url: undefined as never }))).toContain(
        'got an object whose url is undefined',
      );
      class Order {
        readonly url = url;
        get method() {
          return 'POST' as const;
        }
      }
      const { http$, wx } = scriptedApp(helpers, '', () => NEVER);
      http$(new Order()).subscribe().unsubscribe();
      expect(wx.options[0]?.method).toBe('POST');
    })();
  });

  it.each<[string, (order: HttpRequest) => NetworkOptions]>([
    ['next', (order) => ({ interceptors: [(_request, next) => next(order)] })],
    ['send', (order) => ({ interceptors: [(_request, _next, send) => send(order)] })],
    ['beforeSend', (order) => ({ beforeSend: () => order })],
  ])('[K2.8] those of a class are read where %s gets them, too', (_where, options) => {
    marbles((helpers) => {
      class Order {
        get url() {
          return 'https://api.example.com/orders';
        }
        get method() {
          return 'POST' as const;
        }
      }
      const { http$, wx } = scriptedApp(helpers, '', () => NEVER, options(new Order()));
      http$(url)
        .subscribe({ error: () => undefined })
        .unsubscribe();
      expect(wx.options[0]).toMatchObject({ url: 'https://api.example.com/orders', method: 'POST' });
    })();
  });

  it('[K4.9] an address without a scheme is not put behind the baseUrl', () => {
    marbles((helpers) => {
      const message = messageOf(helpers, { baseUrl: 'https://api.example.com' }, ({ http$ }) =>
        http$('//cdn.example.com/a.png'),
      );
      expect(message).toBe(
        "invalid-url: '//cdn.example.com/a.png' has no scheme; write 'https://cdn.example.com/a.png'",
      );
    })();
  });

  it('[K8.5] a network shows what an operator by hand takes, and nothing else', () => {
    marbles((helpers) => {
      const { network } = scriptedApp(helpers, '', () => NEVER);
      expect(Object.keys(network).sort()).toEqual(['app$', 'requestQueue', 'scheduler', 'wx']);
      expect(Object.keys(network.requestQueue).sort()).toEqual(['pause', 'resume', 'snapshot', 'state$']);
    })();
  });
});
