import { isOtherBearer } from '../platform/bearer.js';
import type { NetworkType } from '../platform/wx.js';
import { createAppEvents, enteredWith, type HideReason } from './apis/app-events.js';
import { createAppInfo } from './apis/app-info.js';
import { createBackgroundFetch } from './apis/background-fetch.js';
import { createCachedCalls } from './apis/cached-calls.js';
import { createConnectSocket } from './apis/connect-socket.js';
import { createDownloadFile } from './apis/download-file.js';
import { createFileSystem } from './apis/file-system.js';
import { createLocalAddress } from './apis/local-address.js';
import { createLocalServices } from './apis/local-service.js';
import { createMemoryWarning, type MemoryLevel } from './apis/memory-warning.js';
import { createNetworkStatus } from './apis/network-status.js';
import { createRequest } from './apis/request.js';
import { createSessionApi } from './apis/session.js';
import { createStorageApi } from './apis/storage.js';
import { createSystemInfo } from './apis/system-info.js';
import { createTcp } from './apis/tcp-socket.js';
import { createUdp } from './apis/udp-socket.js';
import { createUpdateManager } from './apis/update-manager.js';
import { createUploadFile } from './apis/upload-file.js';
import type { AnswerCache } from './cache/answer-cache.js';
import { createAppClock, type AppClock } from './clock.js';
import type { Report } from './events.js';
import type { Storage } from './files/storage.js';
import { storageOf } from './files/storage-of-app.js';
import { createOpenCalls, type Host } from './host.js';
import { membersOf } from './members.js';
import { createOpenSockets } from './open-sockets.js';
import { createBackground } from './rules/background.js';
import { addressNow, lanAddressNow } from './rules/carrier-address.js';
import { createPools } from './rules/concurrency.js';
import type { Settings } from './settings.js';
import type { SimulatedWx } from './simulated-wx.js';
import type { ValueStore } from './values/value-store.js';
import type { Conditions } from './wires/conditions.js';
import type { Wire } from './wires/wire.js';

/** What is there before an app starts, and after it has ended. */
export interface Device {
  readonly settings: Settings;
  readonly wire: Wire;
  readonly storage: Storage;
  readonly values: ValueStore;
  /** Numbers the calls of the storage, and the writes among them. */
  readonly countStorage: (writes: boolean) => { readonly operation: number; readonly write: number };
  readonly report: Report;
  /** Numbers the calls and sockets of all its apps from 1. */
  readonly nextId: () => number;
  readonly networkType: () => NetworkType;
  readonly conditions: () => Conditions;
  readonly logins: { count: number };
  readonly fetchToken: { value: string };
  readonly answers: AnswerCache;
  /** Starts the app anew. */
  readonly restart: () => void;
}

/** One life of the app: its thread, what it has open, and the `wx` that it was given. */
export interface App {
  readonly wx: SimulatedWx;
  readonly clock: AppClock;
  hide(reason: HideReason): void;
  show(): void;
  /** Tells it of the device's connection, and takes away what ran over the old one. */
  networkChanged(networkType: NetworkType): void;
  /** Tells it that the connection is weak now, or no longer. */
  weakened(weak: boolean): void;
  warnOfMemory(level: MemoryLevel): void;
  /** Aborts and ends all that it has open, and tells it. */
  close(): void;
  /** Ends it where it stands: it is told nothing, runs nothing, and its `wx` does nothing any more. */
  destroy(): void;
}

/**
 * Starts an app on a device.
 *
 * What has been destroyed may still be called: no thread of JavaScript can be stopped from outside. Such calls reach
 * nobody and bring nothing back.
 */
