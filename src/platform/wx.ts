/**
 * The port: the few members of `wx` that this library touches, as structural types.
 * A phone's `wx`, the simulator and a hand-written stub all fit. It follows the official
 * typings (`miniprogram-api-typings`) without referring to them.
 */

import { NetworkError, type CallDetails } from './network-error.js';
import type { WxDiagnosis } from './request-profile.js';
import type { WxDownloadFilePort, WxReadFilePort, WxUploadFilePort } from './wx-files.js';

/** The methods that `wx.request` knows. PATCH is not among them. */
export type HttpMethod = 'OPTIONS' | 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'TRACE' | 'CONNECT';

/** Header fields, as the platform takes and gives them: names keep the case they came in. */
export type Header = Readonly<Record<string, string>>;

/** What every failing call of the platform reports. Texts differ between phones; `errno` may be missing. */
export interface WxFailure extends WxDiagnosis {
  readonly errMsg: string;
  readonly errno?: number | undefined;
}

/** What `success` of `wx.request` gets. */
export interface WxRequestSuccess extends WxDiagnosis {
  readonly data: unknown;
  readonly statusCode: number;
  /** Missing in answers of some clients and of cache managers. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly cookies?: readonly string[] | undefined;
  readonly profile?: object | undefined;
  readonly errMsg: string;
}

/** What `onHeadersReceived` tells. The developer tools leave `statusCode` out. */
export interface WxHeadersReceived {
  readonly header: Readonly<Record<string, unknown>>;
  readonly statusCode?: number | undefined;
  readonly cookies?: readonly string[] | undefined;
}

/** What `onChunkReceived` tells: the next bytes of the body, cut anywhere. */
export interface WxChunkReceived {
  readonly data: ArrayBuffer;
}

/** What can be sent; the platform serialises an object by method and content type. */
// `any` as in the official typings: an interface is not a Record<string, unknown>.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type RequestData = string | Record<string, any> | ArrayBuffer;

/** The options of `wx.request` that the library sets itself. */
export interface WxRequestOption {
  url: string;
  data?: RequestData;
  header?: Record<string, string>;
  method?: HttpMethod;
  /** Milliseconds. */
  timeout?: number;
  /** `'json'` makes the platform parse; any other value leaves the text alone. */
  dataType?: string;
  responseType?: 'text' | 'arraybuffer';
  enableChunked?: boolean;
  success?: (result: WxRequestSuccess) => void;
  fail?: (failure: WxFailure) => void;
}

/** What `wx.request` returns. */
export interface WxRequestTask {
  abort(): void;
  onHeadersReceived?(listener: (result: WxHeadersReceived) => void): void;
  offHeadersReceived?(listener: (result: WxHeadersReceived) => void): void;
  onChunkReceived?(listener: (result: WxChunkReceived) => void): void;
  offChunkReceived?(listener: (result: WxChunkReceived) => void): void;
}

/** The part of `wx` that sends requests. */
export interface WxRequestPort {
  request(option: WxRequestOption): WxRequestTask;
}

/**
 * The part of `wx` that tells whether the app is in front. Plugins have neither pair;
 * mini games call them `onShow` and `onHide`.
 */
export interface WxLifecyclePort {
  onAppShow?(listener: () => void): void;
  onAppHide?(listener: () => void): void;
  onShow?(listener: () => void): void;
  onHide?(listener: () => void): void;
}

/** The kinds of connection that the platform tells apart. */
export type NetworkType = 'wifi' | '2g' | '3g' | '4g' | '5g' | 'unknown' | 'none';

/** How the device is connected. */
export interface NetworkStatus {
  readonly isConnected: boolean;
  readonly networkType: NetworkType;
}

/** The part of `wx` that tells how the device is connected. */
export interface WxNetworkStatusPort {
  getNetworkType(option: {
    success?: (result: { networkType: NetworkType }) => void;
    fail?: (failure: WxFailure) => void;
  }): unknown;
  onNetworkStatusChange(listener: (result: NetworkStatus) => void): void;
  // `unknown`: the official typings describe a listener to be removed otherwise than the same one when it was added.
  offNetworkStatusChange?(listener: unknown): void;
}

/** All of `wx` that a network uses; what moves files, only where files are moved. */
export interface WxPort
  extends
    WxRequestPort,
    WxLifecyclePort,
    Partial<WxUploadFilePort>,
    Partial<WxDownloadFilePort>,
    Partial<WxReadFilePort> {}

/**
 * Refuses what only looks like `wx`: the wrappers of Taro and uni-app turn calls into promises, lose the task, so that
 * nothing can be aborted, and raise unhandled rejections.
 *
 * @throws TypeError that says what to pass.
 */
export function checkPort(port: WxRequestPort): void {
  if (typeof port !== 'object' || typeof (port as Partial<WxRequestPort> | null)?.request !== 'function') {
    throw new TypeError('rx-miniprogram: wx must be the platform’s object, with a function request');
  }
  const [wrapper, framework] = 'ENV_TYPE' in port ? ['Taro', 'Taro'] : 'upx2px' in port ? ['uni', 'uni-app'] : [];
  if (wrapper) {
    throw new TypeError(
      `rx-miniprogram: do not pass ${wrapper} as wx; pass nothing. On WeChat the global wx is there, also with ${framework}, ` +
        'while the wrapper turns calls into promises that cannot be aborted',
    );
  }
}

declare const wx: unknown;

/**
 * The global `wx`.
 *
 * @param call - What the error is to name.
 * @throws NetworkError `invalid-argument` where there is none, as in Node.js: pass one, for example the simulator's.
 */
export function globalWx<Port>(call?: CallDetails): Port {
  if (typeof wx === 'undefined') {
    const what = 'there is no global wx here. Outside a mini program pass one: { wx: createSimulator(…).wx }';
    throw new NetworkError(what, { ...call, code: 'invalid-argument', phase: 'check' });
  }
  return wx as Port;
}
