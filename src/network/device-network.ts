import { BehaviorSubject, distinctUntilChanged, filter, skip, type Observable } from 'rxjs';
import { present } from '../operators/present.js';
import type { NetworkStatus, NetworkType, WxNetworkStatusPort } from '../platform/wx.js';
import { callBack } from '../sources/call-wx.js';
import type { Network } from './create-network.js';

const CALL = { api: 'getNetworkType', url: '' };

const UNTOLD: NetworkStatus = { isConnected: true, networkType: 'unknown' };

const streams = new WeakMap<Network, Observable<NetworkStatus>>();

/**
 * Tells how the phone is connected, and replays it. One listener for all that ask of a network, from the
 * first of them on, for as long as the app lives, as its lifecycle has. Asked again on each return to the foreground: what changed while the app was
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
  let changes = 0;
  const listen = () =>
    wx.onNetworkStatusChange(({ isConnected, networkType }) => {
      changes++;
      status$.next({ isConnected, networkType });
    });
  const ask = () => {
    const before = changes;
    callBack<{ networkType: NetworkType }>('getNetworkType', CALL, (callbacks) => wx.getNetworkType(callbacks), {
      success({ networkType }) {
        // What the phone has told meanwhile is newer than what it was asked.
        if (changes === before) status$.next({ isConnected: networkType !== 'none', networkType });
      },
      fail: () => undefined,
    });
  };
  quietly(listen);
  quietly(ask);
  network.app$
    .pipe(
      skip(1),
      filter(({ visibility }) => visibility === 'foreground'),
    )
    .subscribe(() => quietly(ask));
  return told$;
}

/** A phone that throws here, or cannot be asked, tells nothing by that: what it tells otherwise counts all the same. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Nobody asked for it.
  }
}

/** Whether the phone has a network now. */
export function isOnline(device$: Observable<NetworkStatus>): boolean {
  return present(device$)?.isConnected ?? true;
}

function isSame(one: NetworkStatus, other: NetworkStatus): boolean {
  return one.isConnected === other.isConnected && one.networkType === other.networkType;
}
