import { asyncScheduler, BehaviorSubject, of, type Observable, type SchedulerLike } from 'rxjs';
import { createRequestQueue, type RequestQueue } from '../operators/request-queue.js';
import { BACKGROUND_POLICIES, type AppState, type BackgroundPolicy } from '../platform/app-state.js';
import type { CharsetDecoder } from '../platform/charset.js';
import { compileDomains, type CompiledDomains, type DomainLists } from '../platform/domain-lists.js';
import type { DeviceAddress } from '../platform/lan-address.js';
import { isDelay, MAX_TIMEOUT_MS } from '../platform/limits.js';
import { effectiveTimeout, type NetworkTimeout } from '../platform/network-timeout.js';
import { scanUrl } from '../platform/url-scan.js';
import { checkPort, globalWx, type Header, type WxPort } from '../platform/wx.js';
import { appLifecycle$ } from '../sources/app-lifecycle.js';
import type { HttpInterceptor, HttpRequest } from './http-request.js';

/** What the calls of an app share. All of it has a safe default. */
export interface NetworkOptions {
  /** @defaultValue the global `wx` */
  readonly wx?: WxPort | undefined;
  /** The lists configured at 小程序后台 → 开发 → 开发设置 → 服务器域名. @defaultValue scheme, address and `api.weixin.qq.com` only are checked */
  readonly domains?: DomainLists | undefined;
  /** `'warn'` sends a refused call all the same, for use with the developer tools' 不校验合法域名. @defaultValue `'error'` */
  readonly onRefusal?: 'error' | 'warn' | undefined;
  /** Tells the device's address, from `wx.getLocalIPAddress` (LAN-1). @defaultValue unknown: the platform decides */
  readonly device?: (() => DeviceAddress | undefined) | undefined;

  /** Put in front of a URL without a scheme. @defaultValue none */
  readonly baseUrl?: string | undefined;
  /** Fields for every call. @defaultValue none */
  readonly header?: Header | undefined;
  /** From the outermost to the innermost. @defaultValue none */
  readonly interceptors?: readonly HttpInterceptor[] | undefined;
  /**
   * Runs at each attempt, after the wait and in the same turn as the sending, so that a token or a signature is never
   * stale. Return the request to send. What has to be waited for, such as `wx.login`, belongs into an interceptor.
   *
   * @defaultValue none
   */
  readonly beforeSend?: ((request: HttpRequest) => HttpRequest) | undefined;

  /** How many requests, uploads and downloads run at once. @defaultValue `10` (LIM-2) */
  readonly concurrency?: number | undefined;
  /** The object of that name in `app.json` (TIME-2). @defaultValue 60 000 ms each */
  readonly networkTimeout?: NetworkTimeout | undefined;
  /** Above it a timeout is cut, with a warning; newer platforms allow more than the rule. @defaultValue `60000` (TIME-1) */
  readonly maxTimeoutMs?: number | undefined;
  /** For calls that do not say. @defaultValue no limit */
  readonly maxWaitMs?: number | undefined;
  /** For calls that do not say. @defaultValue no limit */
  readonly idleMs?: number | undefined;
  /** For calls that do not say. @defaultValue no limit */
  readonly totalMs?: number | undefined;

  /** What calls do while the app is in the background (BG-2). @defaultValue `'hold'` */
  readonly background?: BackgroundPolicy | undefined;
  /**
   * `false` for an app that keeps running in the background (audio, location): nothing is cut and nothing held.
   *
   * @defaultValue `true` (BG-1)
   */
  readonly interruptInBackground?: boolean | undefined;

