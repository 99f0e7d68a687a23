import { asyncScheduler, BehaviorSubject, type Observable, type SchedulerLike } from 'rxjs';
import { BackgroundCut } from '../operators/background-cut.js';
import { each } from '../operators/each.js';
import { createRequestQueue, doorOf, type RequestQueue } from '../operators/request-queue.js';
import { BACKGROUND_POLICIES, type AppState, type BackgroundPolicy } from '../platform/app-state.js';
import { problemOfHeader } from '../platform/check-header.js';
import { problemOfOptions, type OptionHints, type OptionKind, type OptionKinds } from '../platform/check-options.js';
import { problemOfDecoders, type CharsetDecoder } from '../platform/charset.js';
import type { ParseJson } from '../platform/decode.js';
import type { DomainLists } from '../platform/domain-lists.js';
import { ARRAY_STYLES, type ArrayStyle } from '../platform/encode-query.js';
import type { DeviceAddress } from '../platform/lan-address.js';
import { MAX_CONCURRENT_REQUESTS } from '../platform/limits.js';
import { withoutSecrets } from '../platform/network-error.js';
import { TIMED_APIS, type NetworkTimeout } from '../platform/network-timeout.js';
import type { RequestPlatformOptions } from '../platform/platform-options.js';
import { ownOptions } from '../platform/own-options.js';
import { refusalSentence } from '../platform/refusal-words.js';
import { scanUrl } from '../platform/url-scan.js';
import { checkPort, globalWx, type Header, type WxPort } from '../platform/wx.js';
import { appLifecycle$ } from '../sources/app-lifecycle.js';
import { CALL_OPTIONS, FOREIGN_NAMES, problemOfPlatform } from './calls/call-spec.js';
import type { HttpInterceptor, HttpRequest } from './calls/http-request.js';
import { DeadlineClock } from './deadline-clock.js';
import { keepInternals } from './internals.js';
import { settingsOf } from './settings.js';

/** What the calls of an app share. All of it has a safe default, and is what it was when the network was made. */
export interface NetworkOptions {
  /** @defaultValue the global `wx` */
  readonly wx?: WxPort | undefined;
  /** The lists configured at 小程序后台 → 开发 → 开发设置 → 服务器域名. @defaultValue scheme, address and `api.weixin.qq.com` only are checked */
  readonly domains?: DomainLists | undefined;
  /** `'warn'` sends a refused call all the same, for use with the developer tools' 不校验合法域名. @defaultValue `'error'` */
  readonly onRefusal?: 'error' | 'warn' | undefined;
  /**
   * On which ports a host of the `socket` list may be called: on its listed one alone (DOM-4, DOM-5), or on any, as the
   * platform's page 网络 has it since; its page 网络调优 still has the rule (discoveries/domain-lists.md#ports). @defaultValue `'listed'`
   */
  readonly wssPorts?: 'listed' | 'any' | undefined;
  /**
   * Tells the device's address, from `wx.getLocalIPAddress`, and how it is connected, from `wx.getNetworkType`: on a
   * cellular network there is no local one (LAN-1). @defaultValue unknown: the platform decides
   */
  readonly device?: (() => DeviceAddress | undefined) | undefined;

  /** Put in front of a URL without a scheme. @defaultValue none */
  readonly baseUrl?: string | undefined;
  /** Fields for every call. @defaultValue none */
  readonly header?: Header | undefined;
  /** How calls that do not say write a list in a query or a form. @defaultValue a list is refused */
  readonly arrays?: ArrayStyle | undefined;
  /** Options of `wx.request`, `wx.uploadFile` and `wx.downloadFile` for every call, such as `{ enableHttp2: true }`; a call's own win. @defaultValue none */
  readonly platform?: RequestPlatformOptions | undefined;
  /** From the outermost to the innermost. @defaultValue none */
  readonly interceptors?: readonly HttpInterceptor[] | undefined;
  /**
   * Runs at each attempt, after the wait and in the same turn as the sending, so that a token or a signature is never
   * stale. What it gets is its own to write into; return the request to send. What has to be waited for, such as `wx.login`, belongs into an interceptor.
   *
   * @defaultValue none
   */
  readonly beforeSend?: ((request: HttpRequest) => HttpRequest) | undefined;

