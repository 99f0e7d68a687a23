import { NEVER, type Observable } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  downloadFile$,
  request$,
  uploadFile$,
  type Network,
  type RequestPlatformOptions,
} from '../../../src/index.js';
import { connectSocket$, createSocket, createTcp } from '../../../src/sockets.js';
import { createStream } from '../../../src/streams.js';
import { marbles, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';
import { url } from './call-errors.js';

type Call = (network: Network, given: object) => Observable<unknown>;

const file = { url, filePath: 'wxfile://a', name: 'a' };
const bytes = new ArrayBuffer(1);

const CALLS: readonly [face: string, call: Call][] = [
  ['http$', (network, given) => createHttp(network)({ url, ...given })],
  ['http$.get', (network, given) => createHttp(network).get(url, given)],
  ['stream$', (network, given) => createStream(network)({ url, ...given })],
  ['upload$', (network, given) => createUpload(network)({ ...file, ...given })],
  [
    'upload$ of a form',
    (network, given) => createUpload(network)({ url, files: [{ name: 'a', fileName: 'a', bytes }], ...given }),
  ],
  ['download$', (network, given) => createDownload(network)({ url, ...given })],
];

describe.each(CALLS)('options of the platform: %s', (_, call) => {
  it(
    "sends the network's and its own, of which its own win",
    marbles((helpers) => {
      const onAll = { enableHttp2: true, enableQuic: true };
      const answers = () => helpers.cold<WireMark>('r', { r: { data: '' } });
      const { wx, network } = scriptedApp(helpers, '', answers, { platform: onAll });
      call(network, { platform: { enableQuic: false, enableProfile: false } }).subscribe();
      call(network, {}).subscribe();
      helpers.flush();

      expect(wx.options).toMatchObject([{ enableHttp2: true, enableQuic: false, enableProfile: false }, onAll]);
    }),
  );

  it.each<[name: string, value: unknown, advice: string]>([
    ['enableHttp2', true, 'write platform: { enableHttp2: true }'],
    ['enableCache', false, 'write platform: { enableCache: false }'],
    ['redirect', 'manual', "write platform: { redirect: 'manual' }"],
    ['useHighPerformanceMode', true, 'write platform: { useHighPerformanceMode: true }'],
    ['enableChunked', true, 'stream$'],
  ])('[K4.12] says where %s belongs', (name, value, advice) => {
    marbles((helpers) => {
      const { wx, network } = scriptedApp(helpers, '', () => NEVER);
      const errors: Error[] = [];
      call(network, { [name]: value }).subscribe({ error: (error: Error) => errors.push(error) });

      expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining(`Unknown option '${name}'; `)]);
      expect(errors[0]?.message).toContain(advice);
      expect(wx.options).toEqual([]);
    })();
  });
});

describe('options of the platform', () => {
  const made = (given: object) => createNetwork({ wx: { request: () => ({ abort: () => undefined }) }, ...given });

  it.each<[who: string, make: (given: object) => unknown]>([
    ['createNetwork', made],
    ['request$', (given) => request$({ url, ...given })],
    ['uploadFile$', (given) => uploadFile$({ ...file, ...given })],
    ['downloadFile$', (given) => downloadFile$({ url, ...given })],
    ['connectSocket$', (given) => connectSocket$({ url, ...given })],
  ])('[K4.12] %s says where they belong', (_, make) => {
    expect(() => make({ enableHttp2: true })).toThrow(
      "Unknown option 'enableHttp2'; write platform: { enableHttp2: true }",
    );
  });

  it.each<[who: string, call: Call]>([
    ['socket$', (network, given) => createSocket(network)({ url: 'wss://a.com/', ...given }).messages$],
    ['tcp$', (network, given) => createTcp(network)({ address: '192.168.1.2', port: 9000, ...given })],
  ])('[K4.12] %s says where they belong', (_, call) => {
    const errors: Error[] = [];
    call(made({}), { enableHttpDNS: true }).subscribe({ error: (error: Error) => errors.push(error) });

    expect(errors[0]?.message).toContain("Unknown option 'enableHttpDNS'; write platform: { enableHttpDNS: true }");
  });

  it.each(['timeout', 'header', 'enableChunked', 'data', 'filePath', 'success', 'responseType'])(
    'a network cannot set %s behind the back of its calls',
    (name) => {
      const platform: RequestPlatformOptions = { [name]: true };
      expect(() => made({ platform })).toThrow(`createNetwork: platform cannot have '${name}'; `);
    },
  );
});
