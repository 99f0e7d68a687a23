import type { DeviceAddress } from '../../platform/lan-address.js';
import { callSuccess, capturedCallbacks, type Callbacks } from './callbacks.js';

/** What `getLocalIPAddress` tells (discoveries/local-network.md). */
export interface LocalAddressResult {
  localip: string;
  /** Empty where the device does not tell: base library below 2.24.0. */
  netmask: string;
  errMsg: string;
}

/** `wx.getLocalIPAddress`: the device's own address, by which LAN-1 is judged. */
export interface LocalAddressApi {
  getLocalIPAddress(option?: Callbacks<LocalAddressResult>): void;
}

/** Makes `wx.getLocalIPAddress`. */
export function createLocalAddress(
  address: () => DeviceAddress,
  deliver: (callback: () => void) => void,
): LocalAddressApi {
  return {
    getLocalIPAddress: (option) => {
      const callbacks = capturedCallbacks(option);
      deliver(() => {
        const { localip, netmask = '' } = address();
        callSuccess(callbacks, { localip, netmask, errMsg: 'getLocalIPAddress:ok' });
      });
    },
  };
}
