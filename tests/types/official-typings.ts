// Compiled, never run: `npx tsc -p tsconfig.node.json` is the test.
import type { WxDownloadFilePort, WxReadFilePort, WxUploadFilePort } from '../../src/platform/wx-files.js';
import type { WxStoragePort } from '../../src/platform/wx-storage.js';
import type { WxLifecyclePort, WxNetworkStatusPort, WxPort, WxRequestPort } from '../../src/platform/wx.js';
import type { WxConnectSocketPort, WxLocalServicePort, WxTcpPort, WxUdpPort } from '../../src/platform/wx-sockets.js';
import type { FileSystemManager } from '../../src/simulator/apis/file-system-types.js';
import type { NetworkTypeResult, Promised } from '../../src/simulator/apis/network-status.js';
import { createSimulator, type SimulatedWx } from '../../src/simulator/create-simulator.js';

type Simulated =
  | 'request'
  | 'uploadFile'
  | 'downloadFile'
  | 'env'
  | 'onAppShow'
  | 'offAppShow'
  | 'onAppHide'
  | 'offAppHide'
  | 'getNetworkType'
  | 'onNetworkWeakChange'
  | 'offNetworkWeakChange'
  | 'onNetworkStatusChange'
  | 'offNetworkStatusChange'
  | 'getAccountInfoSync'
  | 'getAppBaseInfo'
  | 'getDeviceInfo'
  | 'getSystemInfoSync'
  | 'getLocalIPAddress'
  | 'connectSocket'
  | 'onSocketOpen'
  | 'onSocketMessage'
  | 'onSocketError'
  | 'onSocketClose'
  | 'sendSocketMessage'
  | 'closeSocket'
  | 'createTCPSocket'
  | 'createUDPSocket'
  | 'startLocalServiceDiscovery'
  | 'stopLocalServiceDiscovery'
  | 'onLocalServiceFound'
  | 'offLocalServiceFound'
  | 'onLocalServiceLost'
  | 'offLocalServiceLost'
  | 'onLocalServiceResolveFail'
  | 'offLocalServiceResolveFail'
  | 'onLocalServiceDiscoveryStop'
  | 'offLocalServiceDiscoveryStop'
  | 'setStorage'
  | 'setStorageSync'
  | 'getStorage'
  | 'getStorageSync'
  | 'removeStorage'
  | 'removeStorageSync'
  | 'clearStorage'
  | 'clearStorageSync'
  | 'getStorageInfo'
  | 'getStorageInfoSync'
  | 'batchSetStorage'
  | 'batchSetStorageSync'
  | 'batchGetStorage'
  | 'batchGetStorageSync'
  | 'login'
  | 'checkSession'
  | 'onMemoryWarning'
  | 'offMemoryWarning'
  | 'getBackgroundFetchData'
  | 'setBackgroundFetchToken'
  | 'getBackgroundFetchToken'
  | 'onBackgroundFetchData'
  | 'getUpdateManager'
  | 'createCacheManager'
  | 'getWindowInfo'
  | 'getSystemSetting'
  | 'getAppAuthorizeSetting'
  | 'getLaunchOptionsSync'
  | 'getEnterOptionsSync'
  | 'getSystemInfo'
  | 'getSystemInfoAsync'
  | 'canIUse';

/** What mini games alone have, whose typings are others. */
type InMiniGames = 'onShow' | 'offShow' | 'onHide' | 'offHide';

/** The members that apps use with files from and for the network. */
type FileMembers =
  | 'access'
  | 'accessSync'
  | 'readFile'
  | 'readFileSync'
  | 'writeFile'
  | 'writeFileSync'
  | 'appendFile'
  | 'appendFileSync'
  | 'unlink'
  | 'unlinkSync'
  | 'mkdir'
  | 'mkdirSync'
  | 'rmdir'
  | 'rmdirSync'
  | 'readdir'
  | 'readdirSync'
  | 'stat'
  | 'statSync'
  | 'saveFile'
  | 'saveFileSync'
  | 'copyFile'
  | 'copyFileSync'
  | 'rename'
  | 'renameSync'
  | 'getFileInfo';

const simulated = createSimulator().wx;
declare const official: WechatMiniprogram.Wx;

// The simulator's wx passes for the official one, as far as it goes …
export const asOfficial: Pick<WechatMiniprogram.Wx, Simulated> = simulated;
// … has nothing beside it …
export const nothingElse: Exclude<keyof SimulatedWx, Simulated | 'getFileSystemManager' | InMiniGames> extends never
  ? true
  : false = true;
// … its file system too …
export const files: Pick<WechatMiniprogram.FileSystemManager, FileMembers> = simulated.getFileSystemManager();
export const noOtherFiles: Exclude<keyof FileSystemManager, FileMembers> extends never ? true : false = true;
// … and both fit the port.
export const ports: (WxPort & WxRequestPort & WxLifecyclePort & WxNetworkStatusPort)[] = [simulated, official];
export const filePorts: (WxUploadFilePort & WxDownloadFilePort & WxReadFilePort)[] = [simulated, official];

