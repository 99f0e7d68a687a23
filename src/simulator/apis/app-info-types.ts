/** Which app runs, and as what; two parts of the Referer (LIM-1, discoveries/environment.md). */
export interface AccountInfo {
  miniProgram: {
    appId: string;
    envVersion: 'develop' | 'trial' | 'release';
    /** Empty but in a release. */
    version: string;
  };
  /** As typed officially; there at run time only inside a plugin. */
  plugin: { appId: string; version: string };
}

/** The client. */
export interface AppBaseInfo {
  SDKVersion: string;
  version: string;
  language: string;
  enableDebug: boolean;
  fontSizeScaleFactor: number;
  fontSizeSetting: number;
  host: { appId: string };
  PCKernelVersion: string;
  theme?: 'dark' | 'light';
}

/** The kinds of client that the platform tells apart. */
export type DevicePlatform = 'ios' | 'android' | 'ohos' | 'ohos_pc' | 'windows' | 'mac' | 'devtools';

/** The device. */
export interface DeviceInfo {
  abi: string;
  benchmarkLevel: number;
  brand: string;
  cpuType: string;
  deviceAbi: string;
  memorySize: string;
  model: string;
  platform: DevicePlatform;
  system: string;
}

/** The older, wider form of both. */
export interface SystemInfo {
  SDKVersion: string;
  albumAuthorized: boolean;
  benchmarkLevel: number;
  bluetoothEnabled: boolean;
  brand: string;
  cameraAuthorized: boolean;
  deviceOrientation: 'portrait' | 'landscape';
  enableDebug: boolean;
  fontSizeSetting: number;
  host: { appId: string };
  language: string;
  locationAuthorized: boolean;
  locationEnabled: boolean;
  locationReducedAccuracy: boolean;
  microphoneAuthorized: boolean;
  model: string;
  notificationAlertAuthorized: boolean;
  notificationAuthorized: boolean;
  notificationBadgeAuthorized: boolean;
  notificationSoundAuthorized: boolean;
  phoneCalendarAuthorized: boolean;
  pixelRatio: number;
  platform: DevicePlatform;
  safeArea: { bottom: number; height: number; left: number; right: number; top: number; width: number };
  screenHeight: number;
  screenWidth: number;
  statusBarHeight: number;
  system: string;
  version: string;
  wifiEnabled: boolean;
  windowHeight: number;
  windowWidth: number;
  theme?: 'dark' | 'light';
}
