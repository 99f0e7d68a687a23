import { NEVER, type Observable } from 'rxjs';
import { createDownload, createNetwork, createUpload, type NetworkError } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { scriptedApp, type ScriptedApp } from '../scripted-app.js';
import { url } from './call-errors.js';

type Call = (...given: unknown[]) => Observable<unknown>;
const faces: { readonly [name: string]: (app: ScriptedApp) => Call } = {
  upload$: ({ network }) => createUpload(network) as Call,
  download$: ({ network }) => createDownload(network) as Call,
};

function messageOf(call$: Observable<unknown>): string {
  let message = 'no error';
  call$.subscribe({ error: (error: NetworkError) => (message = error.message) }).unsubscribe();
  return message;
}

describe('options at the wrong place', () => {
  it(
    '[K2.8] those of a class are read behind the URL of get() and post(), too',
    marbles((helpers) => {
      const { http$, wx } = scriptedApp(helpers, '', () => NEVER);
      class Options {
        get header() {
          return { token: 'a' };
        }
      }
      http$.get(url, new Options()).subscribe().unsubscribe();
      http$.post(url, {}, new Options()).subscribe().unsubscribe();

      expect(wx.options.map(({ header }) => header)).toEqual([{ token: 'a' }, { token: 'a' }]);
    }),
  );

  it.each([
    ['upload$', 'params', 'write formData, or a query into the url'],
    ['upload$', 'responseType', "write as: 'json' or as: 'text'"],
    ['download$', 'params', 'write it into the url, as a query'],
    ['download$', 'body', 'write it into the url, as a query'],
    ['download$', 'responseType', 'leave it out; a file is kept as it comes'],
    ['download$', 'dataType', 'leave it out; a file is kept as it comes'],
  ])('[K4.12] %s is told of %s what it can do', (name, option, advice) => {
    marbles((helpers) => {
      const app = scriptedApp(helpers, '', () => NEVER);
      const call = (faces[name] as (app: ScriptedApp) => Call)(app);

      expect(messageOf(call({ url, [option]: 'x' }))).toContain(`Unknown option '${option}'; ${advice}`);
    })();
  });

  it.each([
    ['timeout', 'write networkTimeout: { request: … }, in milliseconds'],
    ['baseURL', 'write baseUrl'],
    ['headers', 'write header'],
    ['attemptMs', 'say it in each call'],
    ['charset', 'say it in each call'],
  ])('[K4.12] a network is told of %s where it belongs', (option, advice) => {
    const wx = { request: () => ({ abort: () => {} }) };

    expect(() => createNetwork({ wx, [option]: 1 })).toThrow(`createNetwork: Unknown option '${option}'; ${advice}`);
  });
});
