import { map, pairwise, type Observable } from 'rxjs';
import { isOtherBearer } from '../../platform/bearer.js';
import { NetworkError, type CallDetails } from '../../platform/network-error.js';
import type { NetworkStatus } from '../../platform/wx.js';

/**
 * What a change of the phone's network means for a connection.
 *
 * - `lost`: there is no network, so nothing stands any more
 * - `fresh`: there is one again, or another: Wi-Fi for the mobile network, or the mobile network for Wi-Fi. The phone has
 *   another address, and a connection on the old one is dead or dying
 * - `other`: anything else, such as 5g for 4g
 */
export type NetworkChange = 'lost' | 'fresh' | 'other';

/** What changes from now on. */
export function networkChange$(device$: Observable<NetworkStatus>): Observable<NetworkChange> {
  return device$.pipe(
    pairwise(),
    map(([before, now]) => changeOf(before, now)),
  );
}

/** What the step from one state to the next means. */
export function changeOf(before: NetworkStatus, now: NetworkStatus): NetworkChange {
  if (!now.isConnected) return 'lost';
  if (!before.isConnected) return 'fresh';
  return isOtherBearer(before.networkType, now.networkType) ? 'fresh' : 'other';
}

/** For what was lost, or not begun, because the phone says that there is no network. */
export function offlineError(call: CallDetails, cause?: unknown): NetworkError {
  return new NetworkError('the phone has no network', { ...call, code: 'offline', phase: 'attempt', cause });
}
