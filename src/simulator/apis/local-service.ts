import { Subscription } from 'rxjs';
import type { Host } from '../host.js';
import { createListeners } from '../listeners.js';
import type { OpenSocket } from '../open-sockets.js';
import { callFail, callSuccess, promiseWithoutCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { Promised } from './network-status.js';

/** The name of a service, as an event tells it. */
export interface ServiceName {
  serviceType: string;
  serviceName: string;
}

/** What `onLocalServiceFound` tells. */
export interface ServiceFound extends ServiceName {
  ip: string;
  port: number;
}

/** What `startLocalServiceDiscovery` takes. */
export interface DiscoveryOption extends Callbacks<GeneralResult> {
  serviceType: string;
}

/** The part of `wx` that finds services on the local network (mDNS). */
export interface LocalServiceApi {
  startLocalServiceDiscovery<Option extends DiscoveryOption = DiscoveryOption>(
    option: Option,
  ): Promised<Option, GeneralResult>;
  stopLocalServiceDiscovery<Option extends Callbacks<GeneralResult> = Callbacks<GeneralResult>>(
    option?: Option,
  ): Promised<Option, GeneralResult>;
  onLocalServiceFound(listener: (service: ServiceFound) => void): void;
  offLocalServiceFound(listener?: (service: ServiceFound) => void): void;
  onLocalServiceLost(listener: (service: ServiceName) => void): void;
  offLocalServiceLost(listener?: (service: ServiceName) => void): void;
  onLocalServiceResolveFail(listener: (service: ServiceName) => void): void;
  offLocalServiceResolveFail(listener?: (service: ServiceName) => void): void;
  onLocalServiceDiscoveryStop(listener: (result: GeneralResult) => void): void;
  offLocalServiceDiscoveryStop(listener?: (result: GeneralResult) => void): void;
}

const LONGEST_SEARCH_MS = 30_000;

/**
 * Makes the search for services: one at a time, and 30 s at the longest.
 *
 * - Evidence: discoveries/local-network.md, texts in discoveries/failures.md#words. iOS cannot search (7.0.18 and later); its words are not known
 * - Not known: the background. By the words of the rule a search is cut (BG-1), and none begins there (BG-2)
 */
export function createLocalServices(host: Host): LocalServiceApi {
  const { settings, deliver, background, closed, sockets } = host;
  const { scheduler, localServices } = settings;
  const found = createListeners<ServiceFound>();
  const lost = createListeners<ServiceName>();
  const unresolved = createListeners<ServiceName>();
  const stopped = createListeners<GeneralResult>();
  let search: Subscription | undefined;

  const stop = () => {
    if (!search) return;
    search.unsubscribe();
    search = undefined;
    sockets.delete(running);
    deliver(() => stopped.emit({ errMsg: 'ok' }));
  };
  const running: OpenSocket = { cut: stop };

  const start = (serviceType: string) => {
    const begun = new Subscription();
    search = begun;
    sockets.add(running);
    const later = (ms: number, emit: () => void) => begun.add(scheduler.schedule(() => deliver(emit), ms));
    begun.add(scheduler.schedule(stop, LONGEST_SEARCH_MS));
    for (const service of localServices) {
      if (service.serviceType !== serviceType) continue;
      const { serviceName, ip, port, afterMs = 0, lostAfterMs, resolves = true } = service;
      const name = { serviceType, serviceName };
      later(afterMs, () => (resolves ? found.emit({ ...name, ip, port }) : unresolved.emit(name)));
      if (lostAfterMs !== undefined) later(lostAfterMs, () => lost.emit(name));
    }
  };

  const answer = (api: string, option: Callbacks<GeneralResult> | undefined, problem: string | undefined) => {
    const errMsg = problem === undefined ? `${api}:ok` : `${api}:fail ${problem}`;
    return promiseWithoutCallbacks(option, (callbacks) =>
      deliver(() => (problem === undefined ? callSuccess(callbacks, { errMsg }) : callFail(callbacks, { errMsg }))),
    );
  };

  const problemOf = (serviceType: unknown): string | undefined => {
    if (typeof serviceType !== 'string' || serviceType === '') return 'invalid param';
    const refusal = closed() ?? background.refusal();
    if (refusal) return refusal.kind === 'suspended' ? 'network api interrupted in suspend state' : 'interrupted';
    if (settings.phone === 'ios') return 'jsapi not supported';
    return search ? 'scan task already exist' : undefined;
  };

  const api: { readonly [Name in keyof LocalServiceApi]: unknown } = {
    startLocalServiceDiscovery: (option?: DiscoveryOption) => {
      const { serviceType } = option ?? {};
      const problem = problemOf(serviceType);
      const answered = answer('startLocalServiceDiscovery', option, problem);
      if (problem === undefined) start(serviceType as string);
      return answered;
    },
    stopLocalServiceDiscovery: (option?: Callbacks<GeneralResult>) => {
      const answered = answer('stopLocalServiceDiscovery', option, search ? undefined : 'task not found');
      stop();
      return answered;
    },
    onLocalServiceFound: found.on,
    offLocalServiceFound: found.off,
    onLocalServiceLost: lost.on,
    offLocalServiceLost: lost.off,
    onLocalServiceResolveFail: unresolved.on,
    offLocalServiceResolveFail: unresolved.off,
    onLocalServiceDiscoveryStop: stopped.on,
    offLocalServiceDiscoveryStop: stopped.off,
  };
  // What the calls return depends on the type of the option, which an implementation cannot follow.
  return api as LocalServiceApi;
}
