import type { AppEvents } from './apis/app-events.js';
import type { AppInfoApi } from './apis/app-info.js';
import type { ConnectSocketApi } from './apis/connect-socket.js';
import type { DownloadFile } from './apis/download-file.js';
import type { FileSystemManager } from './apis/file-system-types.js';
import type { LocalAddressApi } from './apis/local-address.js';
import type { LocalServiceApi } from './apis/local-service.js';
import type { NetworkStatusApi } from './apis/network-status.js';
import type { Request } from './apis/request.js';
import type { StorageApi } from './apis/storage-types.js';
import type { TcpSocketApi } from './apis/tcp-socket.js';
import type { UdpSocketApi } from './apis/udp-socket.js';
import type { UploadFile } from './apis/upload-file.js';

/** The platform's object, as far as it is simulated. */
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
    StorageApi {
  readonly request: Request;
  readonly uploadFile: UploadFile;
  readonly downloadFile: DownloadFile;
  readonly env: { readonly USER_DATA_PATH: string };
  readonly getFileSystemManager: () => FileSystemManager;
}
