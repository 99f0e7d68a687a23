import { ANSWERED } from './api-options.js';
import { PHONES } from './phones.js';
import type { Settings } from './settings.js';
import type { SimulatedWx } from './simulated-wx.js';

/** What the official typings mark as not for plugins, of what is simulated. */
const NOT_IN_PLUGINS: readonly (keyof SimulatedWx)[] = [
  'onAppShow',
  'offAppShow',
  'onAppHide',
  'offAppHide',
  'onSocketOpen',
  'onSocketMessage',
  'onSocketError',
  'onSocketClose',
  'sendSocketMessage',
  'closeSocket',
  'canIUse',
  'clearStorage',
  'clearStorageSync',
  'getStorageInfo',
  'getStorageInfoSync',
  'batchSetStorage',
  'batchSetStorageSync',
  'batchGetStorage',
  'batchGetStorageSync',
  'checkSession',
  'onNetworkWeakChange',
  'offNetworkWeakChange',
  'onMemoryWarning',
  'offMemoryWarning',
  'getSystemInfoAsync',
  'getBackgroundFetchData',
  'setBackgroundFetchToken',
  'getBackgroundFetchToken',
  'onBackgroundFetchData',
  'getUpdateManager',
  'createCacheManager',
];

/**
 * Makes the `wx` that the code finds: what its client and its kind have, answering as the options say.
 *
 * A mini game has `onShow` and `onHide` where a mini program has `onAppShow` and `onAppHide`.
 *
 * - Evidence: the official typings, and those of mini games
 */
export function membersOf(
  wx: SimulatedWx,
  { runsAs, answers, missingMembers, phone }: Pick<Settings, 'runsAs' | 'answers' | 'missingMembers' | 'phone'>,
): SimulatedWx {
  const found: Partial<Record<keyof SimulatedWx, unknown>> = { ...wx };
  for (const name of ANSWERED) {
    const answer = answers[name];
    if (answer) found[name] = () => ({ ...wx[name](), ...answer });
  }
  for (const name of missingMembers) {
    // What a client lacks may be what is not simulated.
    if (!Object.hasOwn(wx, name) && PHONES[phone].missingMembers?.includes(name) !== true) {
      const known = Object.keys(wx).sort().join(', ');
      throw new TypeError(`createSimulator: missingMembers: wx has no '${name}'; it has ${known}`);
    }
    Reflect.deleteProperty(found, name);
  }
  if (runsAs === 'plugin') for (const name of NOT_IN_PLUGINS) Reflect.deleteProperty(found, name);
  if (runsAs !== 'mini-game') return found as SimulatedWx;

  const { onAppShow, offAppShow, onAppHide, offAppHide, ...others } = found;
  return { ...others, onShow: onAppShow, offShow: offAppShow, onHide: onAppHide, offHide: offAppHide } as SimulatedWx;
}
