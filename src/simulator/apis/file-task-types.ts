import type { CallOption } from './start-call.js';
import type { RequestProfile } from './request-types.js';

/** The options of `wx.uploadFile` (discoveries/files.md). */
export interface UploadFileOption extends CallOption<UploadFileSuccess>, AcceptedOnly {
  /** A file of the device: a temporary one, a saved one, or one of the app's own. */
  filePath: string;
  /** The field that the file is. */
  name: string;
  /** The form's other fields. */
  formData?: Record<string, unknown> | undefined;
}

/** The options of `wx.downloadFile` (discoveries/files.md). */
export interface DownloadFileOption extends CallOption<DownloadFileSuccess>, AcceptedOnly {
  /** Where to put the file, below `wx.env.USER_DATA_PATH`. @defaultValue a temporary file */
  filePath?: string | undefined;
}

interface AcceptedOnly {
  /** @defaultValue `false` */
  enableHttp2?: boolean | undefined;
  /** @defaultValue `true` */
  enableProfile?: boolean | undefined;
  /** Accepted, without effect: there is no QUIC here. */
  enableQuic?: boolean | undefined;
}

/** What `success` of `wx.uploadFile` gets, whatever the status (CB-1). */
export interface UploadFileSuccess {
  /** Never parsed. */
  data: string;
  statusCode: number;
  /** As typed officially; there on Android and iOS, unless `enableProfile` is `false` (discoveries/request.md#profile). */
  profile: RequestProfile;
  errMsg: string;
}

/** What `success` of `wx.downloadFile` gets, whatever the status (CB-1): the file holds the body. */
export interface DownloadFileSuccess {
  /** Where the file is; missing, although typed officially as if it were not, when a `filePath` was given. */
  tempFilePath: string;
  /** The `filePath` that was given; missing, although typed officially as if it were not, when there was none. */
  filePath: string;
  statusCode: number;
  /** As typed officially; there on Android and iOS, unless `enableProfile` is `false` (discoveries/request.md#profile). */
  profile: RequestProfile;
  errMsg: string;
}

/** What `onHeadersReceived` of both tasks tells. There is no status in it. */
export interface FileTaskHeaders {
  header: Record<string, string>;
}

/** What `onProgressUpdate` of an upload tells; bytes of the whole form. */
export interface UploadProgress {
  /** Per cent, a whole number. */
  progress: number;
  totalBytesSent: number;
  totalBytesExpectedToSend: number;
}

/** What `onProgressUpdate` of a download tells. */
export interface DownloadProgress {
  /** Per cent, a whole number; 0 while nobody knows. */
  progress: number;
  totalBytesWritten: number;
  /** What `Content-Length` says, also of a body that was compressed on its way; 0 without one. */
  totalBytesExpectedToWrite: number;
}

/** What both APIs return, even when the call was refused or waits. `off…` without an argument removes all listeners. */
export interface FileTask<Progress> {
  /** `fail` and `complete` follow, once; nothing, when the call has ended. */
  abort(): void;
  onProgressUpdate(listener: (result: Progress) => void): void;
  offProgressUpdate(listener?: (result: Progress) => void): void;
  onHeadersReceived(listener: (result: FileTaskHeaders) => void): void;
  offHeadersReceived(listener?: (result: FileTaskHeaders) => void): void;
}

export type UploadTask = FileTask<UploadProgress>;
export type DownloadTask = FileTask<DownloadProgress>;
