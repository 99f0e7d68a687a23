import type { Observable } from 'rxjs';
import { createDownload, createHttp, createNetwork, createUpload, type Network, type WxPort } from '../src/index.js';
import { createStream } from '../src/streams.js';
import { atMost, grouped, median, type Figure } from './measure.js';

const CALLS = 10_000;
const URLS = Array.from({ length: CALLS }, (_, index) => `https://api.example.com/items/${index}`);
const ORIGINS = ['https://api.example.com'];

/** What the platform was asked for, which it keeps as long as the call runs. */
const asked: unknown[] = [];
/** The platform's own, and so not counted. */
const task = { abort() {} };
const ask = (option: object) => {
  asked.push(option);
  return task;
};
const wx = {
  request: ask,
  uploadFile: ask,
  downloadFile: ask,
  onAppShow() {},
  onAppHide() {},
  canIUse: () => true,
} as unknown as WxPort;

type Face = (network: Network) => (url: string) => Observable<unknown>;

const HTTP = 'http$';
const FACES: { readonly [name: string]: Face } = {
  [HTTP]: (network) => createHttp(network),
  upload$: (network) => {
    const upload$ = createUpload(network);
    return (url) => upload$({ url, filePath: 'wxfile://tmp/a.jpg', name: 'file' });
  },
  download$: (network) => createDownload(network),
  stream$: (network) => createStream(network),
};

/** How many bytes of heap a call holds: while it waits for a place, and while it runs, with what the platform was asked. */
export function heldFigures(): Figure[] {
  return [...heldWhile('waiting', 10, 1_100), ...heldWhile('running', Infinity, 3_000)];
}

function heldWhile(state: string, concurrency: number, most: number): Figure[] {
  const at = `${grouped(CALLS)} ${state}`;
  const unit = 'bytes a call';
  let ours = NaN;
  return Object.entries(FACES).map(([who, face]): Figure => {
    const value = median([0, 1, 2].map(() => bytesEach(face, concurrency)));
    if (who === HTTP) ours = value;
    const verdict = who === HTTP ? atMost(value, most, 'bytes') : atMost(value / ours, 1.5, '× http$');
    return { at, who, value, unit, ours: who === HTTP, verdict };
  });
}

function bytesEach(face: Face, concurrency: number): number {
  const domains = { request: ORIGINS, uploadFile: ORIGINS, downloadFile: ORIGINS };
  const call = face(createNetwork({ wx, domains, concurrency, onWarning: () => {} }));
  const before = heapUsed();
  const calls = URLS.map((url) => call(url).subscribe(() => {}));
  const bytes = (heapUsed() - before) / CALLS;
  // From the last: one that waits must not start because one before it left.
  for (const subscription of calls.reverse()) subscription.unsubscribe();
  asked.length = 0;
  return bytes;
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