  /** Decoders for charsets other than UTF-8. @defaultValue none */
  readonly decoders?: readonly CharsetDecoder[] | undefined;
  /** For calls that do not say. @defaultValue `false` */
  readonly strictCharset?: boolean | undefined;
  /** Gets each warning once. @defaultValue `console.warn` */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** The clock of everything. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** What calls share, made ready by {@link createNetwork}; the faces (`createHttp` …) stand on it. */
export interface Network {
  readonly options: NetworkOptions;
  readonly wx: WxPort;
  readonly scheduler: SchedulerLike;
  /** Whether the app is in front: replayed, and told to calls before the queue moves again. */
  readonly app$: Observable<AppState>;
  /** The line before the ten places. Watch it by `state$`, pause it when you are offline. */
  readonly requestQueue: RequestQueue;
  readonly domains: CompiledDomains;
  /** Warns once for each key. */
  readonly warn: (key: string, message: string) => void;
}

declare const console: { warn(message: string): void };

/**
 * Makes what the calls of an app share: the domain lists, the queue, the app's lifecycle. Make one, when the app starts.
 *
 * @example
 * ```ts
 * const network = createNetwork({
 *   baseUrl: 'https://api.example.com',
 *   domains: { request: ['https://api.example.com'] },
 *   beforeSend: (request) => ({ ...request, header: { ...request.header, authorization: token() } }),
 * });
 * export const http$ = createHttp(network);
 * ```
 *
 * @throws TypeError when a list has an entry that the platform would not accept, or `wx` is missing.
 * @throws RangeError when a number is out of bounds.
 */
export function createNetwork(options: NetworkOptions = {}): Network {
  const {
    wx = globalWx<WxPort>(),
    domains = {},
    scheduler = asyncScheduler,
    concurrency,
    networkTimeout = {},
    maxTimeoutMs = MAX_TIMEOUT_MS,
    interruptInBackground = true,
    onWarning = (message: string) => console.warn(message),
  } = options;

  checkPort(wx);
  checkOptions(options);
  const compiled = compileDomains(domains);
  for (const api of Object.keys(networkTimeout) as (keyof NetworkTimeout)[])
    effectiveTimeout(api, undefined, networkTimeout, maxTimeoutMs);

  const requestQueue = createRequestQueue({ concurrency, scheduler });
  const app$ = new BehaviorSubject<AppState>({ visibility: 'unknown', since: scheduler.now(), awayMs: 0 });
  appLifecycle$({ wx, scheduler }).subscribe((state) => {
    const hidden = interruptInBackground && state.visibility === 'background';
    // The queue stops before anything is cut, so that no call starts in the background (BG-2). On the return it moves
    // only when all have been told, so that those to be replayed stand at the head of the line.
    requestQueue.pause(hidden ? 'background' : 'returning');
    if (!hidden) requestQueue.resume('background');
    try {
      app$.next(state);
    } finally {
      requestQueue.resume('returning');
    }
  });

  const warned = new Set<string>();
  return {
    options,
    wx,
    scheduler,
    app$: app$.asObservable(),
    requestQueue,
    domains: compiled,
    warn(key, message) {
      if (warned.has(key)) return;
      warned.add(key);
      // As a subscriber it cannot throw into the call that it is told of.
      of(`rx-miniprogram: ${message}`).subscribe(onWarning);
    },
  };
}

const OPTION_NAMES: { readonly [Name in keyof Required<NetworkOptions>]: 1 } = {
  wx: 1,
  domains: 1,
  onRefusal: 1,
  device: 1,
  baseUrl: 1,
  header: 1,
  interceptors: 1,
  beforeSend: 1,
  concurrency: 1,
  networkTimeout: 1,
  maxTimeoutMs: 1,
  maxWaitMs: 1,
  idleMs: 1,
  totalMs: 1,
  background: 1,
  interruptInBackground: 1,
  decoders: 1,
  strictCharset: 1,
  onWarning: 1,
  scheduler: 1,
};

/** A misspelt option would be a rule that is silently off. */
function checkOptions({ baseUrl, background, maxWaitMs, idleMs, totalMs, ...rest }: NetworkOptions): void {
  for (const name of Object.keys(rest)) {
    if (!Object.prototype.hasOwnProperty.call(OPTION_NAMES, name)) {
      throw new TypeError(
        `createNetwork: there is no option '${name}'; there are ${Object.keys(OPTION_NAMES).join(', ')}`,
      );
    }
  }
  const scanned = baseUrl === undefined ? undefined : scanUrl(baseUrl);
  if (scanned && 'problem' in scanned) throw new TypeError(`createNetwork: baseUrl '${baseUrl}': ${scanned.problem}`);
  if (background !== undefined && !BACKGROUND_POLICIES.includes(background)) {
    throw new TypeError(
      `createNetwork: background must be one of ${BACKGROUND_POLICIES.join(', ')}; got '${String(background)}'`,
    );
  }
  for (const [name, ms] of Object.entries({ maxWaitMs, idleMs, totalMs })) {
    if (ms !== undefined && !isDelay(ms)) {
      throw new RangeError(`createNetwork: ${name} must be a positive number of milliseconds below 2^31; got ${ms}`);
    }
  }
}
