import type { Network } from '../network/create-network.js';
import type { WxStoragePort } from '../platform/wx-storage.js';

const namesOf = new WeakMap<Network, Set<string>>();

/**
 * The storage of a network's `wx`, for the one store of that name.
 *
 * @throws TypeError where there is such a store already, or no storage that could be listed.
 */
export function storagePort(network: Network, name: string): WxStoragePort {
  if (!/^[\w.-]+$/.test(name)) {
    throw new TypeError(`createStore: name must be of letters, digits, '.', '_' and '-'; got '${name}'`);
  }
  const port = network.wx as Partial<WxStoragePort>;
  if (typeof port.getStorageInfo !== 'function') {
    throw new TypeError('createStore: there is no wx.getStorageInfo here, as in a plugin, and so no store');
  }
  const names = namesOf.get(network) ?? new Set();
  if (names.has(name)) {
    throw new TypeError(
      `createStore: there is a store '${name}' already; make it once, and import it where it is used`,
    );
  }
  namesOf.set(network, names.add(name));
  return port as WxStoragePort;
}
