import { Observable } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import type { CallDetails } from '../platform/network-error.js';
import type { LocalServiceAddress, LocalServiceName, WxLocalServicePort } from '../platform/wx-sockets.js';
import { callBack, callWx, letGo, portWith, type WxSeam } from './call-wx.js';

/** What happens to a service on the local network, told apart by `type`. */
export type LocalServiceEvent =
  | ({ readonly type: 'found' } & LocalServiceAddress)
  | ({ readonly type: 'lost' } & LocalServiceName)
  /** It is there, but its address could not be found out. */
  | ({ readonly type: 'resolve-failed' } & LocalServiceName);

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
export function localServices$(
  serviceType: string,
  { wx }: WxSeam<WxLocalServicePort> = {},
): Observable<LocalServiceEvent> {
  return new Observable((subscriber) => {
    const call = { api: 'startLocalServiceDiscovery', url: serviceType };
    const port = portWith(wx, 'startLocalServiceDiscovery', call, SINCE);
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
      letGo(
        () => port.offLocalServiceFound(onFound),
        () => port.offLocalServiceLost(onLost),
        () => port.offLocalServiceResolveFail(onResolveFail),
        () => port.offLocalServiceDiscoveryStop(onStop),
        () => searching && stop(port, call),
      );
    });

    callWx('onLocalServiceFound', call, () => port.onLocalServiceFound(onFound));
    callWx('onLocalServiceLost', call, () => port.onLocalServiceLost(onLost));
    callWx('onLocalServiceResolveFail', call, () => port.onLocalServiceResolveFail(onResolveFail));
    callWx('onLocalServiceDiscoveryStop', call, () => port.onLocalServiceDiscoveryStop(onStop));
    callBack(
      'startLocalServiceDiscovery',
      call,
      ({ success, fail }) => port.startLocalServiceDiscovery({ serviceType, success: () => success(undefined), fail }),
      {
        success() {
          // Until now it could be somebody else's search that a stop would end.
          if (subscriber.closed) letGo(() => stop(port, call));
          else searching = true;
        },
        fail: (failure) => subscriber.error(classifyFailure(failure, call)),
      },
    );
  });
}

const SINCE = 'it came with base library 2.4.0; iOS from WeChat 7.0.18 cannot search';

function stop(port: WxLocalServicePort, call: CallDetails): void {
  const ignore = () => undefined;
  const stopIt = (callbacks: object) => port.stopLocalServiceDiscovery(callbacks);
  callBack('stopLocalServiceDiscovery', call, stopIt, { success: ignore, fail: ignore });
}
