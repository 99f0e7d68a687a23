// Run by end-of-process.test.ts in a process of its own: an app that uses everything, and then ends in one of several ways.
import { existsSync, readdirSync } from 'node:fs';
import { asyncScheduler, firstValueFrom, timer } from 'rxjs';
import { createSimulator, type Simulator } from '../../../src/simulator/index.js';

/** How the app ends, and where its server is. */
export interface AppProcess {
  readonly end: 'nothing more to do' | 'hidden' | 'destroy' | 'close' | 'restart';
  readonly http: { readonly port: number; readonly ca: string };
  readonly socketPort: number;
}

/** What it says at the end: open file descriptors and what holds a process, before the simulator and after. */
export interface Measured {
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly heldBefore: readonly string[];
  readonly heldAfter: readonly string[];
}

const { end, http, socketPort } = JSON.parse(process.argv[2] ?? '') as AppProcess;
const API = 'https://api.example.com';

const openFiles = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
const held = () => process.getActiveResourcesInfo().filter((kind) => !/Pipe|TTY|File|Immediate/.test(kind));

function makePhone(): Simulator {
  return createSimulator({
    domains: { request: [API], uploadFile: [API], downloadFile: [API] },
    // Its neighbour is where the sockets are.
    device: { localip: '127.0.0.2', netmask: '255.0.0.0' },
    ca: http.ca,
    lookup: (host) => (host === 'api.example.com' ? { address: '127.0.0.1', port: http.port } : undefined),
  });
}

/** Calls that end, over HTTP/1.1 and HTTP/2, and files. */
async function callAll({ wx }: Simulator): Promise<void> {
  const filePath = `${wx.env.USER_DATA_PATH}/a.txt`;
  wx.getFileSystemManager().writeFileSync(filePath, 'a');
  await wx.setStorage({ key: 'a', data: 1 });
  await Promise.all([
    ...[true, false].map(
      (enableHttp2) => new Promise((complete) => void wx.request({ url: `${API}/now`, enableHttp2, complete })),
    ),
    new Promise((complete) => void wx.uploadFile({ url: `${API}/now`, filePath, name: 'a', complete })),
    new Promise((complete) => void wx.downloadFile({ url: `${API}/now`, complete })),
  ]);
}

/** One of everything that stays open. */
async function openAll(simulator: Simulator): Promise<void> {
  const { wx, scheduler } = simulator;
  const socket = wx.connectSocket({ url: `ws://127.0.0.1:${socketPort}/` });
  await new Promise<void>((opened, failed) => {
    socket.onOpen(() => opened());
    socket.onError(({ errMsg }) => failed(new Error(errMsg)));
  });
  wx.createUDPSocket().bind();
  const tcp = wx.createTCPSocket();
  tcp.connect({ address: '127.0.0.1', port: socketPort });
  void wx.startLocalServiceDiscovery({ serviceType: '_http._tcp' });
  wx.request({ url: `${API}/never` });
  wx.request({ url: `${API}/never`, enableHttp2: true });
  wx.downloadFile({ url: `${API}/never` });
  // A timer of the app's own ends with the app, not with the simulator.
  if (end !== 'close') scheduler.schedule(() => {}, 600_000);
  // So that all of it is under way.
  await firstValueFrom(timer(100, asyncScheduler));
}

const warmUp = makePhone();
await callAll(warmUp);
await warmUp.close();
await firstValueFrom(timer(100, asyncScheduler));

const filesBefore = openFiles();
const heldBefore = held();
const simulator = makePhone();
await callAll(simulator);
if (end === 'hidden') simulator.enterBackground();
if (end === 'destroy' || end === 'close' || end === 'restart') await openAll(simulator);
if (end === 'destroy') simulator.destroy();
if (end === 'restart') simulator.restart();
if (end === 'close') {
  await simulator.close();
  const measured: Measured = { filesBefore, filesAfter: openFiles(), heldBefore, heldAfter: held() };
  process.stdout.write(JSON.stringify(measured));
} else {
  process.stdout.write('nothing more to do');
}
