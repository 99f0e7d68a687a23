import type { WxFailure } from './wx.js';

/** What the calls of the storage tell by. */
export interface WxStorageCallbacks<Result> {
  success?: (result: Result) => void;
  fail?: (failure: WxFailure) => void;
}

/** The part of `wx` that keeps values on the device, without its synchronous half. Plugins have no `getStorageInfo`. */
export interface WxStoragePort {
  getStorage(option: WxStorageCallbacks<{ data: unknown }> & { key: string; encrypt?: boolean }): unknown;
  setStorage(option: WxStorageCallbacks<object> & { key: string; data: unknown; encrypt?: boolean }): unknown;
  removeStorage(option: WxStorageCallbacks<object> & { key: string }): unknown;
  /** Many at once; base library 2.25.0. It tells `dataList`, of which the typings know nothing. */
  batchGetStorage?(option: WxStorageCallbacks<object> & { keyList: string[] }): unknown;
  getStorageInfo(option: WxStorageCallbacks<{ keys: string[] }>): unknown;
}
