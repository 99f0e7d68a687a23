import { isIpv4 } from '../platform/lan-address.js';
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
} as const satisfies { readonly [Key in keyof SimulatorOptions]?: readonly string[] };

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
  'maxRedirects',
];

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
      `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`,
    );
  }
  for (const name of SWITCHES) expect(typeof given[name] === 'boolean', name, 'true or false');

  const { device, networkTimeout, maxRedirects, scheduler } = options;
  expect(typeof given['appId'] === 'string' && given['appId'] !== '', 'appId', "a string such as 'wx0123456789abcdef'");
  expect(typeof given['version'] === 'string', 'version', "a string such as '12'");
  expect(
    isObject(device) && isIpv4(device.localip),
    'device',
    "an object such as { localip: '192.168.1.100', netmask: '255.255.255.0' }",
  );
  expect(Number.isInteger(maxRedirects) && Number(maxRedirects) >= 0, 'maxRedirects', 'a whole number from 0');
  expect(
    typeof scheduler?.schedule === 'function' && typeof scheduler.now === 'function',
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
    isObject(networkTimeout) && Object.values(networkTimeout).every(isDuration),
    'networkTimeout',
    'milliseconds for each API, such as { request: 10_000 }',
  );

  if (options.urlCheck === false && options.envVersion === 'release') {
    problems.push(
      "urlCheck: a release always checks; set envVersion to 'develop', 'trial' or 'devtools', or leave urlCheck on",
    );
  }
  if (options.wire && (options.lookup ?? options.ca)) {
    problems.push(
      'wire: lookup and ca belong to the node wire; pass them to nodeWire({ lookup, ca }), or leave wire out',
    );
  }
  return problems;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isDuration(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value > 0 && value < Infinity);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
}
