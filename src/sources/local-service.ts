import { Observable } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import { globalWx } from '../platform/wx.js';
import type { LocalServiceAddress, LocalServiceName, WxLocalServicePort } from '../platform/wx-sockets.js';

/** What happens to a service on the local network, told apart by `type`. */
export type LocalServiceEvent =
  | ({ readonly type: 'found' } & LocalServiceAddress)
  | ({ readonly type: 'lost' } & LocalServiceName)
  /** It is there, but its address could not be found out. */
  | ({ readonly type: 'resolve-failed' } & LocalServiceName);

/** Where to search: the seam for the simulator and for tests. */
export interface LocalServicesSeam {
  /** @defaultValue the global `wx`, looked up at each subscription */
  readonly wx?: WxLocalServicePort | undefined;
}

/**
 * Searches the local network for services of a type (mDNS), each time it is subscribed to, and stops on unsubscribe: at
 * once, or as soon as the platform has told that the search began.
 *
 * ```text
 * platform        --f--f--l-----s     f = found, l = lost, s = stopped, after 30 s at the latest
 * localServices$  --f--f--l-----|
 * ```
 *
 * The platform searches for one type at a time: a second search, while the first is on, is an error; share one, or put
 * them after another with `concat`. To go on beyond the thirty seconds add `repeat()`. iOS from WeChat 7.0.18 cannot search.
 *
 * @example
 * ```ts
 * localServices$('_http._tcp')
 *   .pipe(filter((event) => event.type === 'found'))
 *   .subscribe(({ ip, port }) => http$(`http://${ip}:${port}/`).subscribe(show));
 * ```
 *
 * @returns An observable that errors with a `NetworkError` when the search does not begin.
 */
export function localServices$(serviceType: string, { wx }: LocalServicesSeam = {}): Observable<LocalServiceEvent> {
  return new Observable((subscriber) => {
    const port = wx ?? globalWx<WxLocalServicePort>();
    const call = { api: 'startLocalServiceDiscovery', url: serviceType };
    let searching = false;

    // Not compared with the type: phones spell it with dots and endings of their own, and there is one search at a time.
    const onFound = (service: LocalServiceAddress) => subscriber.next({ type: 'found', ...service });
    const onLost = (service: LocalServiceName) => subscriber.next({ type: 'lost', ...service });
    const onResolveFail = (service: LocalServiceName) => subscriber.next({ type: 'resolve-failed', ...service });
    const onStop = () => {
      searching = false;
      subscriber.complete();
    };

    subscriber.add(() => {
      // Our own functions: without one, everybody's would go.
      port.offLocalServiceFound(onFound);
      port.offLocalServiceLost(onLost);
      port.offLocalServiceResolveFail(onResolveFail);
      port.offLocalServiceDiscoveryStop(onStop);
      if (searching) stop(port);
    });

    port.onLocalServiceFound(onFound);
    port.onLocalServiceLost(onLost);
    port.onLocalServiceResolveFail(onResolveFail);
    port.onLocalServiceDiscoveryStop(onStop);
    port.startLocalServiceDiscovery({
      serviceType,
      success() {
        // Until now it could be somebody else's search that a stop would end.
        if (subscriber.closed) stop(port);
        else searching = true;
      },
      fail: (failure) => subscriber.error(classifyFailure(failure, call)),
    });
  });
}

function stop(port: WxLocalServicePort): void {
  port.stopLocalServiceDiscovery({ success: () => undefined, fail: () => undefined });
}
