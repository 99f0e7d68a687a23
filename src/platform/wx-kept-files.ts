import type { WxFailure } from './wx.js';

interface Callbacks<Result> {
  success?: (result: Result) => void;
  fail?: (failure: WxFailure) => void;
}

/** The part of the platform's file manager that keeps copies of files. */
export interface WxFileKeeper {
  mkdir(option: Callbacks<unknown> & { dirPath: string; recursive?: boolean }): unknown;
  copyFile(option: Callbacks<unknown> & { srcPath: string; destPath: string }): unknown;
  unlink(option: Callbacks<unknown> & { filePath: string }): unknown;
  readdir(option: Callbacks<{ files: string[] }> & { dirPath: string }): unknown;
}

/** The part of `wx` that keeps copies of files among those of the app. */
export interface WxKeptFilesPort {
  readonly env: { readonly USER_DATA_PATH: string };
  getFileSystemManager(): WxFileKeeper;
}
