import { catchError, concatMap, filter, map, of, toArray, type Observable } from 'rxjs';
import { createDownload, createHttp, createUpload, NetworkError, type Network } from '../../src/index.js';
import type { SimulatedWx } from '../../src/simulator/index.js';
import { createSocket } from '../../src/sockets.js';
import { createStream } from '../../src/streams.js';
import { API } from './phone.js';

/** The socket of the last face. */
export const LIVE = 'wss://api.example.com/live';

/** Where all faces may go. */
export const LISTS = { request: [API], uploadFile: [API], downloadFile: [API], socket: [LIVE.slice(0, -5)] };

/** Each face of the library once, as it comes out: `[face, what was told]`. */
export function faces(
  wx: SimulatedWx,
  network: Network,
): readonly (readonly [face: string, result$: Observable<unknown>])[] {
  const filePath = `${wx.env.USER_DATA_PATH}/photo.jpg`;
  wx.getFileSystemManager().writeFileSync(filePath, 'a photo');
  return [
    ['http$', createHttp(network)(`${API}/http`).pipe(map(({ body }) => body))],
    [
      'upload$',
      createUpload(network)({ url: `${API}/upload`, filePath, name: 'photo' }).pipe(
        filter((event) => event.type === 'response'),
        map(({ body }) => body),
      ),
    ],
    [
      'download$',
      createDownload(network)(`${API}/download`).pipe(
        filter((event) => event.type === 'response'),
        map(({ status }) => status),
      ),
    ],
    [
      'stream$',
      createStream(network)(`${API}/stream`).pipe(
        filter((event) => event.type === 'chunk'),
        map(({ data }) => Buffer.from(data).toString('utf8')),
      ),
    ],
    ['socket$', createSocket(network)({ url: LIVE, reconnect: false }).messages$],
  ];
}

/** What each of them came to, one after the other: its code, where it failed. */
export const outcomes$ = (all: ReturnType<typeof faces>) =>
  of(...all).pipe(
    concatMap(([face, result$]) =>
      result$.pipe(
        catchError((error: unknown) => of(error instanceof NetworkError ? error.code : error)),
        toArray(),
        map((told) => [face, ...told]),
      ),
    ),
    toArray(),
  );
