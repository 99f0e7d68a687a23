import type { NetworkType } from '../../platform/wx.js';
import { createListeners } from '../listeners.js';
import { callSuccess, capturedCallbacks, type Callbacks } from './callbacks.js';

/** What `getNetworkType` tells (discoveries/environment.md). */
export interface NetworkTypeResult {
  networkType: NetworkType;
  /** dBm. */
  signalStrength: number;
  hasSystemProxy: boolean;
  weakNet: boolean;
  errMsg: string;
}

/** What `onNetworkStatusChange` tells. */
export interface NetworkStatus {
  isConnected: boolean;
  networkType: NetworkType;
}

/** What `onNetworkWeakChange` tells. */
export interface NetworkWeakness {
  weakNet: boolean;
  networkType: NetworkType;
}

/**
 * What an asynchronous API returns: a promise when no callback was given (base library 2.10.2, discoveries/environment.md).
 *
 * Spelled as in the official typings, `any` included: TypeScript takes two conditional types for the same only when
 * they test for the same.
 */
/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-invalid-void-type */
export type Promised<Option, Result> = Option extends { success: any }
  ? void
  : Option extends { fail: any }
    ? void
    : Option extends { complete: any }
      ? void
      : Promise<Result>;
/* eslint-enable @typescript-eslint/no-explicit-any, @typescript-eslint/no-invalid-void-type */

/** The part of `wx` that tells how the device is connected. */
export interface NetworkStatusApi {
  getNetworkType<Option extends Callbacks<NetworkTypeResult> = Callbacks<NetworkTypeResult>>(
    option?: Option,
  ): Promised<Option, NetworkTypeResult>;
  onNetworkStatusChange(listener: (status: NetworkStatus) => void): void;
  offNetworkStatusChange(listener?: (status: NetworkStatus & { errMsg: string }) => void): void;
  onNetworkWeakChange(listener: (weakness: NetworkWeakness) => void): void;
  offNetworkWeakChange(listener?: (weakness: NetworkWeakness) => void): void;
}

/** The part of `wx`, and what sets its events off. */
export interface NetworkStatusSource {
  readonly api: NetworkStatusApi;
  readonly changed: (networkType: NetworkType) => void;
  readonly weakened: (weakNet: boolean) => void;
}

/** Makes `getNetworkType` and the events. All are told in the app's thread, so not while the app is suspended. */
export function createNetworkStatus(
  networkType: () => NetworkType,
  weak: () => boolean,
  deliver: (callback: () => void) => void,
): NetworkStatusSource {
  const listeners = createListeners<NetworkStatus>();
  const weakListeners = createListeners<NetworkWeakness>();

  const getNetworkType = (option?: Callbacks<NetworkTypeResult>): Promise<NetworkTypeResult> | undefined => {
    const callbacks = capturedCallbacks(option);
    const result = (): NetworkTypeResult => ({
      networkType: networkType(),
      signalStrength: -50,
      hasSystemProxy: false,
      weakNet: weak(),
      errMsg: 'getNetworkType:ok',
    });
    if (callbacks.success ?? callbacks.fail ?? callbacks.complete) {
      deliver(() => callSuccess(callbacks, result()));
      return undefined;
    }
    return new Promise((resolve) => deliver(() => resolve(result())));
  };

  return {
    api: {
      // What it returns depends on the type of the option, which an implementation cannot follow.
      getNetworkType: getNetworkType as NetworkStatusApi['getNetworkType'],
      onNetworkStatusChange: listeners.on,
      offNetworkStatusChange: listeners.off as NetworkStatusApi['offNetworkStatusChange'],
      onNetworkWeakChange: weakListeners.on,
      offNetworkWeakChange: weakListeners.off,
    },
    changed: (type) => deliver(() => listeners.emit({ isConnected: type !== 'none', networkType: type })),
    weakened: (weakNet) => deliver(() => weakListeners.emit({ weakNet, networkType: networkType() })),
  };
}
