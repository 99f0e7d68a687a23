import { createSimulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { throwAwayCertificate } from '../support/authority.js';

const circular: Record<string, unknown> = {};
circular['self'] = circular;

const BAD_PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

describe('the options of createSimulator', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'options: expected an object'],
    ['text', 'x', 'options: expected an object'],
    ['a list', [], 'options: expected an object'],
    ['domains: null', { domains: null }, 'domains: expected an object of lists'],
    ['domains: text', { domains: 'https://a.com' }, 'domains: expected an object of lists'],
    ['domains.request: null', { domains: { request: null } }, 'domains.request: expected an array'],
    ['ca: 5', { ca: 5 }, 'ca: expected certificates in PEM, one text or a list; got 5'],
    ['ca: garbage', { ca: 'garbage' }, 'ca: expected certificates in PEM'],
    ['ca: broken PEM', { ca: [BAD_PEM] }, 'ca: expected certificates in PEM'],
    ['a circular value', { dialect: circular }, "dialect: expected one of 'android-cronet'"],
    ['a bigint', { appId: 1n }, 'appId: expected a text'],
    ['an appId of two lines', { appId: 'wx1\r\nX: y' }, 'appId: expected a text'],
    ['a version of two lines', { version: '1\nX: y' }, 'version: expected a text'],
    ['an unknown API', { networkTimeout: { foo: 5 } }, 'networkTimeout: expected milliseconds for each API'],
    ['device: null', { device: null }, 'device: expected an object'],
    ['wire: null', { wire: null }, 'wire: expected a function'],
    ['scheduler: null', { scheduler: null }, 'scheduler: expected an RxJS scheduler; got null'],
    [
      'interruptedSocket: 1001',
      { interruptedSocket: 1001 },
      "interruptedSocket: expected one of 1000, 0, 1006, 'global-only'",
    ],
    ['socketCloseWaitMs: 0', { socketCloseWaitMs: 0 }, 'socketCloseWaitMs: expected a positive number of milliseconds'],
    ['maxBodyBytes: 0', { maxBodyBytes: 0 }, 'maxBodyBytes: expected a whole number from 1 to'],
    ['maxBodyBytes: Infinity', { maxBodyBytes: Infinity }, 'maxBodyBytes: expected a whole number from 1 to'],
    ['chunkBytes: 0', { chunkBytes: 0 }, 'chunkBytes: expected a whole number of bytes, from 1; got 0'],
    ['maxDownloadBytes: text', { maxDownloadBytes: '1' }, 'maxDownloadBytes: expected a whole number of bytes'],
    ['a storageFolder that is not there', { storageFolder: '/none' }, 'storageFolder: expected the path of a folder'],
    ['storage: text', { storage: 'full' }, 'storage: expected an object such as { latencyMs: 5'],
    ['storage.latencyMs: Infinity', { storage: { latencyMs: Infinity } }, 'storage: expected an object such as'],
    ['storage.maxBytes: -1', { storage: { maxBytes: -1 } }, 'storage: expected an object such as'],
    ['storage.fails: text', { storage: { fails: 'all' } }, 'storage: expected an object such as'],
    ['an unknown storage option', { storage: { quota: 5 } }, 'storage: expected an object such as'],
    [
      'destroyedAfterMs: 0',
      { destroyedAfterMs: 0 },
      'destroyedAfterMs: expected a positive number of milliseconds, or',
    ],
    ['emptyDownload: yes', { emptyDownload: true }, "emptyDownload: expected one of 'success', 'fail'"],
  ])('refuse %s', (_what, options, message) => {
    const make = () => createSimulator(options as SimulatorOptions);

    expect(make).toThrow(TypeError);
    expect(make).toThrow(/^createSimulator: |^rx-miniprogram: /);
    expect(make).toThrow(message);
  });

  it('take one certificate and several', async () => {
    const { ca, cert } = await throwAwayCertificate(['a.example.com']);

    expect(() => createSimulator({ ca })).not.toThrow();
    expect(() => createSimulator({ ca: [ca, cert] })).not.toThrow();
  });
});
