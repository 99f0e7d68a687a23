/**
 * The app side: what runs on a phone. In the README's order.
 */

// http$() and what it stands on
export {
  createHttp,
  http$,
  type Http,
  type HttpCallOptions,
  type HttpGet,
  type HttpSend,
} from './network/calls/http.js';
export { createNetwork, type Network, type NetworkOptions } from './network/create-network.js';
export type {
  CallOptions,
  HttpHandler,
  HttpInterceptor,
  HttpInterceptorResult,
  HttpRequest,
} from './network/calls/http-request.js';

// Files in and out
export { createUpload, upload$, type Upload, type UploadEvent } from './network/calls/upload.js';
export type { UploadFile, UploadRequest } from './network/calls/upload-request.js';
export {
  createDownload,
  download$,
  type Download,
  type DownloadAnswerEvent,
  type DownloadEvent,
  type DownloadRequest,
} from './network/calls/download.js';
export type { AnswerEvent, OfAttempt, ProgressEvent, SentEvent } from './network/calls/call-events.js';

// Sources: wx → Observable
export type { WithWx, WithWxAndScheduler } from './sources/call-wx.js';
export { request$, type RequestEvent, type RequestOptions, type RequestResponseEvent } from './sources/request.js';
export { uploadFile$, type UploadFileEvent, type UploadFileOptions } from './sources/upload-file.js';
export { downloadFile$, type DownloadFileEvent, type DownloadFileOptions } from './sources/download-file.js';
export { readFile$ } from './sources/read-file.js';
export type { FileEvent, FileResponseEvent } from './sources/file-events.js';
export { appLifecycle$ } from './sources/app-lifecycle.js';
export { networkStatus$ } from './sources/network-status.js';

// Operators: one policy each
export { allowDomains, type AllowDomainsOptions, type DomainPolicy } from './operators/allow-domains.js';
export { limitConcurrency, type LimitConcurrencyOptions } from './operators/limit-concurrency.js';
export {
  createRequestQueue,
  type RequestQueue,
  type RequestQueueOptions,
  type RequestQueueState,
} from './operators/request-queue.js';
export type { Priority } from './operators/waiting-line.js';
export { interruptInBackground, type InterruptInBackgroundOptions } from './operators/interrupt-in-background.js';
export { holdInBackground } from './operators/hold-in-background.js';
export { refuseInBackground, type RefuseInBackgroundOptions } from './operators/refuse-in-background.js';
export { replayAfterInterruption, type ReplayAfterInterruptionOptions } from './operators/replay-after-interruption.js';
export { timeLimit, type AttemptTimeLimit, type TotalTimeLimit } from './operators/time-limit.js';
export { takeUntilUnload } from './operators/take-until-unload.js';
export { mapResponse } from './operators/map-response.js';
export { requireOk, type OkOnly } from './operators/require-ok.js';
export { decodeBody } from './operators/decode-body.js';
export type { BodyKind, DecodeBodyOptions, ParseJson, ParseJsonContext } from './platform/decode.js';
export { declaredCharsetOf } from './platform/declared-charset.js';

// Errors
export {
  isNetworkError,
  NetworkError,
  type CallDetails,
  type CallPhase,
  type ErrorWithResponse,
  type NetworkErrorCode,
  type NetworkErrorDetails,
  type RuleId,
} from './platform/network-error.js';

// The vocabulary of the platform: what comes out of the streams, and what a wx of one's own is written with
export type { HttpResponse, ResponseTiming } from './platform/http-response.js';
export type { PlatformOptions, RequestPlatformOptions } from './platform/platform-options.js';
export type { Diagnosis, RequestException, RequestProfile, WxDiagnosis } from './platform/request-profile.js';
export type { AppState, AppVisibility, BackgroundPolicy } from './platform/app-state.js';
export type { Charset, CharsetDecoder, StreamingDecoder } from './platform/charset.js';
export type { ArrayStyle } from './platform/encode-query.js';
export type { Bytes } from './platform/exact-bytes.js';
export type { DomainApi, DomainListName } from './platform/domain-apis.js';
export type { DomainLists } from './platform/domain-lists.js';
export type {
  AddressProblemName,
  DomainRuleId,
  EntryProblemName,
  ListEntry,
  ProblemName,
  Refusal,
  UrlProblemName,
} from './platform/refusal.js';
export type { DeviceAddress } from './platform/lan-address.js';
export type { NetworkTimeout, TimedApi } from './platform/network-timeout.js';
export type {
  Header,
  HttpMethod,
  NetworkStatus,
  NetworkType,
  RequestData,
  WxChunkReceived,
  WxFailure,
  WxHeadersReceived,
  WxLifecyclePort,
  WxNetworkStatusPort,
  WxPort,
  WxRequestOption,
  WxRequestPort,
  WxRequestSuccess,
  WxRequestTask,
} from './platform/wx.js';
export type { Progress } from './platform/progress.js';
export type {
  WxDownloadFileOption,
  WxDownloadFilePort,
  WxDownloadFileSuccess,
  WxDownloadProgress,
  WxFileTask,
  WxReadFileOption,
  WxReadFilePort,
  WxReadFileSuccess,
  WxUploadFileOption,
  WxUploadFilePort,
  WxUploadFileSuccess,
  WxUploadProgress,
} from './platform/wx-files.js';
