import type { SimulatorOptions } from './options.js';

/** The clients. */
export const PHONE_NAMES = ['android', 'ios', 'harmony', 'windows', 'mac', 'devtools'] as const;

/** A client of the platform, by the system that it runs on. */
export type PhoneName = (typeof PHONE_NAMES)[number];

/** The clients for which a document of the platform says that they have no `redirect: 'manual'`, or does not name them. */
const NO_REQUEST_EXTRAS = {
  highPerformanceMode: false,
  tellsProfile: false,
  manualRedirect: 'ignored',
} as const satisfies SimulatorOptions;

/**
 * What is another on each client than on an Android phone. Only what a document says or somebody has reported; what is
 * not known of a client is as on Android.
 *
 * - Evidence: discoveries/request.md#high-performance-mode, F3, F5, F10, F11, discoveries/failures.md#words-met-in-the-field; the network switch of iOS in discoveries/failures.md#words
 * - `mac` is WeChat 3 for Mac, whose base library ends at 3.3.5 (guide of PC mini programs, 1.2); of WeChat 4 no
 *   difference to Windows is known
 * - Not known: the words of errors on HarmonyOS, Windows and Mac. Chromium's here, as on Android
 */
export const PHONES: { readonly [Name in PhoneName]: SimulatorOptions } = {
  android: {},
  ios: { dialect: 'ios-cronet', highPerformanceMode: false, networkSwitch: 'fail' },
  harmony: {
    ...NO_REQUEST_EXTRAS,
    missingMembers: [
      'onNetworkWeakChange',
      'offNetworkWeakChange',
      'offNetworkStatusChange',
      'createCacheManager',
      'getBackgroundFetchData',
      'onBackgroundFetchData',
      'setBackgroundFetchToken',
      'getBackgroundFetchToken',
      'onMemoryWarning',
      'offMemoryWarning',
    ],
  },
  windows: NO_REQUEST_EXTRAS,
  mac: { ...NO_REQUEST_EXTRAS, baseLibrary: '3.3.5', callTimeout: 'ignored', chunkedStatus: 'nan' },
  devtools: {
    dialect: 'devtools',
    envVersion: 'devtools',
    highPerformanceMode: false,
    tellsProfile: false,
    headersStatus: 'missing',
  },
};

/** The client that options mean, where they do not name it: words and build of one go with no other. */
export function phoneOf({ phone, dialect, envVersion }: SimulatorOptions): PhoneName {
  if (phone !== undefined) return phone;
  if (dialect === 'devtools' || envVersion === 'devtools') return 'devtools';
  return dialect === 'ios-cronet' || dialect === 'ios-old' ? 'ios' : 'android';
}