// Both fit the port of the sockets too.
export const socketPorts: (WxConnectSocketPort & WxTcpPort & WxUdpPort & WxLocalServicePort)[] = [simulated, official];

// An app's own code, with the official types, runs on it.
export function app(wx: Pick<WechatMiniprogram.Wx, Simulated>): void {
  const task = wx.request<{ name: string }>({
    url: 'https://api.example.com/me',
    method: 'GET',
    success: ({ data, profile }) => console.log(data.name, profile.queueStart),
    fail: ({ errMsg, errno }) => console.log(errMsg, errno),
  });
  task.onChunkReceived(({ data }) => console.log(data.byteLength));

  const upload = wx.uploadFile({
    url: 'https://api.example.com/photos',
    filePath: `${wx.env.USER_DATA_PATH}/photo.jpg`,
    name: 'photo',
    formData: { album: 7 },
    success: ({ data, statusCode }) => console.log(data.length, statusCode),
  });
  upload.onProgressUpdate(({ progress, totalBytesSent }) => console.log(progress, totalBytesSent));
  upload.onHeadersReceived(({ header }) => console.log(header));
  const download = wx.downloadFile({
    url: 'https://api.example.com/photo',
    success: ({ tempFilePath, profile }) => console.log(tempFilePath, profile.protocol),
  });
  download.onProgressUpdate(({ progress, totalBytesWritten }) => console.log(progress, totalBytesWritten));
  download.offProgressUpdate();
  const socket = wx.connectSocket({ url: 'wss://api.example.com/chat', protocols: ['chat'], fail: console.error });
  socket.onOpen(({ header, profile }) => console.log(header, profile.handshakeCost));
  socket.onMessage(({ data }) => console.log(typeof data === 'string' ? data : data.byteLength));
  socket.onClose(({ code, reason }) => console.log(code, reason));
  socket.send({ data: new ArrayBuffer(4) });
  socket.close({ code: 1000, reason: 'done' });
  wx.onSocketMessage(({ data }) => console.log(data));
  wx.sendSocketMessage({ data: 'hello' }).catch(console.error);

  const tcp = wx.createTCPSocket({ type: 'ipv4' });
  tcp.onConnect(({ remoteInfo, localInfo }) => console.log(remoteInfo.address, localInfo.port));
  tcp.onMessage(({ message }) => tcp.write(message));
  tcp.connect({ address: '192.168.1.7', port: 9000, timeout: 2 });

  const udp = wx.createUDPSocket('udp4');
  const port: number = udp.bind();
  udp.onMessage(({ message, remoteInfo }) => console.log(port, message.byteLength, remoteInfo.size));
  udp.send({ address: '255.255.255.255', port: 9001, message: 'who is there?', setBroadcast: true });

  wx.onLocalServiceFound(({ serviceName, ip }) => console.log(serviceName, ip));
  wx.startLocalServiceDiscovery({ serviceType: '_http._tcp' }).catch(console.error);
}
app(simulated);

export async function promised(): Promise<string> {
  return (await simulated.getNetworkType()).networkType;
}

export function negativeChecks(): void {
  // @ts-expect-error -- the platform has no PATCH
  simulated.request({ url: 'https://api.example.com', method: 'PATCH' });
  // @ts-expect-error -- url is not optional
  simulated.request({ method: 'GET' });
  // @ts-expect-error -- an option of other vendors (discoveries/request.md)
  simulated.request({ url: 'https://api.example.com', enableCookie: true });
  // @ts-expect-error -- a listener must be given
  simulated.onAppShow();
  // @ts-expect-error -- a form has one file, and it has a name
  simulated.uploadFile({ url: 'https://api.example.com', filePath: 'wxfile://usr/a' });
  // @ts-expect-error -- downloads are always GET
  simulated.downloadFile({ url: 'https://api.example.com', method: 'POST' });
  // @ts-expect-error -- files are text or an ArrayBuffer, no typed array
  simulated.getFileSystemManager().writeFileSync('wxfile://usr/a', new Uint8Array(1));
  // @ts-expect-error -- a phone takes no typed array
  simulated.connectSocket({ url: 'wss://api.example.com' }).send({ data: new Uint8Array(1) });
  // @ts-expect-error -- no code that a phone has been seen to give
  createSimulator({ interruptedSocket: 1001 });
  // @ts-expect-error -- lists are arrays
  createSimulator({ domains: { request: 'https://api.example.com' } });
  // @ts-expect-error -- a dialect that nobody speaks
  createSimulator({ dialect: 'ios' });
  // @ts-expect-error -- a wire brings events, not text
  createSimulator({ wire: () => 'text' });
}

// @ts-expect-error -- with a callback there is no promise
export type NoPromise = Promised<{ success: () => void }, NetworkTypeResult>['then'];

// And that of the storage.
export const storagePorts: WxStoragePort[] = [simulated, official];
