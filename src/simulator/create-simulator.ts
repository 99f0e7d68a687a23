import { Subject, type Observable, type SchedulerLike } from 'rxjs';
import type { NetworkType } from '../platform/wx.js';
import { createAppEvents, type AppEvents, type HideReason } from './apis/app-events.js';
import { createAppInfo, type AppInfoApi } from './apis/app-info.js';
import { createConnectSocket, type ConnectSocketApi } from './apis/connect-socket.js';
import { createLocalServices, type LocalServiceApi } from './apis/local-service.js';
import { createFileSystem } from './apis/file-system.js';
import type { FileSystemManager } from './apis/file-system-types.js';
import { createLocalAddress, type LocalAddressApi } from './apis/local-address.js';
import { createNetworkStatus, type NetworkStatusApi } from './apis/network-status.js';
import { createDownloadFile, type DownloadFile } from './apis/download-file.js';
import { createRequest, type Request } from './apis/request.js';
import { createTcp, type TcpSocketApi } from './apis/tcp-socket.js';
import { createUdp, type UdpSocketApi } from './apis/udp-socket.js';
import { createUploadFile, type UploadFile } from './apis/upload-file.js';
import { createAppClock } from './clock.js';
import type { Report, SimulatorEvent } from './events.js';
import { createStorage } from './files/storage.js';
import { createOpenCalls, type Host } from './host.js';
import { createOpenSockets } from './open-sockets.js';
import type { SimulatorOptions } from './options.js';
import { createBackground } from './rules/background.js';
import { createPools } from './rules/concurrency.js';
import { settingsOf } from './settings.js';
import { nodeWire } from './wires/node.js';

/** The platform's object, as far as it is simulated. */
export interface SimulatedWx
  extends
    AppEvents,
    NetworkStatusApi,
    AppInfoApi,
    LocalAddressApi,
    ConnectSocketApi,
    TcpSocketApi,
    UdpSocketApi,
    LocalServiceApi {
  readonly request: Request;
  readonly uploadFile: UploadFile;
  readonly downloadFile: DownloadFile;
  readonly env: { readonly USER_DATA_PATH: string };
  readonly getFileSystemManager: () => FileSystemManager;
}

/** A phone with one mini program in it. */
export interface Simulator {
  readonly wx: SimulatedWx;
  /** The app's own clock. It stops while the app is suspended; what fell due runs on return, right after `onAppShow`. */
  readonly scheduler: SchedulerLike;
  /** Everything that happens, from now on; hot. Completes on `close()`. */
  readonly events$: Observable<SimulatorEvent>;
  /** Hides the app; nothing, if it is hidden. Suspends it five seconds later (BG-1). */
  enterBackground(reason?: HideReason): void;
  /** Brings it back; nothing, if it is in front. */
  enterForeground(): void;
  /** Connects the device in another way, or not at all (`'none'`: running calls fail). */
  setNetwork(networkType: NetworkType): void;
  /** Aborts all calls, ends all sockets, tells the app of it and completes `events$`. Later calls fail as aborted. */
  close(): Promise<void>;
}

/**
 * Makes a `wx` that enforces the rules of the platform, over real sockets or from a script.
 *
 * ```text
 * app      request ──▶ parameters ─ background ─ domain ─ place ─ deadline ─ redirects ──▶ wire
 *          success ◀── in the app's thread, not while it is suspended ◀── charset, BOM, JSON ◀──
 * ```
 *
 * Everything is scheduled by one RxJS scheduler, so that the same simulator runs in virtual time.
 *
 * @example
 * ```ts
 * const { wx, close } = createSimulator({
 *   domains: { request: ['https://api.example.com'] },
 *   lookup: () => ({ address: '127.0.0.1', port: 8443 }),
 *   ca: readFileSync('authority.pem', 'utf8'),
 * });
 * wx.request({ url: 'https://api.example.com/me', success: ({ data }) => console.log(data) });
 * ```
 *
 * @throws TypeError that says what was expected, what came, and what to do, when an option is wrong.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const settings = settingsOf(options);
  const { scheduler } = settings;
  const clock = createAppClock(scheduler);
  const pools = createPools(settings);
  const storage = createStorage(settings);
  const calls = createOpenCalls();
  const sockets = createOpenSockets();
  const happened$ = new Subject<SimulatorEvent>();
  const ownWire = options.wire
    ? undefined
    : nodeWire({
        lookup: options.lookup,
        ca: options.ca,
        verifyCertificates: settings.urlCheck,
        neighbours: options.neighbours,
      });
  let { networkType } = settings;
  let closed = false;

  const report: Report = (event) => {
    if (happened$.observed) happened$.next({ ...event, at: scheduler.now() });
  };
  const deliver = (callback: () => void) => clock.post(callback);

  const background = createBackground(settings, {
    scheduler,
    clock,
    report,
    interruptCalls: () => {
      // Or the places of the first cut calls would go to the last ones in line.
      pools.pause();
      calls.failAll({ kind: 'interrupted' });
      sockets.cutAll('interrupted');
    },
  });

  const host: Host = {
    settings,
    wire: options.wire ?? (ownWire as NonNullable<typeof ownWire>),
    storage,
    pools,
    background,
    calls,
    sockets,
    report,
    deliver,
    closed: () => (closed ? { kind: 'abort' } : undefined),
    networkType: () => networkType,
    throwLoudly: (error) =>
      void scheduler.schedule(() => {
        throw error;
      }),
  };

  const fileSystem = createFileSystem(storage, deliver);
  const appEvents = createAppEvents();
  const networkStatus = createNetworkStatus(host.networkType, deliver);
  const wx: SimulatedWx = {
    request: createRequest(host),
    uploadFile: createUploadFile(host),
    downloadFile: createDownloadFile(host),
    env: { USER_DATA_PATH: storage.paths.userData },
    getFileSystemManager: () => fileSystem,
    ...createConnectSocket(host),
    ...createTcp(host),
    ...createUdp(host),
    ...createLocalServices(host),
    ...appEvents.api,
    ...networkStatus.api,
    ...createLocalAddress(settings.device, deliver),
    ...createAppInfo(settings, () => wx),
  };

  return {
    wx,
    scheduler: clock.scheduler,
    events$: happened$.asObservable(),
    enterBackground: (reason = 0) => {
      if (!closed && background.hide()) appEvents.hide(reason);
    },
    enterForeground: () => {
      if (closed || !background.show()) return;
      pools.resume();
      appEvents.show();
    },
    setNetwork: (next) => {
      if (closed || next === networkType) return;
      networkType = next;
      report({ type: 'network', networkType });
      if (next === 'none') calls.failAll({ kind: 'offline' }, 'started');
      // Its client gives up whatever runs when the connection changes (platform-facts §1.2).
      else if (settings.dialect === 'ios-cronet') calls.failAll({ kind: 'network-changed' }, 'started');
      if (next === 'none') sockets.cutAll('offline');
      networkStatus.changed(next);
    },
    close: () => {
      closed = true;
      background.close();
      pools.pause();
      calls.failAll({ kind: 'abort' });
      sockets.cutAll('closed');
      storage.close();
      happened$.complete();
      // eslint-disable-next-line no-restricted-syntax -- for the caller to await; no rule waits for it
      return ownWire?.close() ?? Promise.resolve();
    },
  };
}
