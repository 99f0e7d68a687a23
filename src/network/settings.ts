import type { BackgroundPolicy } from '../platform/app-state.js';
import type { CharsetDecoder } from '../platform/charset.js';
import type { ParseJson } from '../platform/decode.js';
import { compileDomains, type CompiledDomains } from '../platform/domain-lists.js';
import type { ArrayStyle } from '../platform/encode-query.js';
import type { DeviceAddress } from '../platform/lan-address.js';
import { MAX_TIMEOUT_MS } from '../platform/limits.js';
import { effectiveTimeout, type NetworkTimeout } from '../platform/network-timeout.js';
import type { RequestPlatformOptions } from '../platform/platform-options.js';
import type { Header } from '../platform/wx.js';
import type { HttpInterceptor, HttpRequest } from './calls/http-request.js';
import type { NetworkOptions } from './create-network.js';

/** The options of a network, with every default: nobody else says one. */
export interface NetworkSettings {
  readonly domains: CompiledDomains;
  readonly onRefusal: 'error' | 'warn';
  readonly wssPorts: 'listed' | 'any';
  readonly device: (() => DeviceAddress | undefined) | undefined;
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

/**
 * @throws TypeError when a list has an entry that the platform would not accept, or a timeout is not positive.
 */
export function settingsOf(options: NetworkOptions): NetworkSettings {
  const { networkTimeout = {}, maxTimeoutMs = MAX_TIMEOUT_MS } = options;
  for (const api of Object.keys(networkTimeout) as (keyof NetworkTimeout)[])
    effectiveTimeout(api, undefined, networkTimeout, maxTimeoutMs);

  return {
    domains: compileDomains(options.domains ?? {}),
    onRefusal: options.onRefusal ?? 'error',
    wssPorts: options.wssPorts ?? 'listed',
    device: options.device,
    baseUrl: options.baseUrl,
    arrays: options.arrays,
    header: options.header,
    platform: options.platform,
    interceptors: options.interceptors ?? [],
    beforeSend: options.beforeSend,
    networkTimeout,
    maxTimeoutMs,
    maxStreamMs: options.maxTimeoutMs ?? Infinity,
    maxWaitMs: options.maxWaitMs,
    idleMs: options.idleMs,
    totalMs: options.totalMs,
    background: options.background ?? 'hold',
    interruptInBackground: options.interruptInBackground ?? true,
    decoders: options.decoders ?? [],
    strictCharset: options.strictCharset ?? false,
    parseJson: options.parseJson,
  };
}
