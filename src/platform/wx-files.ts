/**
 * The port, continued: the members of `wx` that move files, as structural types.
 */
import type { WxFailure, WxHeadersReceived, WxRequestSuccess } from './wx.js';

/** What `onProgressUpdate` of an upload tells. */
export interface WxUploadProgress {
  /** Per cent, as the platform rounds it. */
  readonly progress: number;
  readonly totalBytesSent: number;
  readonly totalBytesExpectedToSend: number;
}

/** What `onProgressUpdate` of a download tells. Where the server gives no length, what is expected is unknown. */
export interface WxDownloadProgress {
  /** Per cent, as the platform rounds it. */
  readonly progress: number;
  readonly totalBytesWritten: number;
  readonly totalBytesExpectedToWrite: number;
}

/** What `success` of `wx.uploadFile` gets. The header is not in the typings; some phones hand it over all the same. */
export interface WxUploadFileSuccess extends WxRequestSuccess {
  /** A text always: the platform does not parse it. */
  readonly data: string;
}

/** What `success` of `wx.downloadFile` gets; for the header see {@link WxUploadFileSuccess}. */
export interface WxDownloadFileSuccess extends Omit<WxRequestSuccess, 'data'> {
  /** Where the file is, when the call named a place; else see `tempFilePath`. */
  readonly filePath?: string | undefined;
  /** Where the file is, until the app is closed. */
  readonly tempFilePath?: string | undefined;
}

/** The options of `wx.uploadFile` that the library sets itself. */
export interface WxUploadFileOption {
  url: string;
  filePath: string;
  /** Of the form field. */
  name: string;
  header?: Record<string, string>;
  formData?: Record<string, unknown>;
  /** Milliseconds. */
  timeout?: number;
  success?: (result: WxUploadFileSuccess) => void;
  fail?: (failure: WxFailure) => void;
}

/** The options of `wx.downloadFile` that the library sets itself. */
export interface WxDownloadFileOption {
  url: string;
  header?: Record<string, string>;
  filePath?: string;
  /** Milliseconds. */
  timeout?: number;
  success?: (result: WxDownloadFileSuccess) => void;
  fail?: (failure: WxFailure) => void;
}

/** What `wx.uploadFile` and `wx.downloadFile` return. */
export interface WxFileTask<Progress> {
  abort(): void;
  onProgressUpdate?(listener: (report: Progress) => void): void;
  offProgressUpdate?(listener: (report: Progress) => void): void;
  onHeadersReceived?(listener: (result: WxHeadersReceived) => void): void;
  offHeadersReceived?(listener: (result: WxHeadersReceived) => void): void;
}

/** The part of `wx` that sends files. */
export interface WxUploadFilePort {
  uploadFile(option: WxUploadFileOption): WxFileTask<WxUploadProgress>;
}

/** The part of `wx` that fetches files. */
export interface WxDownloadFilePort {
  downloadFile(option: WxDownloadFileOption): WxFileTask<WxDownloadProgress>;
}

/** What `success` of `readFile` gets. */
export interface WxReadFileSuccess {
  readonly data: string | ArrayBuffer;
}

/** The options of `readFile` that the library sets itself. */
export interface WxReadFileOption {
  filePath: string;
  success?: (result: WxReadFileSuccess) => void;
  fail?: (failure: WxFailure) => void;
}

/** The part of `wx` that reads files. */
export interface WxReadFilePort {
  getFileSystemManager(): { readFile(option: WxReadFileOption): unknown };
}