  /** How many requests, uploads and downloads run at once. @defaultValue `10` (LIM-2) */
  readonly concurrency?: number | undefined;
  /** The object of that name in `app.json` (TIME-2). @defaultValue 60 000 ms each */
  readonly networkTimeout?: NetworkTimeout | undefined;
  /**
   * Above it a timeout is cut, with a warning; newer platforms allow more than the rule.
   *
   * @defaultValue `60000` (TIME-1); none for a `stream$` with an `idleMs`, which bounds it
   */
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
  /**
   * Makes a value of the text of a JSON body, such as a parser that keeps ids of 19 digits exact. What it throws is a `decode`
   * error. For calls that do not say.
   *
   * @defaultValue `JSON.parse`
   */
  readonly parseJson?: ParseJson | undefined;
  /** Gets each warning once. @defaultValue `console.warn` */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** The clock of everything. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** What calls share, made ready by {@link createNetwork}; `createHttp` and its siblings stand on it. */
export interface Network {
  /** Whether the app is in front: replayed, and told to calls before the queue moves again. */
  readonly app$: Observable<AppState>;
  /** The line before the ten places. Watch it by `state$`, pause it when you are offline. */
  readonly requestQueue: RequestQueue;
  /** For sources and operators that are put together by hand. */
  readonly wx: WxPort;
  /** The clock of everything, for the same. */
  readonly scheduler: SchedulerLike;
}

/** So many keys of warnings are remembered. */
const MAX_WARNED = 1_000;

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
 * @throws TypeError when an option is not what it should be, or a list has an entry that the platform would not accept.
 * @throws NetworkError `invalid-argument` where there is no `wx`.
 */
export function createNetwork(options: NetworkOptions = {}): Network {
  const misspelt = problemOfOptions(options, OPTION_KINDS, HINTS);
  const own = misspelt ? options : ownOptions(options, OPTION_KINDS);
  const problem = misspelt ?? problemOf(own);
  if (problem) throw new TypeError(`createNetwork: ${problem}`);
  const { wx = globalWx<WxPort>(), scheduler = asyncScheduler, concurrency } = own;
  const { onWarning = (message: string) => console.warn(message) } = own;

  checkPort(wx);
  const settings = settingsOf(own);

  const requestQueue = createRequestQueue({ concurrency, scheduler });
  const app$ = new BehaviorSubject<AppState>({ visibility: 'unknown', since: scheduler.now(), awayMs: 0 });
  const backgroundCut = new BackgroundCut(scheduler);
  // The first to be told: what the background cuts is judged before anybody acts on it.
  app$.subscribe(backgroundCut);
  const deadlines = new DeadlineClock(scheduler, app$);
  appLifecycle$({ wx, scheduler }).subscribe((state) => {
    const hidden = settings.interruptInBackground && state.visibility === 'background';
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
  const warn = (key: string, message: string) => {
    if (warned.has(key)) return;
    warned.add(key);
    // The oldest may be told again: an app may come by any number of hosts.
    if (warned.size > MAX_WARNED) warned.delete(warned.keys().next().value as string);
    // It cannot throw into the call that it is told of.
    each([`rx-miniprogram: ${message}`], onWarning);
  };
  if (concurrency !== undefined && concurrency > MAX_CONCURRENT_REQUESTS) {
    warn(
      'concurrency',
      `[LIM-2] the platform runs ${MAX_CONCURRENT_REQUESTS} at once; the rest of ${concurrency} wait where they cannot be overtaken`,
    );
  }
  const network: Network = { app$: app$.asObservable(), requestQueue, wx, scheduler };
  const door = doorOf(requestQueue);
  keepInternals(network, { ...network, settings, door, deadlines, backgroundCut, policies: {}, allowed: {}, warn });
  return network;
}

const OPTION_KINDS: { readonly [Name in keyof Required<NetworkOptions>]: OptionKind } = {
  wx: 'unread',
  domains: 'object',
  onRefusal: ['error', 'warn'],
  wssPorts: ['listed', 'any'],
  device: 'function',
  baseUrl: 'string',
  arrays: ARRAY_STYLES,
  header: 'object',
  platform: 'object',
  interceptors: 'array',
  beforeSend: 'function',
  concurrency: 'count or Infinity',
  networkTimeout: 'object',
  maxTimeoutMs: 'delay',
  maxWaitMs: 'delay',
  idleMs: 'delay',
  totalMs: 'delay',
  background: BACKGROUND_POLICIES,
  interruptInBackground: 'boolean',
  decoders: 'array',
  strictCharset: 'boolean',
  parseJson: 'function',
  onWarning: 'function',
  scheduler: 'object',
};

/** What people look for here, and find elsewhere or by another name. */
const IN_EACH_CALL = 'say it in each call';
const HINTS: OptionHints = {
  timeout: 'write networkTimeout: { request: … }, in milliseconds',
  baseURL: 'write baseUrl',
  headers: 'write header',
  method: IN_EACH_CALL,
  priority: IN_EACH_CALL,
  attemptMs: IN_EACH_CALL,
  idempotencyKey: IN_EACH_CALL,
  as: IN_EACH_CALL,
  charset: IN_EACH_CALL,
};

/** What single calls send; each client has a name for it. */
const CONTENT: OptionKinds = { data: 'anything', filePath: 'string', name: 'string', formData: 'object' };

function problemOf(options: NetworkOptions): string | undefined {
  const misspelt = problemOfOptions(options, OPTION_KINDS, HINTS);
  if (misspelt) return misspelt;
  const { baseUrl, networkTimeout = {}, interceptors = [], decoders = [], scheduler = asyncScheduler } = options;
  const timeouts = problemOfOptions(networkTimeout, TIMED_APIS);
  const problem =
    (timeouts && `networkTimeout: ${timeouts}`) ||
    problemOfHeader(options.header) ||
    problemOfPlatform(options.platform, 'each call', { ...CALL_OPTIONS, ...CONTENT }, FOREIGN_NAMES) ||
    (interceptors.every((interceptor) => typeof interceptor === 'function') ? '' : 'interceptors must be functions') ||
    problemOfDecoders(decoders) ||
    (typeof scheduler.schedule === 'function' ? '' : 'scheduler must be one of RxJS, such as asyncScheduler');
  if (problem || baseUrl === undefined) return problem;

  const scanned = scanUrl(baseUrl);
  const shown = `baseUrl '${withoutSecrets(baseUrl)}'`;
  if ('problem' in scanned) return `${shown}: ${refusalSentence(scanned)}`;
  if (!/^https?$/.test(scanned.scheme)) return `${shown}: it must be https, or http on the local network`;
  return /[?#]/.test(scanned.rest) ? `${shown}: it cannot have a query or a fragment` : undefined;
}
