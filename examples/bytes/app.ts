import { defer, map, merge, retry, throwError, timer, type Observable, type SchedulerLike } from 'rxjs';
import {
  createDownload,
  createNetwork,
  createUpload,
  isNetworkError,
  requireOk,
  type DownloadEvent,
  type UploadEvent,
  type WxPort,
} from '../../src/index.js';
import {
  createStream,
  decodeText,
  parseServerSentEvents,
  type ResumePoint,
  type ServerSentEvent,
} from '../../src/streams.js';
import { inspected } from '../stage/inspected.js';

/** What happens to the bytes, told apart by `of`. */
export type Happening =
  | { readonly of: 'upload'; readonly event: UploadEvent<unknown> }
  | { readonly of: 'download'; readonly event: DownloadEvent }
  | { readonly of: 'answer'; readonly event: ServerSentEvent };

/** Where the app's files are on the device. */
export interface Files {
  /** To be sent. */
  readonly photo: string;
  /** To be fetched. */
  readonly report: string;
}

const API = 'https://api.example.com';

/** An app that sends a file, fetches a file and lets a language model answer, all at once. */
export function createApp(wx: WxPort, scheduler: SchedulerLike, files: Files): Observable<Happening> {
  const network = inspected(
    'files',
    createNetwork({
      wx,
      scheduler,
      baseUrl: API,
      domains: { request: [API], uploadFile: [API], downloadFile: [API] },
    }),
  );
  const upload$ = createUpload(network);
  const download$ = createDownload(network);
  const stream$ = createStream(network);

  const answer$ = defer(() => {
    let resumeFrom: ResumePoint = { lastEventId: '', retryMs: undefined };
    return defer(() =>
      stream$({
        url: '/answer',
        header: resumeFrom.lastEventId === '' ? {} : { 'Last-Event-ID': resumeFrom.lastEventId },
      }).pipe(
        requireOk(),
        decodeText(),
        parseServerSentEvents({ resumeFrom, onResumePoint: (point) => (resumeFrom = point) }),
      ),
    ).pipe(
      retry({
        count: 5,
        resetOnSuccess: true,
        delay: (error) =>
          isNetworkError(error, 'connection')
            ? timer(resumeFrom.retryMs ?? 1_000, scheduler)
            : throwError(() => error as unknown),
      }),
    );
  });

  return merge(
    upload$({ url: '/photos', filePath: files.photo, name: 'photo', priority: 'low' }).pipe(
      requireOk(),
      map((event) => ({ of: 'upload', event }) as const),
    ),
    download$({ url: '/report', filePath: files.report }).pipe(
      requireOk(),
      map((event) => ({ of: 'download', event }) as const),
    ),
    answer$.pipe(map((event) => ({ of: 'answer', event }) as const)),
  );
}
