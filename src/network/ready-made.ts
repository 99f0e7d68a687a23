import { createNetwork, type Network } from './create-network.js';

let network: Network | undefined;

/** The one network, over the global `wx`, of `http$`, `upload$` and the like. It is made at the first subscription to any. */
export function readyMade(): Network {
  return (network ??= createNetwork());
}
