import { asyncScheduler, filter, NEVER, skip, type Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';
import type {
  WxDownloadFileOption,
  WxDownloadFilePort,
  WxDownloadFileSuccess,
  WxDownloadProgress,
  WxUploadFileOption,
  WxUploadFilePort,
  WxUploadProgress,
} from '../platform/wx-files.js';
import type { WxTcpPort, WxUdpPort } from '../platform/wx-sockets.js';
import type {
  WxChunkReceived,
  WxFailure,
  WxHeadersReceived,
  WxLifecyclePort,
  WxRequestOption,
  WxRequestPort,
  WxRequestSuccess,
} from '../platform/wx.js';
import { scriptedRawSockets, type ScriptedRawSocketOptions } from './scripted-raw-sockets.js';
import { scriptedSockets, type ScriptedSocketOptions, type ScriptedSockets } from './scripted-sockets.js';

/** What happens on the wire: an answer, or what comes before it; a failure is the stream's error. */
export type WireMark =
  | Partial<WxRequestSuccess & Pick<WxDownloadFileSuccess, 'filePath' | 'tempFilePath'>>
  | { readonly headers: WxHeadersReceived }
  | { readonly chunk: WxChunkReceived }
  | { readonly progress: WxUploadProgress | WxDownloadProgress };

type Option = WxRequestOption | WxUploadFileOption | WxDownloadFileOption;

/** A bare `wx`, for tests that count what code does to it. */
export interface ScriptedWx
  extends
    WxRequestPort,
    WxUploadFilePort,
    WxDownloadFilePort,
    ScriptedSockets,
    WxTcpPort,
    WxUdpPort,
    Required<Pick<WxLifecyclePort, 'onAppShow' | 'onAppHide'>> {
  /** `sent @0`, `aborted @4`; of WebSockets `connect 0 @0`, `send 0 hi @4`, `close 0 1000 @5`; of TCP `connect 192.168.1.20:9000 @0`, `write hi @1`, `close @9`; of UDP `bind 40000 @0` … in the order of events. */
  readonly log: string[];
  /** What each request, upload and download was asked for with. */
  readonly options: WxRequestOption[];
  /** All that are attached: to the task of any call, to TCP and UDP sockets. */
  readonly listeners: Set<(report: never) => void>;
}

/** How a scripted `wx` behaves beyond the answers to its calls. */
export interface ScriptedWxOptions extends ScriptedSocketOptions, ScriptedRawSocketOptions {
  /** The app's lifecycle: what `app('--h--s')` draws. @defaultValue it stays in front */
  readonly app$?: Observable<AppState> | undefined;
}

/**
 * Makes a `wx` without rules and without limits: it does what the test says, and writes down what is done to it. It cuts and
 * refuses nothing in the background, so that only the doing of the code under test is seen. Where the rules should hold,
 * use the `wx` of `marbles()`.
 *
 * ```text
 * calls    ---r              r: { data: '{}' }
 * sockets  --o--a--x         o: { open: {} }, a: { message: { data: 'a' } }, x: { close: { code: 1006 } }
 * ```
 *
 * `abort` reports a failure in the same turn, and a socket's `close` is told a while later: the worst cases of phones.
 *
 * @example
 * ```ts
 * it('leaves nothing running', marbles(({ cold, app, flush }) => {
 *   const wx = scriptedWx(() => cold('9s r', { r: { data: '{}' } }), { app$: app('--h') });
 *   loadUsers(createHttp(createNetwork({ wx }))).subscribe({ error: () => {} });
 *   flush();
 *
 *   assert.deepStrictEqual(wx.log, ['sent @0', 'aborted @5002']);
 * }));
 * ```
 *
 * @param answers - Makes the stream of what happens to a request, an upload or a download; a failure is its error.
 */
export function scriptedWx(
  answers: (option: WxRequestOption) => Observable<WireMark>,
  { app$ = NEVER, ...socketOptions }: ScriptedWxOptions = {},
): ScriptedWx {
  const log: string[] = [];
  const options: WxRequestOption[] = [];
  const listeners = new Set<(report: never) => void>();
  const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);

  const answeredBy = (api: string) => (given: Option) => {
    const option = given as WxRequestOption;
    const mine = new Map<string, ((report: unknown) => void)[]>([
      ['headers', []],
      ['chunk', []],
      ['progress', []],
    ]);
    note('sent');
    options.push(option);
    const wire = answers(option).subscribe({
      next: (mark) => {
        const event = [...mine.keys()].find((name) => name in mark);
        if (event)
          for (const listener of mine.get(event) ?? []) listener((mark as { [event: string]: unknown })[event]);
        else option.success?.({ data: '', statusCode: 200, header: {}, errMsg: `${api}:ok`, ...mark });
      },
      error: (failure: unknown) => option.fail?.(failure as WxFailure),
    });
    const on = (event: string) => (listener: (report: never) => void) => {
      listeners.add(listener);
      mine.get(event)?.push(listener as (report: unknown) => void);
    };
    const off = (event: string) => (listener: (report: never) => void) => {
      listeners.delete(listener);
      mine.set(event, mine.get(event)?.filter((other) => other !== listener) ?? []);
    };
    return {
      abort() {
        note('aborted');
        wire.unsubscribe();
        option.fail?.({ errMsg: `${api}:fail abort` });
      },
      onHeadersReceived: on('headers'),
      offHeadersReceived: off('headers'),
      onChunkReceived: on('chunk'),
      offChunkReceived: off('chunk'),
      onProgressUpdate: on('progress'),
      offProgressUpdate: off('progress'),
    };
  };

  const toldOf = (visibility: AppState['visibility'], states$: Observable<AppState>) => (listener: () => void) => {
    states$.pipe(filter((state) => state.visibility === visibility)).subscribe(() => listener());
  };

  return {
    ...scriptedRawSockets(note, listeners, socketOptions),
    ...scriptedSockets(note, socketOptions),
    log,
    options,
    listeners,
    // To be in front at first is no event; to be hidden is, or nobody would know.
    onAppShow: toldOf('foreground', app$.pipe(skip(1))),
    onAppHide: toldOf('background', app$),
    request: answeredBy('request'),
    uploadFile: answeredBy('uploadFile'),
    downloadFile: answeredBy('downloadFile'),
  };
}
