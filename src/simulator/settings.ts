import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { compileDomains, type CompiledDomains } from '../platform/domain-lists.js';
import { problemsOf } from './option-problems.js';
import { isOptions, shown } from './option-values.js';
import type { SimulatorOptions } from './options.js';
import { realTime } from './real-time.js';
import { compilePeers, type PeerLists } from './rules/peer-lists.js';

type Defaulted = Omit<
  SimulatorOptions,
  'domains' | 'lookup' | 'ca' | 'neighbours' | 'wire' | 'scheduler' | 'storageFolder'
>;

/** The options, checked, with every default in its place. */
export type Settings = { readonly [Key in keyof Defaulted]-?: Exclude<Defaulted[Key], undefined> } & {
  readonly domains: CompiledDomains;
  readonly peers: PeerLists;
  readonly scheduler: SchedulerLike;
  readonly storageFolder: string | undefined;
};

/**
 * Fills in the defaults.
 *
 * @throws TypeError that says what was expected, what came, and what to do, for each option that is wrong.
 */
export function settingsOf(options: SimulatorOptions = {}): Settings {
  // The type says so, but the author of a script in JavaScript has not read it.
  const problems = isOptions(options) ? problemsOf(options) : [`options: expected an object; got ${shown(options)}`];
  if (problems.length > 0) throw new TypeError(`createSimulator: ${problems.join('\n')}`);

  const {
    appId = 'wx0123456789abcdef',
    version = '1',
    envVersion = 'develop',
    domains = {},
    urlCheck = true,
    networkTimeout = {},
    device = { localip: '192.168.1.100', netmask: '255.255.255.0' },
    networkType = 'wifi',
    // A wire of one's own has `asyncScheduler`, and what both schedule has to stay in one order.
    scheduler = options.wire ? asyncScheduler : realTime,
    dialect = 'android-cronet',
    overLimit = 'queue',
    concurrencyScope = 'per-api',
    slotFreedAfterCallback = true,
    timeoutStartsAt = 'dispatch',
    backgroundCalls = 'refuse',
    interruptedCallback = 'before-freeze',
    freeze = true,
    charsetTrial = 'garble',
    headerCase = 'as-sent',
    wssPorts = 'listed',
    interruptedSocket = 1000,
    failedSocketEvents = 'error-and-close',
    refusedSocket = 'fail',
    socketOffline = 'close',
    socketCloseWaitMs = 30_000,
    rawSocketsInBackground = 'cut',
    udpReach = 'lan',
    localServices = [],
    maxRedirects = 20,
    maxBodyBytes = 64 * 1024 * 1024,
    chunkBytes = Infinity,
    maxStorageBytes = 200 * 1024 * 1024,
    maxDownloadBytes = 200 * 1024 * 1024,
    emptyDownload = 'success',
  } = options;
  const { request = [], uploadFile = [], downloadFile = [], socket = [], tcp, udp, ...others } = domains;

  return {
    appId,
    version,
    envVersion,
    // Spread first, so that a list under a wrong name is reported by the one who knows the names.
    domains: compileDomains({ ...others, request, uploadFile, downloadFile, socket }),
    peers: compilePeers({ tcp, udp }),
    urlCheck,
    networkTimeout,
    device,
    networkType,
    scheduler,
    dialect,
    overLimit,
    concurrencyScope,
    slotFreedAfterCallback,
    timeoutStartsAt,
    backgroundCalls,
    interruptedCallback,
    freeze,
    charsetTrial,
    headerCase,
    wssPorts,
    interruptedSocket,
    failedSocketEvents,
    refusedSocket,
    socketOffline,
    socketCloseWaitMs,
    rawSocketsInBackground,
    udpReach,
    localServices,
    maxRedirects,
    maxBodyBytes,
    chunkBytes,
    storageFolder: options.storageFolder,
    maxStorageBytes,
    maxDownloadBytes,
    emptyDownload,
  };
}
