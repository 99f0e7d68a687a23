import type { BackgroundCut } from '../operators/background-cut.js';
import type { QueueDoor } from '../operators/queued-call.js';
import type { Network } from './create-network.js';
import type { DomainApi } from '../platform/domain-apis.js';
import type { TimedApi } from '../platform/network-timeout.js';
import type { DeadlineClock } from './deadline-clock.js';
import type { CallPolicy } from './policy.js';
import type { NetworkSettings } from './settings.js';
import type { NetworkWatcher } from './watching.js';

/** What the calls of a network share beside what everybody may see of it. */
export interface NetworkInternals extends Network {
  readonly settings: NetworkSettings;
  /** Into the request queue. */
  readonly door: QueueDoor;
  /** The clock of deadlines, with one timer for all calls. */
  readonly deadlines: DeadlineClock;
  /** BG-1 for all calls that it may cut. */
  readonly backgroundCut: BackgroundCut;
  /** Of the calls that say nothing of their own, once there was one. */
  readonly policies: { [Api in TimedApi]?: CallPolicy };
  /** How the address began that was allowed last: most go to the same server. */
  readonly allowed: { [Api in DomainApi]?: string };
  /** Who is told of each decision; there is none while nobody looks. */
  watcher?: NetworkWatcher | undefined;
  /** Warns once for each key. */
  readonly warn: (key: string, message: string) => void;
}

const INTERNALS = /* @__PURE__ */ Symbol('what the calls of a network share');

interface Holder {
  [INTERNALS]?: NetworkInternals;
}

/** Keeps them for {@link internalsOf}: under a symbol, so that a copy of the network, with another `wx` say, has them too. */
export function keepInternals(network: Network, all: NetworkInternals): void {
  (network as Holder)[INTERNALS] = (all as Holder)[INTERNALS] = all;
}

/** Who looks into a network, if anybody does; nobody looks into what is none of ours. */
export function watcherOf(network: Network | undefined): NetworkWatcher | undefined {
  const all = network && (network as Holder)[INTERNALS];
  return all && all.watcher;
}

/** @throws TypeError for what is not from `createNetwork()`. */
export function internalsOf(network: Network): NetworkInternals {
  const all = (network as Holder | undefined)?.[INTERNALS];
  if (!all) throw new TypeError('rx-miniprogram: expected a network from createNetwork()');
  return all;
}
