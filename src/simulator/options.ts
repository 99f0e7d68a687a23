import type { SchedulerLike } from 'rxjs';
import type { DomainLists } from '../platform/domain-lists.js';
import type { DeviceAddress } from '../platform/lan-address.js';
import type { NetworkTimeout } from '../platform/network-timeout.js';
import type { EnvVersion } from '../platform/referer.js';
import type { NetworkType } from '../platform/wx.js';
import type {
  Answers,
  AppKind,
  BackgroundFetchOptions,
  LocalService,
  SessionOptions,
  UpdateOutcome,
} from './api-options.js';
import type { PhoneName } from './phones.js';
import type { CharsetTrial } from './rules/charset-trial.js';
import type { Dialect } from './rules/dialect.js';
import type { StorageOptions } from './values/storage-options.js';
import type { Lookup, LookupMap } from './wires/lookup.js';
import type { NetworkConditions } from './wires/conditions.js';
import type { Wire } from './wires/wire.js';

/** What to simulate. Whatever is not known of the platform is an option here, strict by default. */
export interface SimulatorOptions {
  /**
   * Which client it is: the defaults of the options in which the clients differ (`guide/phones.md`); each can still be
   * set. @defaultValue the phone whose words `dialect` has, the developer tools by `envVersion`, else `'android'`
   */
  readonly phone?: PhoneName | undefined;
  /** The appid, as it stands in the Referer (LIM-1). @defaultValue `'wx0123456789abcdef'` */
  readonly appId?: string | undefined;
  /** The number of the release, as it stands in the Referer of a release (LIM-1). @defaultValue `'1'` */
  readonly version?: string | undefined;
  /** The build that runs (LIM-1, discoveries/environment.md). @defaultValue `'develop'`; `'devtools'` in the developer tools */
  readonly envVersion?: EnvVersion | undefined;
  /**
   * What the code is part of. A mini game has `onShow` and `onHide` in place of `onAppShow` and `onAppHide`; a plugin has
   * neither, fewer members, storage and a domain list of its own, and signs what it sends. @defaultValue `'mini-program'`
   */
  readonly runsAs?: AppKind | undefined;
  /** The plugin that runs, beside the app that `appId` names; `token` is what it signs with. @defaultValue an appid, `'1.0.0'` and a token */
  readonly plugin?: { readonly appId: string; readonly version: string; readonly token: string } | undefined;
  /** The configured domains (DOM-*). A missing list is an empty one: it allows nothing. @defaultValue all empty */
  readonly domains?: DomainLists | undefined;
  /**
   * `false` skips the domain, TLS version and certificate checks, as the switch 不校验合法域名 does (discoveries/domain-lists.md).
   * A release always checks. @defaultValue `true`
   */
  readonly urlCheck?: boolean | undefined;
  /** The object of that name in `app.json`; milliseconds (TIME-2). @defaultValue 60 000 for each API (TIME-1) */
  readonly networkTimeout?: NetworkTimeout | undefined;
  /** The device's own address and netmask (LAN-1). @defaultValue `192.168.1.100 / 255.255.255.0` */
  readonly device?: DeviceAddress | undefined;
  /** How the device is connected when the app starts (discoveries/environment.md). @defaultValue `'wifi'` */
  readonly networkType?: NetworkType | undefined;
  /**
   * How good the connection is, over real sockets and in virtual time: `{ rttMs: 300, lossRate: 0.02, kbps: 400 }`. What is
   * sent by UDP is as it was. @defaultValue perfect: it takes no time and loses nothing
   */
  readonly network?: NetworkConditions | undefined;

