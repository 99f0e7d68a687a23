import type { AppEvents } from './apis/app-events.js';
import type { AppInfoApi } from './apis/app-info.js';
import type { BackgroundFetchApi } from './apis/background-fetch.js';
import type { CacheManagerApi } from './apis/cache-manager-types.js';
import type { ConnectSocketApi } from './apis/connect-socket.js';
import type { DownloadFile } from './apis/download-file.js';
import type { FileSystemManager } from './apis/file-system-types.js';
import type { LocalAddressApi } from './apis/local-address.js';
import type { LocalServiceApi } from './apis/local-service.js';
import type { MemoryWarningApi } from './apis/memory-warning.js';
import type { NetworkStatusApi } from './apis/network-status.js';
import type { Request } from './apis/request.js';
import type { SessionApi } from './apis/session.js';
import type { StorageApi } from './apis/storage-types.js';
import type { SystemInfoApi } from './apis/system-info.js';
import type { TcpSocketApi } from './apis/tcp-socket.js';
import type { UdpSocketApi } from './apis/udp-socket.js';
import type { UpdateManagerApi } from './apis/update-manager.js';
import type { UploadFile } from './apis/upload-file.js';

/** The platform's object, as far as it is simulated. A mini game and a plugin find less of it: `runsAs`. */
export interface SimulatedWx
  extends
    AppEvents,
    NetworkStatusApi,
    AppInfoApi,
    LocalAddressApi,
    ConnectSocketApi,
    TcpSocketApi,
    UdpSocketApi,
    LocalServiceApi,
    StorageApi,
    SessionApi,
    SystemInfoApi,
    MemoryWarningApi,
    BackgroundFetchApi,
    CacheManagerApi,
    UpdateManagerApi {
  readonly request: Request;
  readonly uploadFile: UploadFile;
  readonly downloadFile: DownloadFile;
  readonly env: { readonly USER_DATA_PATH: string };
  readonly getFileSystemManager: () => FileSystemManager;
  /** In a mini game alone, which has no `onAppShow`; so the three below. */
  readonly onShow?: AppEvents['onAppShow'];
  readonly offShow?: AppEvents['offAppShow'];
  readonly onHide?: AppEvents['onAppHide'];
  readonly offHide?: AppEvents['offAppHide'];
}
