import type { NetworkType } from '../platform/wx.js';
import { OPTION_TABLE } from './option-table.js';
import { isOptions } from './option-values.js';
import { shown } from './shown.js';
import { EXPECTED_CONDITIONS, isConditions, type NetworkConditions } from './wires/conditions.js';

/** What `setNetwork` changes. */
export interface NetworkChange extends Omit<NetworkConditions, 'seed'> {
  readonly networkType?: NetworkType | undefined;
}

/** @throws TypeError for what is no network. */
export function networkChangeOf(given: NetworkType | NetworkChange): NetworkChange {
  const change: unknown = typeof given === 'string' ? { networkType: given } : given;
  const { networkType, seed, ...conditions } = isOptions(change) ? change : {};
  const { accepts, expected } = OPTION_TABLE.networkType;
  if (networkType !== undefined && !accepts(networkType))
    throw new TypeError(`setNetwork: networkType: expected ${expected}; got ${shown(networkType)}`);
  if (seed !== undefined) {
    const instead = 'expected only as an option of createSimulator, before the first packet';
    throw new TypeError(`setNetwork: seed: ${instead}; got ${shown(seed)}`);
  }
  if (!isOptions(change) || !isConditions(conditions))
    throw new TypeError(`setNetwork: expected a type of network, or ${EXPECTED_CONDITIONS}; got ${shown(given)}`);
  return change;
}