  /**
   * Where a host, by name or LAN address, really is: `{ address, port? }`, or all of them as
   * `{ 'api.example.com': '127.0.0.1:8443' }`. TLS server name and `Host` stay those of the
   * URL. `undefined` leaves the name to the system. Only for real sockets. @defaultValue the system's resolver
   */
  readonly lookup?: Lookup | LookupMap | undefined;
  /** The certificate authorities to trust, and no others, in PEM. Only for real sockets. @defaultValue the system's */
  readonly ca?: string | readonly string[] | undefined;
  /** What carries the bytes, such as `scriptWire(…)`. @defaultValue real sockets */
  readonly wire?: Wire | undefined;
  /**
   * The only clock there is; inside `TestScheduler.run` the default is virtual already.
   * @defaultValue `asyncScheduler`; over real sockets one that does at once, without a timer, what is due at once
   */
  readonly scheduler?: SchedulerLike | undefined;

  /** Whose words `errMsg` has, and whether there is an `errno` (discoveries/failures.md#words). @defaultValue those of the phone */
  readonly dialect?: Dialect | undefined;
  /** What the eleventh call does: waits (base library ≥ 1.4.0) or fails (discoveries/concurrency.md). @defaultValue `'queue'` */
  readonly overLimit?: 'queue' | 'fail' | undefined;
  /** Whether the ten are counted for each API or over all three (LIM-2, discoveries/concurrency.md). @defaultValue `'per-api'` */
  readonly concurrencyScope?: 'per-api' | 'shared' | undefined;
  /**
   * Whether a place is free again only when `success`, `fail` and `complete` have returned, so that a call made inside
   * them is the eleventh (discoveries/concurrency.md). @defaultValue `true`
   */
  readonly slotFreedAfterCallback?: boolean | undefined;
  /** When a timeout starts to run: upon the call, or when it leaves the queue (discoveries/concurrency.md). @defaultValue `'dispatch'` */
  readonly timeoutStartsAt?: 'dispatch' | 'invoke' | undefined;
  /** Whether calls are refused from the hide on (BG-2), or, as some Androids do, once suspended (discoveries/background.md). @defaultValue `'refuse'` */
  readonly backgroundCalls?: 'refuse' | 'allow-until-suspended' | undefined;
  /** When the app hears of a cut call (BG-1): just before its thread stops, or on return (discoveries/background.md). @defaultValue `'before-freeze'` */
  readonly interruptedCallback?: 'before-freeze' | 'on-return' | undefined;
  /** Whether callbacks and the `scheduler` of the simulator stop while the app is suspended (discoveries/background.md). @defaultValue `true` */
  readonly freeze?: boolean | undefined;
  /**
   * How long a suspended app is kept, in milliseconds, before it is killed as by `destroy()` (discoveries/background.md). `Infinity`
   * keeps it for ever. @defaultValue 1 800 000 (30 minutes)
   */
  readonly destroyedAfterMs?: number | undefined;
  /**
   * What becomes of text that is not UTF-8 (ENC-1): wrong characters, the right ones, errno 602302, or no callback
   * at all, as some devices do on GBK (discoveries/charsets.md). @defaultValue `'garble'`
   */
  readonly charsetTrial?: CharsetTrial | undefined;
  /** Whether answered header names keep their case (discoveries/request.md). HTTP/2 has lower case only. @defaultValue `'as-sent'` */
  readonly headerCase?: 'as-sent' | 'lower' | undefined;
  /**
   * Whether a host in the list of sockets may be called on its listed port alone (DOM-4, DOM-5), or on any, as the
   * platform's newer page has it (discoveries/rules.md#where-newer-documents-say-something-else). @defaultValue `'listed'`
   */
  readonly wssPorts?: 'listed' | 'any' | undefined;
  /**
   * What becomes of WebSockets five seconds after the hide (BG-1): `onClose` with this code and the reason `interrupted`
   * (all three have been seen), only the global `wx.onSocketClose` (an iOS 3.4.1), or no event at all
   * (discoveries/sockets.md, discoveries/background.md). @defaultValue 1000
   */
  readonly interruptedSocket?: 1000 | 0 | 1006 | 'global-only' | 'silent' | undefined;
  /** What a WebSocket tells that could not be opened: `onError` and then `onClose`, or `onError` alone (discoveries/sockets.md). @defaultValue `'error-and-close'` */
  readonly failedSocketEvents?: 'error-and-close' | 'error' | undefined;
  /** Where a domain that is not listed is reported: to `fail`, or, after `success`, to `onError` (discoveries/failures.md#words). @defaultValue `'fail'` */
  readonly refusedSocket?: 'fail' | 'error-event' | undefined;
  /** What open WebSockets do when the network is lost: close, or nothing, while sending still succeeds (discoveries/sockets.md). @defaultValue `'close'` */
  readonly socketOffline?: 'close' | 'silent' | undefined;
  /**
   * What open WebSockets and TCP connections do when the phone goes from Wi-Fi to the mobile network, or back: close; nothing, while
   * nothing arrives any more; or go on. The phone has another address then; what it tells is not known. @defaultValue `'close'`
   */
  readonly socketMoved?: 'close' | 'silent' | 'keep' | undefined;
  /** Whether a `SocketTask` has `offOpen`, `offMessage`, `offError` and `offClose`, which the documents do not know. @defaultValue `false` */
  readonly socketTaskOff?: boolean | undefined;
  /**
   * What a change of the connection, such as Wi-Fi to 4G, does to calls that run: nothing, or it fails them all, as iOS
   * does (discoveries/failures.md#words). @defaultValue `'keep'`; `'fail'` on iOS
   */
  readonly networkSwitch?: 'keep' | 'fail' | undefined;
  /** How long a closing WebSocket waits for its server, in milliseconds, before it ends with 1006. The platform's number is not known. @defaultValue 30 000 */
  readonly socketCloseWaitMs?: number | undefined;
  /**
   * What the background does to TCP and UDP: cuts it after five seconds, as the rule says of the network (BG-1), or
   * nothing. Not known of any phone (discoveries/background.md). @defaultValue `'cut'`
   */
  readonly rawSocketsInBackground?: 'cut' | 'keep' | undefined;
  /** Where UDP may go: to the local network and listed domains, or anywhere (base library > 2.9.3, discoveries/local-network.md). @defaultValue `'lan'` */
  readonly udpReach?: 'lan' | 'anywhere' | undefined;
  /**
   * Whom a UDP broadcast reaches, one by one: the loopback has no broadcast. Only for real sockets; a script's broadcast
   * reaches the script's peers. @defaultValue a real broadcast, unless the device is on the loopback
   */
  readonly neighbours?: readonly string[] | undefined;
  /** What `wx.startLocalServiceDiscovery` finds. @defaultValue nothing */
  readonly localServices?: readonly LocalService[] | undefined;
  /**
   * Whether `wx.request` has its high-performance mode: it is on unless the call says `useHighPerformanceMode: false`,
   * and then HTTP/2 is spoken where the server can, HTTP/1.1 with `enableChunked`; ten fields of `profile` are missing,
   * and there is no HttpDNS (discoveries/request.md#high-performance-mode). @defaultValue `true` on Android, else `false`
   */
  readonly highPerformanceMode?: boolean | undefined;
  /** Whether answers have a `profile` (discoveries/request.md#profile). @defaultValue `true` on Android and iOS, else `false` */
  readonly tellsProfile?: boolean | undefined;
  /** Whether `onHeadersReceived` of a request tells the status (discoveries/request.md#chunks). @defaultValue `'told'`; `'missing'` in the developer tools */
  readonly headersStatus?: 'told' | 'missing' | undefined;
  /** The `statusCode` of a chunked answer's end: the server's, or `NaN` (discoveries/failures.md#words-met-in-the-field). @defaultValue `'told'`; `'nan'` on a Mac */
  readonly chunkedStatus?: 'told' | 'nan' | undefined;
  /** What `redirect: 'manual'` does (discoveries/phones.md). @defaultValue `'honoured'` on Android, iOS and in the developer tools, else `'ignored'` */
  readonly manualRedirect?: 'honoured' | 'ignored' | undefined;
  /**
   * What the `timeout` of a call does. Clients for PC honour it since base library 3.11.1 (discoveries/timeouts.md).
   * @defaultValue `'honoured'`; `'ignored'` on a Mac
   */
  readonly callTimeout?: 'honoured' | 'ignored' | undefined;
  /**
   * The most that a timeout may be, in milliseconds (TIME-1). The documents of today state no maximum
   * (discoveries/timeouts.md): `Infinity`. @defaultValue 60 000
   */
  readonly maxTimeoutMs?: number | undefined;
  /**
   * What `enableHttpDNS` comes to: the service was not bought, so that the call falls back, or fails without
   * `enableHttpDNSFallback`; or it answers. Never in high-performance mode (discoveries/failures.md#numbers, discoveries/request.md#exception).
   * @defaultValue `'not-bought'`
   */
  readonly httpDns?: 'not-bought' | 'works' | undefined;
  /** Members that `wx` lacks (discoveries/phones.md). @defaultValue none; on HarmonyOS those that its guide names */
  readonly missingMembers?: readonly string[] | undefined;
  /** The version of the base library, as `wx.getAppBaseInfo` tells it. @defaultValue `'3.17.0'`; `'3.3.5'` on a Mac */
  readonly baseLibrary?: string | undefined;
  /** How many redirects are followed before errno 600008. The platform's own number is not known; Chromium's is 20. @defaultValue 20 */
  readonly maxRedirects?: number | undefined;
  /**
   * How many bytes a body may have, content codings undone, before errno 602300. The platform has such a limit
   * (discoveries/failures.md#numbers), but its number is not known: 64 MB is a guess. A chunked call (`enableChunked`), which hands
   * its body over piece by piece, has none. @defaultValue 67 108 864
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * Cuts what `onChunkReceived` brings every so many bytes of the body, as servers and networks do without asking
   * (discoveries/request.md): through characters and events. @defaultValue as it comes
   */
  readonly chunkBytes?: number | undefined;

