import { BehaviorSubject, distinctUntilChanged, filter, pairwise, map, skip, type Observable } from 'rxjs';
import { isOtherBearer } from '../../platform/bearer.js';
import { NetworkError, type CallDetails } from '../../platform/network-error.js';
import type { NetworkStatus, WxNetworkStatusPort } from '../../platform/wx.js';
import { networkStatus$ } from '../../sources/network-status.js';
import type { Network } from '../create-network.js';
import { present } from '../../operators/present.js';

/**
 * What a change of the phone's network means for a connection.
 *
 * - `lost`: there is no network, so nothing stands any more
 * - `fresh`: there is one again, or another: Wi-Fi for the mobile network, or the mobile network for Wi-Fi. The phone has
 *   another address, and a connection on the old one is dead or dying
 * - `other`: anything else, such as 5g for 4g
 */
export type NetworkChange = 'lost' | 'fresh' | 'other';

const UNTOLD: NetworkStatus = { isConnected: true, networkType: 'unknown' };

const streams = new WeakMap<Network, Observable<NetworkStatus>>();

/**
 * Tells how the phone is connected, and replays it. One listener for all sockets of a network, from the first of them on, for
 * as long as the app lives, as its lifecycle has. Asked again on each return to the foreground: what changed while the app was
 * hidden may not have been told. A phone that does not tell counts as connected.
 */
export function deviceNetwork$(network: Network): Observable<NetworkStatus> {
  const known$ = streams.get(network);
  if (known$) return known$;
  const status$ = new BehaviorSubject<NetworkStatus>(UNTOLD);
  const told$ = status$.pipe(distinctUntilChanged(isSame));
  streams.set(network, told$);

  const port = network.wx as Partial<WxNetworkStatusPort>;
  if (typeof port.onNetworkStatusChange !== 'function' || typeof port.getNetworkType !== 'function') return told$;
  const wx = port as WxNetworkStatusPort;
  networkStatus$({ wx }).subscribe({
    next: (status) => status$.next(status),
    // A client that throws tells nothing.
    error: () => undefined,
  });
  network.app$
    .pipe(
      skip(1),
      filter(({ visibility }) => visibility === 'foreground'),
    )
    .subscribe(() =>
      wx.getNetworkType({
        success: ({ networkType }) => status$.next({ isConnected: networkType !== 'none', networkType }),
      }),
    );
  return told$;
}

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

/** Whether the phone has a network now. */
export function isOnline(device$: Observable<NetworkStatus>): boolean {
  return (present(device$) ?? UNTOLD).isConnected;
}

/** For what was lost, or not begun, because the phone says that there is no network. */
export function offlineError(call: CallDetails, cause?: unknown): NetworkError {
  return new NetworkError('the phone has no network', { ...call, code: 'offline', phase: 'attempt', cause });
}

function isSame(one: NetworkStatus, other: NetworkStatus): boolean {
  return one.isConnected === other.isConnected && one.networkType === other.networkType;
}
