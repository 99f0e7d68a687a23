import type { BackgroundPolicy } from '../platform/app-state.js';
import type { CharsetDecoder } from '../platform/charset.js';
import type { ParseJson } from '../platform/decode.js';
import { copyOf } from '../platform/copy-of.js';
import { compileDomains, type CompiledDomains } from '../platform/domain-lists.js';
import type { ArrayStyle } from '../platform/encode-query.js';
import { kindOf } from '../platform/field-text.js';
import type { DeviceAddress } from '../platform/lan-address.js';
import { MAX_TIMEOUT_MS } from '../platform/limits.js';
import type { NetworkTimeout } from '../platform/network-timeout.js';
import type { RequestPlatformOptions } from '../platform/platform-options.js';
import type { Header } from '../platform/wx.js';
import { invalidArgument } from '../sources/call-wx.js';
import type { HttpInterceptor, HttpRequest } from './calls/http-request.js';
import type { NetworkOptions } from './create-network.js';

/** The options of a network, with every default: nobody else says one. */
export interface NetworkSettings {
  readonly domains: CompiledDomains;
  readonly onRefusal: 'error' | 'warn';
  readonly wssPorts: 'listed' | 'any';
  readonly device: (() => DeviceAddress | undefined) | undefined;
  /** Without a slash at its end. */
  readonly baseUrl: string | undefined;
  readonly arrays: ArrayStyle | undefined;
  readonly header: Header | undefined;
  readonly platform: RequestPlatformOptions | undefined;
  readonly interceptors: readonly HttpInterceptor[];
  readonly beforeSend: ((request: HttpRequest) => HttpRequest) | undefined;
  readonly networkTimeout: NetworkTimeout;
  readonly maxTimeoutMs: number;
  /** The same for a stream whose silence is bounded. */
  readonly maxStreamMs: number;
  readonly maxWaitMs: number | undefined;
  readonly idleMs: number | undefined;
  readonly totalMs: number | undefined;
  readonly background: BackgroundPolicy;
  readonly interruptInBackground: boolean;
  readonly decoders: readonly CharsetDecoder[];
  readonly strictCharset: boolean;
  readonly parseJson: ParseJson | undefined;
}

/** What holds where an option is not given; of the others nothing does. */
const DEFAULTS: Partial<NetworkSettings> = {
  onRefusal: 'error',
  wssPorts: 'listed',
  interceptors: [],
  networkTimeout: {},
  maxTimeoutMs: MAX_TIMEOUT_MS,
  maxStreamMs: Infinity,
  background: 'hold',
  interruptInBackground: true,
  decoders: [],
  strictCharset: false,
};

/**
 * @throws TypeError when a list has an entry that the platform would not accept.
 */
export function settingsOf(options: NetworkOptions): NetworkSettings {
  const { domains = {}, baseUrl, maxTimeoutMs, device, header, platform, interceptors, networkTimeout } = options;
  const settings: Record<string, unknown> = {
    ...options,
    // As they are now: what is changed later must not reach calls that wait, nor some of those that come.
    ...copyOf({ header, platform, interceptors, networkTimeout }),
    device: device && (() => checkedDevice(device())),
    // Not /\/+$/, which begins anew at every slash of a row that does not end the text.
    baseUrl: baseUrl && baseUrl.replace(/(^|[^/])\/+$/, '$1'),
    domains: compileDomains(domains),
    maxStreamMs: maxTimeoutMs,
  };
  for (const [name, value] of Object.entries(DEFAULTS)) if (settings[name] === undefined) settings[name] = value;
  return settings as unknown as NetworkSettings;
}

/**
 * @throws NetworkError `invalid-argument` for what would be taken for an address that is not known, and leave the rule unchecked.
 */
function checkedDevice(told: unknown): DeviceAddress | undefined {
  if (told === undefined || told === null) return undefined;
  if (typeof (told as Partial<DeviceAddress>).localip === 'string') return told as DeviceAddress;
  const what = `device must return what wx.getLocalIPAddress has told, { localip, netmask }, or undefined before that; got ${kindOf(told)}`;
  throw invalidArgument(what, { api: 'getLocalIPAddress' });
}