  /**
   * The folder that is the device's storage; it must exist. `tmp`, `store` and `usr` in it hold the temporary files, the
   * saved ones and the app's own (`wx.env.USER_DATA_PATH`); `values` what `wx.setStorage` keeps, which a second start finds
   * again. One simulator at a time writes there. @defaultValue a new one at first use, gone with `close()`; values in memory
   */
  readonly storageFolder?: string | undefined;
  /** How large the storage of `wx.setStorage` is, how long it takes, and what fails. @defaultValue 10 MB, 1 MB a key, at once */
  readonly storage?: StorageOptions | undefined;
  /** What `wx.login` and `wx.checkSession` answer, and how long they take. @defaultValue `code-1` …, at once */
  readonly session?: SessionOptions | undefined;
  /** What the client has fetched ahead, for `wx.getBackgroundFetchData`. @defaultValue nothing */
  readonly backgroundFetch?: BackgroundFetchOptions | undefined;
  /** What `wx.getUpdateManager` finds: no new version, one that is ready, one that cannot be loaded. @defaultValue `'none'` */
  readonly update?: UpdateOutcome | undefined;
  /**
   * What `getAppBaseInfo`, `getDeviceInfo`, `getWindowInfo`, `getSystemInfoSync`, `getAccountInfoSync` and the like answer,
   * beside what they would or in its place: `{ getWindowInfo: { windowWidth: 320 } }`. @defaultValue nothing else
   */
  readonly answers?: Answers | undefined;
  /** How many bytes saved files and the app's own may have together, before errno 1300202. @defaultValue 209 715 200 (200 MB) */
  readonly maxStorageBytes?: number | undefined;
  /** How many bytes a download may have, before errno 603301 (discoveries/files.md). @defaultValue 209 715 200 (200 MB) */
  readonly maxDownloadBytes?: number | undefined;
  /**
   * What a download without a body is: a success (CB-1), with an empty file, or errno 603302, "file data is empty", whose
   * cause is not told (discoveries/failures.md#numbers). @defaultValue `'success'`
   */
  readonly emptyDownload?: 'success' | 'fail' | undefined;
}
