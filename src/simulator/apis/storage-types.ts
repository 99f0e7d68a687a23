import type { Callbacks, GeneralResult } from './callbacks.js';
import type { Promised } from './network-status.js';

/** What `getStorage` tells. */
export interface StorageResult<Data> extends GeneralResult {
  data: Data;
}

/** What `batchGetStorage` tells; the official typings leave the values out. */
export interface BatchResult extends GeneralResult {
  dataList?: unknown[];
}

/** What `getStorageInfoSync` returns. */
export interface StorageInfo {
  keys: string[];
  /** Kilobytes. */
  currentSize: number;
  /** Kilobytes. */
  limitSize: number;
}

/** What `getStorageInfo` tells. */
export interface StorageInfoResult extends StorageInfo, GeneralResult {}

/* eslint-disable @typescript-eslint/no-explicit-any -- as in the official typings: the app says what it has stored */

/** What `setStorage` takes. */
export interface SetStorageOption<Data = any> extends Callbacks<GeneralResult> {
  key: string;
  data: Data;
  /** Both ways, or not at all. @defaultValue `false` */
  encrypt?: boolean | undefined;
}

/** What `getStorage` takes. */
export interface GetStorageOption<Data = any> extends Callbacks<StorageResult<Data>> {
  key: string;
  encrypt?: boolean | undefined;
}

/** What `removeStorage` takes. */
export interface RemoveStorageOption extends Callbacks<GeneralResult> {
  key: string;
}

/** What `batchSetStorage` takes. */
export interface BatchSetStorageOption extends Callbacks<GeneralResult> {
  kvList: any[];
}

/** What `batchGetStorage` takes. */
export interface BatchGetStorageOption extends Callbacks<BatchResult> {
  keyList: string[];
}

/** The part of `wx` that keeps values on the device. */
export interface StorageApi {
  setStorage<Data = any, Option extends SetStorageOption<Data> = SetStorageOption<Data>>(
    option: Option,
  ): Promised<Option, GeneralResult>;
  setStorageSync<Data = any>(key: string, data: Data): void;
  getStorage<Data = any, Option extends GetStorageOption<Data> = GetStorageOption<Data>>(
    option: Option,
  ): Promised<Option, StorageResult<Data>>;
  /** Empty text for what is not there. */
  getStorageSync<Data = any>(key: string): Data;
  removeStorage<Option extends RemoveStorageOption = RemoveStorageOption>(
    option: Option,
  ): Promised<Option, GeneralResult>;
  removeStorageSync(key: string): void;
  clearStorage<Option extends Callbacks<GeneralResult> = Callbacks<GeneralResult>>(
    option?: Option,
  ): Promised<Option, GeneralResult>;
  clearStorageSync(): void;
  getStorageInfo<Option extends Callbacks<StorageInfoResult> = Callbacks<StorageInfoResult>>(
    option?: Option,
  ): Promised<Option, StorageInfoResult>;
  getStorageInfoSync(): StorageInfo;
  batchSetStorage<Option extends BatchSetStorageOption = BatchSetStorageOption>(
    option: Option,
  ): Promised<Option, GeneralResult>;
  batchSetStorageSync(kvList: { key: string; value: any }[]): void;
  batchGetStorage<Option extends BatchGetStorageOption = BatchGetStorageOption>(
    option: Option,
  ): Promised<Option, BatchResult>;
  /** Empty text in the place of each that is not there. */
  batchGetStorageSync(keyList: string[]): any[];
}
