import { constants } from 'node:buffer';
import { ANSWERED } from './api-options.js';
import { isBackgroundFetch } from './apis/background-fetch.js';
import { isSession } from './apis/session.js';
import {
  byteCount,
  checked,
  duration,
  durationOrNever,
  flag,
  oneOf,
  optional,
  textLike,
  wholeNumber,
} from './option-rule.js';
import type { OptionRule } from './option-rule.js';
import {
  hasDurations,
  hasTexts,
  isAddress,
  isCertificates,
  isDevice,
  isFolder,
  isFunction,
  isLookup,
  isListOf,
  isLocalService,
  isOptions,
  isScheduler,
} from './option-values.js';
import type { SimulatorOptions } from './options.js';
import { isStorageOptions } from './values/storage-options.js';
import { EXPECTED_CONDITIONS, isConditions } from './wires/conditions.js';
import { PHONE_NAMES } from './phones.js';

const TIMED_APIS = ['request', 'connectSocket', 'uploadFile', 'downloadFile'];
const MEGABYTE = 1024 * 1024;

/**
 * Every option: its default on an Android phone, and what it may be; `PHONES` has what is another on other phones. {@link SimulatorOptions} says what
 * each does and where that is known from.
 */
export const OPTION_TABLE = {
  phone: oneOf(...PHONE_NAMES),
  // Both stand in a header field.
  appId: textLike('wx0123456789abcdef', /^[\x21-\x7e]+$/),
  version: textLike('1', /^[\x20-\x7e]*$/),
  envVersion: oneOf('develop', 'trial', 'release', 'devtools'),
  runsAs: oneOf('mini-program', 'mini-game', 'plugin'),
  plugin: checked(
    { appId: 'wxfedcba9876543210', version: '1.0.0', token: 'token' },
    "an object such as { appId: 'wxfedcba9876543210', version: '1.0.0', token: 'token' }",
    hasTexts('appId', 'version', 'token'),
  ),
  domains: checked(
    {},
    "an object of lists, such as { request: ['https://api.example.com'] }",
    // A copy has read them, so that what throws has the name of the option.
    (value) => isOptions(value) && isOptions({ ...value }),
  ),
  urlCheck: flag(true),
  networkTimeout: checked(
    {},
    `milliseconds for each API, such as { request: 10_000 }; the APIs are ${TIMED_APIS.join(', ')}`,
    hasDurations(TIMED_APIS),
  ),
  device: checked(
    { localip: '192.168.1.100', netmask: '255.255.255.0' },
    "an object such as { localip: '192.168.1.100', netmask: '255.255.255.0' }",
    isDevice,
  ),
  networkType: oneOf('wifi', '2g', '3g', '4g', '5g', 'unknown', 'none'),
  network: checked({}, EXPECTED_CONDITIONS, isConditions),

  lookup: optional(
    "a function (host, port) => ({ address, port }), or { 'api.example.com': '127.0.0.1:8443' }",
    isLookup,
  ),
  ca: optional('certificates in PEM, one text or a list', isCertificates),
  wire: optional('a function from a request to an Observable, such as scriptWire({ … })', isFunction),
  scheduler: optional('an RxJS scheduler', isScheduler),

  dialect: oneOf('android-cronet', 'ios-cronet', 'ios-old', 'devtools', 'doubled-fail'),
  overLimit: oneOf('queue', 'fail'),
  concurrencyScope: oneOf('per-api', 'shared'),
  slotFreedAfterCallback: flag(true),
  timeoutStartsAt: oneOf('dispatch', 'invoke'),
  backgroundCalls: oneOf('refuse', 'allow-until-suspended'),
  interruptedCallback: oneOf('before-freeze', 'on-return'),
  freeze: flag(true),
  destroyedAfterMs: durationOrNever(30 * 60_000),
  charsetTrial: oneOf('garble', 'convert', 'fail', 'silent'),
  headerCase: oneOf('as-sent', 'lower'),
  wssPorts: oneOf('listed', 'any'),
  interruptedSocket: oneOf(1000, 0, 1006, 'global-only', 'silent'),
  failedSocketEvents: oneOf('error-and-close', 'error'),
  refusedSocket: oneOf('fail', 'error-event'),
  socketOffline: oneOf('close', 'silent'),
  socketMoved: oneOf('close', 'silent', 'keep'),
  socketTaskOff: flag(false),
  networkSwitch: oneOf('keep', 'fail'),
  socketCloseWaitMs: duration(30_000),
  rawSocketsInBackground: oneOf('cut', 'keep'),
  udpReach: oneOf('lan', 'anywhere'),
  neighbours: optional("a list of addresses, such as ['127.0.0.3', '127.0.0.4']", isListOf(isAddress)),
  localServices: checked(
    [],
    "a list of services, such as [{ serviceType: '_http._tcp', serviceName: 'printer', ip: '192.168.1.7', port: 8001 }]",
    isListOf(isLocalService),
  ),
  highPerformanceMode: flag(true),
  tellsProfile: flag(true),
  headersStatus: oneOf('told', 'missing'),
  chunkedStatus: oneOf('told', 'nan'),
  manualRedirect: oneOf('honoured', 'ignored'),
  callTimeout: oneOf('honoured', 'ignored'),
  maxTimeoutMs: checked(
    60_000,
    'a positive number of milliseconds, or Infinity',
    (value) => typeof value === 'number' && value > 0,
  ),
  httpDns: oneOf('not-bought', 'works'),
  missingMembers: checked(
    [],
    "a list of members of wx, such as ['offNetworkStatusChange']",
    isListOf((member) => typeof member === 'string'),
  ),
  baseLibrary: { ...textLike('3.17.0', /^\d+(?:\.\d+)+$/), expected: "a version such as '3.17.0'" },
  maxRedirects: wholeNumber(20, 0),
  // Text that is longer Node cannot make.
  maxBodyBytes: wholeNumber(64 * MEGABYTE, 1, constants.MAX_STRING_LENGTH),
  // The default is no count of bytes, and may not be given.
  chunkBytes: { ...byteCount(1), byDefault: Infinity },

  storageFolder: optional('the path of a folder that exists; make it first, or leave it out', isFolder),
  storage: checked(
    {},
    'an object such as { latencyMs: 5, maxBytes: 10_485_760, maxValueBytes: 1_048_576, fails: ({ write }) => …, inMemory: true }',
    isStorageOptions,
  ),
  session: checked(
    {},
    'an object such as { latencyMs: 200, code: (login) => …, fails: (login) => …, expired: () => … }',
    isSession,
  ),
  backgroundFetch: checked(
    {},
    "an object such as { pre: { fetchedData: '{}', afterMs: 300 } }, with text of at most 256 KB",
    isBackgroundFetch,
  ),
  update: oneOf('none', 'ready', 'failed'),
  answers: checked(
    {},
    `an object for each call, such as { getWindowInfo: { windowWidth: 320 } }; the calls are ${ANSWERED.join(', ')}`,
    (value) => isOptions(value) && Object.entries(value).every(([name, answer]) => isAnswer(name, answer)),
  ),
  maxStorageBytes: byteCount(200 * MEGABYTE),
  maxDownloadBytes: byteCount(200 * MEGABYTE),
  emptyDownload: oneOf('success', 'fail'),
} as const satisfies { readonly [Name in keyof SimulatorOptions]-?: OptionRule<SimulatorOptions[Name]> };

/** The rows, for whoever goes through them all. */
export const OPTION_RULES = new Map<string, OptionRule<unknown>>(Object.entries(OPTION_TABLE));

function isAnswer(name: string, answer: unknown): boolean {
  return (ANSWERED as readonly string[]).includes(name) && (answer === undefined || isOptions(answer));
}
