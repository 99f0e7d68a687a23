import type { DeviceAddress } from '../../platform/lan-address.js';
import type { NetworkType } from '../../platform/wx.js';

/** What a carrier gives a device: from a network of millions, which is no local one. */
const CARRIER_ADDRESS: DeviceAddress = { localip: '10.64.12.7', netmask: '255.255.255.248' };
const CELLULAR: readonly NetworkType[] = ['2g', '3g', '4g', '5g'];

/**
 * The address that the device has now. Over a cellular network that is its carrier's.
 *
 * - Evidence: `wx.getLocalIPAddress` answers on a cellular network, too, since base library 3.14.0 (discoveries/local-network.md#addresses)
 */
export function addressNow(device: DeviceAddress, networkType: NetworkType): DeviceAddress {
  return CELLULAR.includes(networkType) ? CARRIER_ADDRESS : device;
}

/**
 * The address by which the local network is judged (LAN-1): over a cellular network there is none.
 *
 * - Not known: whether a client looks at that; but a carrier lets no device reach another
 */
export function lanAddressNow(device: DeviceAddress, networkType: NetworkType): DeviceAddress {
  return { ...addressNow(device, networkType), networkType };
}
