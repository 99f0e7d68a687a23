import type { DeviceAddress } from '../platform/lan-address.js';
import type { Report } from './events.js';
import type { NetworkType } from '../platform/wx.js';
import type { OpenSockets } from './open-sockets.js';
import type { Background } from './rules/background.js';
import type { Pools } from './rules/concurrency.js';
import type { Settings } from './settings.js';
import type { Failure } from './rules/failure.js';
import type { Storage } from './files/storage.js';
import type { Wire } from './wires/wire.js';

/** The client that the APIs run in: what they share. */
export interface Host {
  readonly settings: Settings;
  readonly wire: Wire;
  readonly storage: Storage;
  readonly pools: Pools;
  readonly background: Background;
  readonly calls: OpenCalls;
  readonly sockets: OpenSockets;
  readonly report: Report;
  /** Why no call is taken any more, if none is. */
  readonly closed: () => Failure | undefined;
  /** The address by which the local network is judged now (LAN-1). */
  readonly lan: () => DeviceAddress;
  /** How the device is connected now. */
  readonly networkType: () => NetworkType;
  /** Runs something in the app's thread: in a turn of its own, in order, and not while the app is suspended. */
  readonly deliver: (callback: () => void) => void;
  /** Throws an error where a test or a process notices. */
  readonly throwLoudly: (error: unknown) => void;
}

/** A call that has not ended, as the rules see it. */
export interface OpenCall {
  readonly started: boolean;
  fail(failure: Failure): void;
  /** Ends it without a word to the app, which is not there any more. */
  drop(): void;
}

/** The calls that have not ended, in the order in which they were made. */
export interface OpenCalls {
  nextId(): number;
  add(call: OpenCall): void;
  delete(call: OpenCall): void;
  /** Fails all, or those that have been started. */
  failAll(failure: Failure, which?: 'all' | 'started'): void;
  /** Puts an end to all of which nobody is told. */
  dropAll(): void;
}

/** Keeps the calls that have not ended, so that the background, a kill or `close()` can end them. */
export function createOpenCalls(nextId: () => number): OpenCalls {
  const open = new Set<OpenCall>();

  return {
    nextId,
    add: (call) => open.add(call),
    delete: (call) => open.delete(call),
    failAll: (failure, which = 'all') => {
      for (const call of [...open]) {
        if (which === 'all' || call.started) call.fail(failure);
      }
    },
    dropAll: () => {
      for (const call of [...open]) call.drop();
    },
  };
}
