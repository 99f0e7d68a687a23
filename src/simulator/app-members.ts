import { createAppEvents, enteredWith } from './apis/app-events.js';
import { createAppInfo } from './apis/app-info.js';
import { createBackgroundFetch } from './apis/background-fetch.js';
import { createCachedCalls } from './apis/cached-calls.js';
import { createConnectSocket } from './apis/connect-socket.js';
import { createDownloadFile } from './apis/download-file.js';
import { createFileSystem } from './apis/file-system.js';
import { createLocalAddress } from './apis/local-address.js';
import { createLocalServices } from './apis/local-service.js';
import { createMemoryWarning } from './apis/memory-warning.js';
import { createNetworkStatus } from './apis/network-status.js';
import { createRequest } from './apis/request.js';
import { createSessionApi } from './apis/session.js';
import { createStorageApi } from './apis/storage.js';
import { createSystemInfo } from './apis/system-info.js';
import { createTcp } from './apis/tcp-socket.js';
import { createUdp } from './apis/udp-socket.js';
import { createUpdateManager } from './apis/update-manager.js';
import { createUploadFile } from './apis/upload-file.js';
import type { Device } from './device.js';
import type { Host } from './host.js';
import { membersOf } from './members.js';
import { addressNow } from './rules/carrier-address.js';
import type { SimulatedWx } from './simulated-wx.js';

/**
 * Makes the `wx` of one life of an app, and what moves those of its members that tell of the phone.
 *
 * @param gone - Whether the app has ended, and how: what is kept on the device is out of its reach then.
 */
export function createAppMembers(host: Host, device: Device, gone: () => 'closed' | 'destroyed' | undefined) {
  const { settings, storage, deliver, report } = host;
  const { scheduler, phone } = settings;
  const fileSystem = createFileSystem(storage, deliver);
  const appEvents = createAppEvents();
  const networkStatus = createNetworkStatus(host.networkType, () => device.conditions().weak, deliver);
  const memory = createMemoryWarning(deliver, phone === 'android');
  const appInfo = createAppInfo(settings, () => wx);
  const session = createSessionApi({
    session: settings.session,
    scheduler,
    deliver,
    offline: () => host.networkType() === 'none',
    logins: device.logins,
  });
  const { connectionChanged, ...cachedCalls } = createCachedCalls(
    host,
    { request: createRequest(host), ...session },
    { cache: device.answers, weak: () => host.networkType() === 'none' || device.conditions().weak },
  );
  const all: SimulatedWx = {
    uploadFile: createUploadFile(host),
    downloadFile: createDownloadFile(host),
    env: { USER_DATA_PATH: storage.paths.userData },
    getFileSystemManager: () => fileSystem,
    ...createConnectSocket(host),
    ...createTcp(host),
    ...createUdp(host),
    ...createLocalServices(host),
    ...appEvents.api,
    ...networkStatus.api,
    ...createStorageApi({
      values: device.values,
      storage: settings.storage,
      scheduler,
      report,
      deliver,
      count: device.countStorage,
      gone,
    }),
    ...createLocalAddress(() => addressNow(settings.device, host.networkType()), deliver),
    ...cachedCalls,
    ...createBackgroundFetch({
      fetched: settings.backgroundFetch,
      scheduler,
      deliver,
      onIos: phone === 'ios',
      fetchToken: device.fetchToken,
    }),
    ...createUpdateManager({ update: settings.update, scheduler, deliver, restart: device.restart }),
    ...memory.api,
    ...createSystemInfo(appInfo.getSystemInfoSync, enteredWith, deliver),
    ...appInfo,
  };
  const wx: SimulatedWx = membersOf(all, settings);
  return { wx, appEvents, networkStatus, memory, connectionChanged };
}
