import { NEVER } from 'rxjs';
import { createDownload, createUpload, type HttpInterceptor, type HttpRequest } from '../../../src/index.js';
import { marbles, type MarbleHelpers, type WireMark } from '../../../src/testing/index.js';
import { appOn, scriptedApp, type ScriptedApp } from '../scripted-app.js';
import { url } from './call-errors.js';

/** What the platform would make of each call in its turn: the bodies, as text. */
function recorded(
  helpers: MarbleHelpers,
  lane: string,
  after: string,
  options = {},
): ScriptedApp & { bodies: string[] } {
  const bodies: string[] = [];
  const app = scriptedApp(
    helpers,
    lane,
    (option) => {
      const { data, formData } = option as { readonly data?: unknown; readonly formData?: unknown };
      bodies.push(data instanceof ArrayBuffer ? [...new Uint8Array(data)].join() : JSON.stringify(data ?? formData));
      return helpers.cold<WireMark>(after, { r: {} });
    },
    options,
  );
  return { ...app, bodies };
}

describe('what a call was subscribed with is what is sent', () => {
  it(
    '[K1.1] of one object that is changed for each of fourteen calls',
    marbles((helpers) => {
      const { http$, bodies } = recorded(helpers, '', '5ms r');
      const data = { id: -1, of: { list: [0] } };
      for (let id = 0; id < 14; id++) {
        data.id = data.of.list[0] = id;
        http$.post(url, data).subscribe();
      }
      helpers.flush();

      expect(bodies).toEqual(Array.from({ length: 14 }, (_, id) => `{"id":${id},"of":{"list":[${id}]}}`));
    }),
  );

  it(
    '[K1.2] at the replay too',
    marbles((helpers) => {
      const { http$, bodies } = recorded(helpers, '-h 6s s', '7s r');
      const cart = { amount: 100 };
      http$.post(url, cart, { idempotencyKey: 'pay-1' }).subscribe();
      cart.amount = 5;
      helpers.flush();

      expect(bodies).toEqual(['{"amount":100}', '{"amount":100}']);
    }),
  );

  it(
    '[K1.3] of bytes, of a header, of the fields of a form',
    marbles((helpers) => {
      const app = recorded(helpers, '', '5ms r', { concurrency: 1 });
      const bytes = new Uint8Array([1, 2]);
      const header = { a: '1' };
      const formData = { a: '1' };
      const file = { url: 'https://up.example.com/', filePath: 'wxfile://a', name: 'a', formData };
      app.http$(url).subscribe();
      app.http$.post(url, bytes.buffer, { header }).subscribe();
      createUpload(app.network)(file).subscribe();
      bytes[0] = header.a = formData.a = 9 as never;
      helpers.flush();

      expect(app.bodies).toEqual([undefined, '1,2', '{"a":"1"}']);
      expect(app.wx.options[1]?.header).toEqual({ a: '1' });
    }),
  );

  it.each(['upload', 'download', 'http'] as const)('[K1.3] of the options of the platform: %s', (which) => {
    marbles((helpers) => {
      const app = recorded(helpers, '', '5ms r', { concurrency: 1, platform: { enableHttp2: true } });
      const platform: Record<string, unknown> = { redirect: 'manual', own: { list: [1] } };
      const call = { url: 'https://up.example.com/', platform };
      app.http$(url).subscribe();
      if (which === 'http') app.http$(call).subscribe();
      else if (which === 'download') createDownload(app.network)(call).subscribe();
      else createUpload(app.network)({ ...call, filePath: 'wxfile://a', name: 'a' }).subscribe();
      platform['redirect'] = 'follow';
      (platform['own'] as { list: number[] }).list[0] = 2;
      helpers.flush();

      expect(app.wx.options[1]).toMatchObject({ enableHttp2: true, redirect: 'manual', own: { list: [1] } });
    })();
  });

  it(
    '[K1.3] of what the network was made with',
    marbles((helpers) => {
      const platform = { enableHttp2: true };
      const header = { token: 'a' };
      const interceptors: HttpInterceptor[] = [];
      const options = { platform, header, interceptors, networkTimeout: { request: 9 } };
      const app = recorded(helpers, '', '5ms r', { concurrency: 1, ...options });
      app.http$(url).subscribe();
      app.http$(url).subscribe();
      platform.enableHttp2 = false;
      header.token = 'b';
      interceptors.push(() => NEVER);
      app.http$(url).subscribe();
      helpers.flush();

      expect(app.wx.options).toHaveLength(3);
      for (const option of app.wx.options) {
        expect(option).toMatchObject({ enableHttp2: true, header: { token: 'a' }, timeout: 9 });
      }
    }),
  );

  it(
    '[K1.2] a beforeSend that writes into what it gets begins anew at each attempt, and leaves what is the caller’s',
    marbles((helpers) => {
      const sign = (request: HttpRequest) => {
        const { data, header } = request as { data: { sign?: string }; header: { attempts?: string } };
        data.sign = `of ${JSON.stringify(data)}`;
        header.attempts = `${header.attempts ?? ''}I`;
        return request;
      };
      const app = recorded(helpers, '-h 6s s', '7s r', { beforeSend: sign });
      const cart = { amount: 100 };
      const header = { a: '1' };
      app.http$.post(url, cart, { idempotencyKey: 'pay-1', header }).subscribe();
      app.http$.post(url, cart, { background: 'refuse', header }).subscribe({ error: () => undefined });
      helpers.flush();

      const sent = JSON.stringify({ amount: 100, sign: 'of {"amount":100}' });
      expect(app.bodies).toEqual([sent, sent, sent]);
      expect(app.wx.options.map((option) => option.header?.['attempts'])).toEqual(['I', 'I', 'I']);
      expect({ cart, header }).toEqual({ cart: { amount: 100 }, header: { a: '1' } });
    }),
  );

  it(
    'and no copy is made for a call that is sent at once, and once',
    marbles((helpers) => {
      const app = scriptedApp(helpers, '', () => NEVER);
      const data = { id: 1 };

      app.http$({ url, method: 'POST', data, background: 'refuse' }).subscribe().unsubscribe();

      expect(app.wx.options[0]?.data).toBe(data);
    }),
  );

  it('says so where data contain themselves, of which no text can be made', () => {
    marbles((helpers) => {
      const { http$ } = appOn(scriptedApp(helpers, '-', () => NEVER, { concurrency: 1 }).wx, { concurrency: 1 });
      const loop: Record<string, unknown> = {};
      loop['self'] = loop;
      const messages: string[] = [];
      const first = http$(url).subscribe();
      http$.post(url, loop).subscribe({ error: (error: Error) => messages.push(error.message) });

      first.unsubscribe();

      expect(messages).toEqual(['invalid-argument: data.self contains itself, and cannot be sent']);
    })();
  });
});
