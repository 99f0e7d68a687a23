import type { PhoneName } from '../phones.js';
import type { Settings } from '../settings.js';
import type { AccountInfo, AppBaseInfo, DeviceInfo, DevicePlatform, SystemInfo } from './app-info-types.js';

/** The part of `wx` that tells what the app runs in (discoveries/environment.md). */
export interface AppInfoApi {
  getAccountInfoSync(): AccountInfo;
  getAppBaseInfo(): AppBaseInfo;
  getDeviceInfo(): DeviceInfo;
  readonly getSystemInfoSync: () => SystemInfo;
  /** Whether the simulator has it: an API, an option such as `'request.object.timeout'`, a task's member. */
  canIUse(schema: string): boolean;
}

const CLIENT_VERSION = '8.0.50';

/** A device of each client: what it is called there, and what it says of itself. */
const DEVICES = {
  android: ['android', { brand: 'Google', model: 'Pixel 8', system: 'Android 14', abi: 'arm64-v8a' }, 30],
  ios: ['ios', { brand: 'iPhone', model: 'iPhone 15<iPhone15,4>', system: 'iOS 17.5', abi: '' }, -1],
  harmony: ['ohos', { brand: 'HUAWEI', model: 'ALN-AL10', system: 'HarmonyOS 5.0', abi: 'arm64-v8a' }, -1],
  windows: ['windows', { brand: 'microsoft', model: 'microsoft', system: 'Windows 11 x64', abi: '' }, -1],
  mac: ['mac', { brand: 'apple', model: 'MacBookPro18,1', system: 'macOS 14.5', abi: '' }, -1],
  devtools: ['devtools', { brand: 'devtools', model: 'iPhone 15', system: 'iOS 17.5', abi: '' }, 1],
} as const satisfies {
  readonly [Name in PhoneName]: readonly [platform: DevicePlatform, device: object, level: number];
};

/** Makes the part of `wx`. Each call gives a new object: an app may write into it. */
export function createAppInfo(settings: Settings, apis: () => object): AppInfoApi {
  const { appId, envVersion, version, runsAs, plugin, baseLibrary } = settings;
  const [platform, { brand, model, system, abi }, benchmarkLevel] = DEVICES[settings.phone];
  const language = 'zh_CN';
  const enableDebug = !settings.urlCheck;

  return {
    getAccountInfoSync: () =>
      ({
        miniProgram: {
          appId,
          // The developer tools run a develop build.
          envVersion: envVersion === 'devtools' ? 'develop' : envVersion,
          version: envVersion === 'release' ? version : '',
        },
        ...(runsAs === 'plugin' && { plugin: { appId: plugin.appId, version: plugin.version } }),
      }) as AccountInfo,
    getAppBaseInfo: () => ({
      SDKVersion: baseLibrary,
      version: CLIENT_VERSION,
      language,
      enableDebug,
      fontSizeScaleFactor: 1,
      fontSizeSetting: 16,
      host: { appId: '' },
      PCKernelVersion: '',
    }),
    getDeviceInfo: () => ({
      abi,
      deviceAbi: abi,
      benchmarkLevel,
      brand,
      cpuType: '',
      memorySize: '8192',
      model,
      platform,
      system,
    }),
    getSystemInfoSync: () => ({
      SDKVersion: baseLibrary,
      albumAuthorized: true,
      benchmarkLevel,
      bluetoothEnabled: true,
      brand,
      cameraAuthorized: true,
      deviceOrientation: 'portrait',
      enableDebug,
      fontSizeSetting: 16,
      host: { appId: '' },
      language,
      locationAuthorized: true,
      locationEnabled: true,
      locationReducedAccuracy: false,
      microphoneAuthorized: true,
      model,
      notificationAlertAuthorized: true,
      notificationAuthorized: true,
      notificationBadgeAuthorized: true,
      notificationSoundAuthorized: true,
      phoneCalendarAuthorized: true,
      pixelRatio: 3,
      platform,
      safeArea: { bottom: 818, height: 759, left: 0, right: 393, top: 59, width: 393 },
      screenHeight: 852,
      screenWidth: 393,
      statusBarHeight: 54,
      system,
      version: CLIENT_VERSION,
      wifiEnabled: true,
      windowHeight: 852,
      windowWidth: 393,
    }),
    canIUse: (schema) => {
      // From JavaScript it may be anything.
      if (typeof schema !== 'string') return false;
      const [api = '', part, member] = schema.split('.');
      const task = Object.hasOwn(TASKS, api) ? TASKS[api] : undefined;
      if (task) return part === undefined || task.includes(part);
      if (!Object.hasOwn(apis(), api)) return false;
      if (part === undefined) return true;
      const members = CALLS[api]?.[part];
      return members !== undefined && (member === undefined || members.includes(member));
    },
  };
}

const words = (text: string): readonly string[] => text.split(' ');

const FILE_TASK = words('abort onProgressUpdate offProgressUpdate onHeadersReceived offHeadersReceived');

const TASKS: { readonly [task: string]: readonly string[] } = {
  RequestTask: words('abort onHeadersReceived offHeadersReceived onChunkReceived offChunkReceived'),
  UploadTask: FILE_TASK,
  DownloadTask: FILE_TASK,
  SocketTask: words('send close onOpen onMessage onError onClose'),
  TCPSocket: words(`connect write close bindWifi ${bothWays('Connect Message Error Close BindWifi')}`),
  UDPSocket: words(`bind send connect write setTTL close ${bothWays('Listening Message Error Close')}`),
};

function bothWays(events: string): string {
  return events.replace(/\w+/g, 'on$& off$&');
}

const CALLBACKS = 'success fail complete';
const FAIL = words('errMsg errno');

/** What is there and works; an option that is only tolerated is not named. */
const CALLS: { readonly [api: string]: { readonly [part: string]: readonly string[] } } = {
  request: {
    object: words(
      `url data header method timeout dataType responseType enableChunked enableHttp2 redirect enableProfile ${CALLBACKS}`,
    ),
    success: words('data statusCode header cookies profile exception useHttpDNS errMsg'),
    fail: FAIL,
  },
  uploadFile: {
    object: words(`url filePath name header formData timeout enableProfile enableHttp2 ${CALLBACKS}`),
    success: words('data statusCode profile errMsg'),
    fail: FAIL,
  },
  downloadFile: {
    object: words(`url header timeout filePath enableProfile enableHttp2 ${CALLBACKS}`),
    success: words('tempFilePath filePath statusCode profile errMsg'),
    fail: FAIL,
  },
  setStorage: { object: words(`key data encrypt ${CALLBACKS}`), success: words('errMsg'), fail: words('errMsg') },
  getStorage: { object: words(`key encrypt ${CALLBACKS}`), success: words('data errMsg'), fail: words('errMsg') },
  connectSocket: {
    object: words(`url header protocols tcpNoDelay perMessageDeflate timeout ${CALLBACKS}`),
    success: words('errMsg'),
    fail: FAIL,
  },
};
