import { constants } from 'node:buffer';
import { isIpv4 } from '../platform/lan-address.js';
import { isCertificates, isDuration, isFolder, isObject, isOptions, isTextOf, shown } from './option-values.js';
import type { SimulatorOptions } from './options.js';

const CHOICES = {
  envVersion: ['develop', 'trial', 'release', 'devtools'],
  networkType: ['wifi', '2g', '3g', '4g', '5g', 'unknown', 'none'],
  dialect: ['android-cronet', 'ios-cronet', 'ios-old', 'devtools', 'doubled-fail'],
  overLimit: ['queue', 'fail'],
  concurrencyScope: ['per-api', 'shared'],
  timeoutStartsAt: ['dispatch', 'invoke'],
  backgroundCalls: ['refuse', 'allow-until-suspended'],
  interruptedCallback: ['before-freeze', 'on-return'],
  charsetTrial: ['garble', 'convert', 'fail', 'silent'],
  headerCase: ['as-sent', 'lower'],
  emptyDownload: ['success', 'fail'],
  wssPorts: ['listed', 'any'],
  interruptedSocket: [1000, 0, 1006, 'global-only', 'silent'],
  failedSocketEvents: ['error-and-close', 'error'],
  refusedSocket: ['fail', 'error-event'],
  socketOffline: ['close', 'silent'],
  rawSocketsInBackground: ['cut', 'keep'],
  udpReach: ['lan', 'anywhere'],
} as const satisfies { readonly [Key in keyof SimulatorOptions]?: readonly (string | number)[] };

const SWITCHES = ['urlCheck', 'slotFreedAfterCallback', 'freeze'] as const;
const CARRIERS = [
  'appId',
  'version',
  'domains',
  'networkTimeout',
  'device',
  'lookup',
  'ca',
  'wire',
  'scheduler',
  'socketCloseWaitMs',
  'neighbours',
  'localServices',
  'maxRedirects',
  'maxBodyBytes',
  'chunkBytes',
  'storageFolder',
  'maxStorageBytes',
  'maxDownloadBytes',
];
const TIMED_APIS = ['request', 'connectSocket', 'uploadFile', 'downloadFile'];

// They stand in a header field.
const APP_ID = /^[\x21-\x7e]+$/;
const VERSION = /^[\x20-\x7e]*$/;

/** What is wrong with the options, as their author sees it: expected, got, what to do. One sentence each. */
export function problemsOf(options: SimulatorOptions): string[] {
  const given: Readonly<Record<string, unknown>> = { ...options };
  const problems: string[] = [];
  const expect = (right: boolean, name: string, expected: string, advice = '') => {
    if (!right && given[name] !== undefined)
      problems.push(`${name}: expected ${expected}; got ${shown(given[name])}${advice}`);
  };

  const known = [...Object.keys(CHOICES), ...SWITCHES, ...CARRIERS];
  for (const name of Object.keys(given)) {
    if (!known.includes(name))
      problems.push(`${name}: there is no such option; the options are ${known.sort().join(', ')}`);
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    expect(
      (choices as readonly unknown[]).includes(given[name]),
      name,
      `one of ${choices.map((choice) => (typeof choice === 'string' ? `'${choice}'` : String(choice))).join(', ')}`,
    );
  }
  for (const name of SWITCHES) expect(typeof given[name] === 'boolean', name, 'true or false');

  const { device, networkTimeout, maxRedirects, maxBodyBytes, scheduler } = options;
  expect(isTextOf(APP_ID, given['appId']), 'appId', "a text such as 'wx0123456789abcdef', in printable ASCII");
  expect(isTextOf(VERSION, given['version']), 'version', "a text such as '12', in printable ASCII");
  expect(
    isOptions(given['domains']),
    'domains',
    "an object of lists, such as { request: ['https://api.example.com'] }",
  );
  expect(isCertificates(given['ca']), 'ca', 'certificates in PEM, one text or a list');
  expect(
    isObject(device) && isIpv4(device.localip) && (device.netmask === undefined || isIpv4(device.netmask)),
    'device',
    "an object such as { localip: '192.168.1.100', netmask: '255.255.255.0' }",
  );
  const { neighbours, localServices } = options;
  expect(
    Array.isArray(neighbours) && neighbours.every((address) => typeof address === 'string' && isIpv4(address)),
    'neighbours',
    "a list of addresses, such as ['127.0.0.3', '127.0.0.4']",
  );
  expect(
    Array.isArray(localServices) && localServices.every(isLocalService),
    'localServices',
    "a list of services, such as [{ serviceType: '_http._tcp', serviceName: 'printer', ip: '192.168.1.7', port: 8001 }]",
  );
  expect(isDuration(given['socketCloseWaitMs']), 'socketCloseWaitMs', 'a positive number of milliseconds');
  expect(Number.isInteger(maxRedirects) && Number(maxRedirects) >= 0, 'maxRedirects', 'a whole number from 0');
  expect(
    Number.isInteger(maxBodyBytes) && Number(maxBodyBytes) > 0 && Number(maxBodyBytes) <= constants.MAX_STRING_LENGTH,
    'maxBodyBytes',
    // Text that is longer Node cannot make.
    `a whole number from 1 to ${constants.MAX_STRING_LENGTH}`,
  );
  for (const name of ['chunkBytes', 'maxStorageBytes', 'maxDownloadBytes']) {
    expect(Number.isInteger(given[name]) && Number(given[name]) > 0, name, 'a whole number of bytes, from 1');
  }
  expect(
    isFolder(given['storageFolder']),
    'storageFolder',
    'the path of a folder that exists',
    '; make it first, or leave it out',
  );
  expect(
    isObject(scheduler) && typeof scheduler.schedule === 'function' && typeof scheduler.now === 'function',
    'scheduler',
    'an RxJS scheduler',
  );
  expect(
    typeof given['wire'] === 'function',
    'wire',
    'a function from a request to an Observable, such as scriptWire({ … })',
  );
  expect(typeof given['lookup'] === 'function', 'lookup', 'a function (host, port) => ({ address, port })');
  expect(
    isObject(networkTimeout) &&
      Object.entries(networkTimeout).every(([api, ms]) => TIMED_APIS.includes(api) && isDuration(ms)),
    'networkTimeout',
    `milliseconds for each API, such as { request: 10_000 }; the APIs are ${TIMED_APIS.join(', ')}`,
  );

  if (options.urlCheck === false && options.envVersion === 'release') {
    problems.push(
      "urlCheck: a release always checks; set envVersion to 'develop', 'trial' or 'devtools', or leave urlCheck on",
    );
  }
  if (options.wire && (options.lookup ?? options.ca ?? neighbours)) {
    problems.push(
      'wire: lookup, ca and neighbours belong to the node wire; pass them to nodeWire({ … }), or leave wire out',
    );
  }
  return problems;
}

function isLocalService(service: unknown): boolean {
  if (!isObject(service)) return false;
  const { serviceType, serviceName, ip, port } = service as Readonly<Record<string, unknown>>;
  return [serviceType, serviceName, ip].every((text) => typeof text === 'string') && typeof port === 'number';
}
