import { Observable } from 'rxjs';
import { globalWx, type NetworkType, type WxNetworkStatusPort } from '../platform/wx.js';

/** How the device is connected. */
export interface NetworkStatus {
  readonly isConnected: boolean;
  readonly networkType: NetworkType;
}

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
 * @param seam - `wx`: defaults to the global one, looked up at each subscription.
 */
export function networkStatus$({
  wx,
}: { readonly wx?: WxNetworkStatusPort | undefined } = {}): Observable<NetworkStatus> {
  return new Observable((subscriber) => {
    const port = wx ?? globalWx<WxNetworkStatusPort>();
    let changed = false;

    const onChange = ({ isConnected, networkType }: NetworkStatus) => {
      changed = true;
      subscriber.next({ isConnected, networkType });
    };
    port.onNetworkStatusChange(onChange);
    port.getNetworkType({
      success({ networkType }) {
        if (!changed) subscriber.next({ isConnected: networkType !== 'none', networkType });
      },
    });

    return () => port.offNetworkStatusChange?.(onChange);
  });
}
