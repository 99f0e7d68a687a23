import { isOtherBearer } from '../platform/bearer.js';
import type { NetworkType } from '../platform/wx.js';
import type { HideReason } from './apis/app-events.js';
import type { MemoryLevel } from './apis/memory-warning.js';
import { createAppMembers } from './app-members.js';
import { createAppReport } from './app-report.js';
import { createAppClock, type AppClock } from './clock.js';
import type { Device } from './device.js';
import { storageOf } from './files/storage-of-app.js';
import { createOpenCalls, type Host } from './host.js';
import { createOpenSockets } from './open-sockets.js';
import { createBackground } from './rules/background.js';
import { lanAddressNow } from './rules/carrier-address.js';
import { createPools } from './rules/concurrency.js';
import type { SimulatedWx } from './simulated-wx.js';

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
  let lastType = device.networkType();
  let lan = lanAddressNow(settings.device, lastType);

  const { report, dies } = createAppReport(device.report);
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

  const gone = () => (destroyed ? 'destroyed' : closed ? 'closed' : undefined);
  const { wx, appEvents, networkStatus, memory, connectionChanged } = createAppMembers(host, device, gone);

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
      dies(() => {
        background.close();
        clock.stop();
        pools.pause();
        calls.dropAll();
        sockets.cutAll('closed');
      });
    },
  };
  return app;
}
