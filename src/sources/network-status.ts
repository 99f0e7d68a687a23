import { Observable } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import type { NetworkStatus, NetworkType, WxNetworkStatusPort } from '../platform/wx.js';
import { callBack, callWx, letGo, portWith, type WithWx } from './call-wx.js';

/**
 * Tells how the device is connected: now, and at each change.
 *
 * ```text
 * getNetworkType         -w
 * onNetworkStatusChange  -----n---4---
 * networkStatus$         -w---n---4---   w = wifi, n = none, 4 = 4g
 * ```
 *
 * Cold: each subscription asks once and has a listener of its own, removed on unsubscribe by our own function (a bare
 * `off` would remove everybody's). A change that comes before the first answer wins.
 *
 * @returns An observable that errors with a `NetworkError` when the platform does not tell.
 */
export function networkStatus$({ wx }: WithWx<WxNetworkStatusPort> = {}): Observable<NetworkStatus> {
  return new Observable((subscriber) => {
    const call = { api: 'getNetworkType', url: '' };
    const port = portWith(wx, 'getNetworkType', call, 'every platform has it');
    portWith(port, 'onNetworkStatusChange', call, 'it came with base library 1.1.0');
    let changed = false;

    const onChange = ({ isConnected, networkType }: NetworkStatus) => {
      changed = true;
      subscriber.next({ isConnected, networkType });
    };
    // Not on HarmonyOS, and before base library 2.9.3.
    subscriber.add(() => letGo(() => port.offNetworkStatusChange?.(onChange)));
    callWx('onNetworkStatusChange', call, () => port.onNetworkStatusChange(onChange));
    callBack<{ networkType: NetworkType }>('getNetworkType', call, (callbacks) => port.getNetworkType(callbacks), {
      success({ networkType }) {
        if (!changed) subscriber.next({ isConnected: networkType !== 'none', networkType });
      },
      fail(failure) {
        if (!changed) subscriber.error(classifyFailure(failure, call));
      },
    });
  });
}
