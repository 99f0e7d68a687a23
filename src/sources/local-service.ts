import { asyncScheduler, Observable, Subscription, type SchedulerLike, type Subscriber } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import { SOCKET_SIGNS } from '../platform/socket-signs.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import type { LocalServiceAddress, LocalServiceName, WxLocalServicePort } from '../platform/wx-sockets.js';
import { callBack, callWx, letGo, portWith, type WithWxAndScheduler } from './call-wx.js';

/** What happens to a service on the local network, told apart by `type`. */
export type LocalServiceEvent =
  | ({ readonly type: 'found' } & LocalServiceAddress)
  | ({ readonly type: 'lost' } & LocalServiceName)
  /** It is there, but its address could not be found out. */
  | ({ readonly type: 'resolve-failed' } & LocalServiceName);

/** How long the platform searches at most, in milliseconds. */
const SEARCH_MS = 30_000;

/** How long the platform may take to tell of a stop, in milliseconds; then the next search begins all the same. */
const STOP_TOLD_WITHIN_MS = 1_000;

/**
 * Searches the local network for services of a type (mDNS), each time it is subscribed to, and stops on unsubscribe: at
 * once, or as soon as the platform has told that the search began.
 *
 * ```text
 * platform        --f--f--l-----s     f = found, l = lost, s = stopped, after 30 s at the latest
 * localServices$  --f--f--l-----|
 * ```
 *
 * The platform searches for one type at a time, so that a second search waits until the first has ended; each hears its own
 * start and stop. A phone that does not tell of the end is not waited for: after 31 s the search counts as ended. To go on beyond the thirty seconds add `repeat()`. iOS from WeChat 7.0.18 cannot search.
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
  { wx, scheduler = asyncScheduler }: WithWxAndScheduler<WxLocalServicePort> = {},
): Observable<LocalServiceEvent> {
  return new Observable((subscriber) => {
    const call = { api: 'startLocalServiceDiscovery', url: serviceType };
    const port = portWith(wx, 'startLocalServiceDiscovery', call, SINCE);
    const line = lineOf(port);
    const search = () => startSearch({ port, call, scheduler, onEnd: () => leave(line) }, subscriber);

    if (line.isBusy) {
      line.waiting.add(search);
      subscriber.add(() => line.waiting.delete(search));
    } else {
      line.isBusy = true;
      search();
    }
  });
}

const SINCE = 'it came with base library 2.4.0; iOS from WeChat 7.0.18 cannot search';

/** Those who search on one `wx`: one does, the others wait. */
interface SearchLine {
  isBusy: boolean;
  readonly waiting: Set<() => void>;
}

const lines = new WeakMap<object, SearchLine>();

function lineOf(port: object): SearchLine {
  const known = lines.get(port);
  if (known) return known;
  const line = { isBusy: false, waiting: new Set<() => void>() };
  lines.set(port, line);
  return line;
}

/** The search has ended: the next. */
function leave(line: SearchLine): void {
  const [next] = line.waiting;
  if (!next) {
    line.isBusy = false;
    return;
  }
  line.waiting.delete(next);
  next();
}

/** One search, when it has its turn. */
interface Search {
  readonly port: WxLocalServicePort;
  /** Its address is the type of the services. */
  readonly call: CallDetails;
  readonly scheduler: SchedulerLike;
  /** Called once, when the platform has ended the search, or has not begun it. */
  readonly onEnd: () => void;
}

const UNANSWERED = `the platform did not say within ${SEARCH_MS + STOP_TOLD_WITHIN_MS} ms whether the search has begun`;

function startSearch({ port, call, scheduler, onEnd }: Search, subscriber: Subscriber<LocalServiceEvent>): void {
  let isSearching = false;
  let isOver = false;
  let stopDeadline = Subscription.EMPTY;

  const end = () => {
    if (isOver) return;
    isOver = true;
    stopDeadline.unsubscribe();
    letGo(() => port.offLocalServiceDiscoveryStop(onStop));
    onEnd();
  };
  const stop = () => {
    // It ends with the event, which the next search must not hear, and which may come behind the answer.
    stopDeadline = scheduler.schedule(end, STOP_TOLD_WITHIN_MS);
    const stopIt = (callbacks: object) => port.stopLocalServiceDiscovery(callbacks);
    try {
      // Where there is nothing to stop, nothing will be told.
      callBack('stopLocalServiceDiscovery', call, stopIt, { success: () => undefined, fail: end });
    } catch {
      end();
    }
  };

  // Not compared with the type: phones spell it with dots and endings of their own, and there is one search at a time.
  const onFound = (service: LocalServiceAddress) => subscriber.next({ type: 'found', ...service });
  const onLost = (service: LocalServiceName) => subscriber.next({ type: 'lost', ...service });
  const onResolveFail = (service: LocalServiceName) => subscriber.next({ type: 'resolve-failed', ...service });
  const onStop = () => {
    // Before it has begun, it is the end of somebody else's.
    if (!isSearching) return;
    isSearching = false;
    subscriber.complete();
    end();
  };

  subscriber.add(
    scheduler.schedule(() => {
      if (isSearching) subscriber.complete();
      else subscriber.error(new NetworkError(UNANSWERED, { ...call, code: 'timeout', phase: 'attempt' }));
    }, SEARCH_MS + STOP_TOLD_WITHIN_MS),
  );
  subscriber.add(() => {
    letGo(
      // Our own functions: without one, everybody's would go.
      () => port.offLocalServiceFound(onFound),
      () => port.offLocalServiceLost(onLost),
      () => port.offLocalServiceResolveFail(onResolveFail),
      // Until it has begun it could be somebody else's search that a stop would end; one of which nobody ever hears is over.
      () => {
        if (isSearching) stop();
        else if (!isOver) stopDeadline = scheduler.schedule(end, STOP_TOLD_WITHIN_MS);
      },
    );
  });
  try {
    callWx('onLocalServiceFound', call, () => port.onLocalServiceFound(onFound));
    callWx('onLocalServiceLost', call, () => port.onLocalServiceLost(onLost));
    callWx('onLocalServiceResolveFail', call, () => port.onLocalServiceResolveFail(onResolveFail));
    callWx('onLocalServiceDiscoveryStop', call, () => port.onLocalServiceDiscoveryStop(onStop));
    callBack(
      'startLocalServiceDiscovery',
      call,
      ({ success, fail }) =>
        port.startLocalServiceDiscovery({ serviceType: call.url, success: () => success(undefined), fail }),
      {
        success() {
          if (isOver) return;
          stopDeadline.unsubscribe();
          isSearching = true;
          if (subscriber.closed) stop();
        },
        fail(failure) {
          subscriber.error(classifyFailure(failure, call, SOCKET_SIGNS));
          end();
        },
      },
    );
  } catch (error) {
    subscriber.error(error);
    end();
  }
}
