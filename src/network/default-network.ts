import { createNetwork } from './create-network.js';
import { internalsOf, type NetworkInternals } from './internals.js';

let network: NetworkInternals | undefined;

/** The one network, over the global `wx`, of `http$`, `upload$` and the like. It is made at the first subscription to any. */
export function defaultNetwork(): NetworkInternals {
  return (network ??= internalsOf(createNetwork()));
}
