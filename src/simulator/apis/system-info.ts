import { callSuccess, promiseWithoutCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { ShowOptions } from './app-events.js';
import type { SystemInfo } from './app-info-types.js';
import type { Promised } from './network-status.js';

/** What `getWindowInfo` returns. */
export interface WindowInfo extends Pick<
  SystemInfo,
  'pixelRatio' | 'safeArea' | 'screenHeight' | 'screenWidth' | 'statusBarHeight' | 'windowHeight' | 'windowWidth'
> {
  screenTop: number;
}

/** What `getSystemSetting` returns. */
export type SystemSetting = Pick<
  SystemInfo,
  'bluetoothEnabled' | 'deviceOrientation' | 'locationEnabled' | 'wifiEnabled'
>;

const PERMISSIONS = [
  'albumAuthorized',
  'bluetoothAuthorized',
  'cameraAuthorized',
  'locationAuthorized',
  'microphoneAuthorized',
  'notificationAlertAuthorized',
  'notificationAuthorized',
  'notificationBadgeAuthorized',
  'notificationSoundAuthorized',
  'phoneCalendarAuthorized',
] as const;

/** What `getAppAuthorizeSetting` returns. */
export type AppAuthorizeSetting = {
  [Permission in (typeof PERMISSIONS)[number]]: 'authorized' | 'denied' | 'not determined';
} & { locationReducedAccuracy: boolean };

/** What `getSystemInfo` tells. */
export type SystemInfoResult = SystemInfo & GeneralResult;

/** The newer and the asynchronous calls that tell what the app runs in. */
export interface SystemInfoApi {
  getWindowInfo(): WindowInfo;
  getSystemSetting(): SystemSetting;
  getAppAuthorizeSetting(): AppAuthorizeSetting;
  getLaunchOptionsSync(): ShowOptions;
  getEnterOptionsSync(): ShowOptions;
  getSystemInfo<Option extends Callbacks<SystemInfoResult> = Callbacks<SystemInfoResult>>(
    option?: Option,
  ): Promised<Option, SystemInfoResult>;
  getSystemInfoAsync(option?: Callbacks<SystemInfoResult>): void;
}

/** Makes them of what `getSystemInfoSync` has. Each call gives a new object: an app may write into it. */
export function createSystemInfo(
  system: () => SystemInfo,
  entered: () => ShowOptions,
  deliver: (callback: () => void) => void,
): SystemInfoApi {
  const later = (name: string, option?: object) =>
    promiseWithoutCallbacks(option as Callbacks<SystemInfoResult> | undefined, (callbacks) =>
      deliver(() => callSuccess(callbacks, { ...system(), errMsg: `${name}:ok` })),
    );

  const api: { readonly [Name in keyof SystemInfoApi]: unknown } = {
    getWindowInfo: (): WindowInfo => {
      const { pixelRatio, safeArea, screenHeight, screenWidth, statusBarHeight, windowHeight, windowWidth } = system();
      return {
        ...{ pixelRatio, safeArea, screenHeight, screenWidth, statusBarHeight, windowHeight, windowWidth },
        screenTop: screenHeight - windowHeight,
      };
    },
    getSystemSetting: (): SystemSetting => {
      const { bluetoothEnabled, deviceOrientation, locationEnabled, wifiEnabled } = system();
      return { bluetoothEnabled, deviceOrientation, locationEnabled, wifiEnabled };
    },
    getAppAuthorizeSetting: () => ({
      ...Object.fromEntries(PERMISSIONS.map((permission) => [permission, 'authorized'])),
      locationReducedAccuracy: false,
    }),
    getLaunchOptionsSync: entered,
    getEnterOptionsSync: entered,
    getSystemInfo: (option?: object) => later('getSystemInfo', option),
    getSystemInfoAsync: (option?: object) => void later('getSystemInfoAsync', option),
  };
  // What the calls return depends on the type of the option, which an implementation cannot follow.
  return api as SystemInfoApi;
}