export function startApp(device: Device): App {
  const { settings, wire } = device;
  const { scheduler } = settings;
  const clock = createAppClock(scheduler);
  const pools = createPools(settings);
  const calls = createOpenCalls(device.nextId);
  const sockets = createOpenSockets();
  let closed = false;
  let destroyed = false;
  let silent = false;
  let lastType = device.networkType();
  let lan = lanAddressNow(settings.device, lastType);

  let reported: Parameters<Report>[0] | undefined;
  let dyingId: number | undefined;
  const report: Report = (event) => {
    if (!silent) {
      reported = event;
      device.report(event);
      reported = undefined;
    } else if ('id' in event && event.id === dyingId && (event.type === 'settled' || event.type === 'socket-closed')) {
      device.report(event);
    }
  };
  const deliver = (callback: () => void) => clock.post(callback);
  const storage = storageOf(device.storage, () => destroyed);

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
    destroy: () => app.destroy(),
  });

  const host: Host = {
    settings,
    wire,
    storage,
    pools,
    background,
    calls,
    sockets,
    report,
    deliver,
    closed: () => (closed ? { kind: 'abort' } : undefined),
    networkType: device.networkType,
    lan: () => {
      // Every call asks, and nearly none needs it made anew.
      const networkType = device.networkType();
      if (lan.networkType !== networkType) lan = lanAddressNow(settings.device, networkType);
      return lan;
    },
    throwLoudly: (error) =>
      void scheduler.schedule(() => {
        throw error;
      }),
  };

  const fileSystem = createFileSystem(storage, deliver);
  const appEvents = createAppEvents();
  const networkStatus = createNetworkStatus(host.networkType, () => device.conditions().weak, deliver);
  const { phone } = settings;
  const memory = createMemoryWarning(deliver, phone === 'android');
  const appInfo = createAppInfo(settings, () => wx);
  const session = createSessionApi({
    session: settings.session,
    scheduler,
    deliver,
    offline: () => device.networkType() === 'none',
    logins: device.logins,
  });
  const { connectionChanged, ...cachedCalls } = createCachedCalls(
    host,
    { request: createRequest(host), ...session },
    { cache: device.answers, weak: () => device.networkType() === 'none' || device.conditions().weak },
  );
  const all: SimulatedWx = {
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
    ...createStorageApi({
      values: device.values,
      storage: settings.storage,
      scheduler,
      report,
      deliver,
      count: device.countStorage,
      gone: () => (destroyed ? 'destroyed' : closed ? 'closed' : undefined),
    }),
    ...createLocalAddress(() => addressNow(settings.device, device.networkType()), deliver),
    ...cachedCalls,
    ...createBackgroundFetch({
      fetched: settings.backgroundFetch,
      scheduler,
      deliver,
      onIos: phone === 'ios',
      fetchToken: device.fetchToken,
    }),
    ...createUpdateManager({ update: settings.update, scheduler, deliver, restart: device.restart }),
    ...memory.api,
    ...createSystemInfo(appInfo.getSystemInfoSync, enteredWith, deliver),
    ...appInfo,
  };
  const wx = membersOf(all, settings);

  const app: App = {
    wx,
    clock,
    hide: (reason) => {
      if (!closed && background.hide()) appEvents.hide(reason);
    },
    show: () => {
      if (closed || !background.show()) return;
      pools.resume();
      appEvents.show();
    },
    networkChanged: (networkType) => {
      if (networkType === 'none') calls.failAll({ kind: 'offline' }, 'started');
      else if (settings.networkSwitch === 'fail') calls.failAll({ kind: 'network-changed' }, 'started');
      if (networkType === 'none') sockets.cutAll('offline');
      else if (isOtherBearer(lastType, networkType)) sockets.cutAll('moved');
      lastType = networkType;
      networkStatus.changed(networkType);
      connectionChanged();
    },
    weakened: (weak) => {
      networkStatus.weakened(weak);
      connectionChanged();
    },
    warnOfMemory: (level) => {
      if (!closed) memory.warn(level);
    },
    close: () => {
      if (closed) return;
      closed = true;
      background.close();
      pools.pause();
      calls.failAll({ kind: 'abort' });
      sockets.cutAll('closed');
    },
    destroy: () => {
      if (closed) return;
      closed = true;
      destroyed = true;
      // Whoever hears of a socket's birth may kill the app: its end is told all the same. Taken now, before others end.
      dyingId = reported && 'id' in reported ? reported.id : undefined;
      device.report({ type: 'destroyed' });
      background.close();
      clock.stop();
      pools.pause();
      calls.dropAll();
      sockets.cutAll('closed');
      silent = true;
    },
  };
  return app;
}
