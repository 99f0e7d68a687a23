import type { BackgroundCut } from '../operators/background-cut.js';
import type { QueueDoor } from '../operators/queued-call.js';
import type { Network } from './create-network.js';
import type { DeadlineClock } from './deadline-clock.js';
import type { NetworkSettings } from './settings.js';

/** What the calls of a network share beside what everybody may see of it. */
export interface NetworkInternals extends Network {
  readonly settings: NetworkSettings;
  /** Into the request queue. */
  readonly door: QueueDoor;
  /** The clock of deadlines, with one timer for all calls. */
  readonly deadlines: DeadlineClock;
  /** BG-1 for all calls that it may cut. */
  readonly backgroundCut: BackgroundCut;
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

/** @throws TypeError for what is not from `createNetwork()`. */
export function internalsOf(network: Network): NetworkInternals {
  const all = (network as Holder | undefined)?.[INTERNALS];
  if (!all) throw new TypeError('rx-miniprogram: expected a network from createNetwork()');
  return all;
}
