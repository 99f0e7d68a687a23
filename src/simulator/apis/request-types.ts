import type { HttpMethod } from '../../platform/wx.js';
import type { CallException, CallFailed, Callbacks } from './callbacks.js';

/** What an answer's `data` can be. */
export type RequestData = string | Record<string, unknown> | ArrayBuffer;

/** The options of `wx.request` (discoveries/request.md). Times in milliseconds. */
export interface RequestOption<Data extends RequestData = RequestData> extends Callbacks<
  RequestSuccess<Data>,
  CallFailed
> {
  url: string;
  /** Serialised by method and content type. */
  data?: RequestData | undefined;
  /** Referer cannot be set (LIM-1). */
  header?: Record<string, unknown> | undefined;
  /** @defaultValue `'GET'`; lower case is taken too */
  method?: HttpMethod | undefined;
  /** @defaultValue `networkTimeout.request`, else 60 000 (TIME-1, TIME-2) */
  timeout?: number | undefined;
  /** Anything but `'json'` leaves text alone. @defaultValue `'json'` */
  dataType?: string | undefined;
  /** @defaultValue `'text'` */
  responseType?: 'text' | 'arraybuffer' | undefined;
  /** Hands the body over by `onChunkReceived` alone; `data` is then `''`. @defaultValue `false` */
  enableChunked?: boolean | undefined;
  /** @defaultValue `false` */
  enableHttp2?: boolean | undefined;
  /** HTTP/2 where it can be, except with `enableChunked`; without effect where the phone has no such mode. @defaultValue `true` */
  useHighPerformanceMode?: boolean | undefined;
  /** `'manual'` hands a redirect over as it is. @defaultValue `'follow'` */
  redirect?: 'follow' | 'manual' | undefined;
  /** @defaultValue `true` */
  enableProfile?: boolean | undefined;
  /** Comes to what `httpDns` of the simulator says. @defaultValue `false` */
  enableHttpDNS?: boolean | undefined;
  /** Whether a call goes on by itself where HttpDNS fails. @defaultValue `true` */
  enableHttpDNSFallback?: boolean | undefined;
  /** Accepted, without effect: there is no cache, no QUIC and no second network here. */
  enableCache?: boolean | undefined;
  enableQuic?: boolean | undefined;
  httpDNSServiceId?: string | undefined;
  httpDNSTimeout?: number | undefined;
  forceCellularNetwork?: boolean | undefined;
}

/** What `success` of `wx.request` gets, whatever the status (CB-1). The caller may write into it. */
export interface RequestSuccess<Data extends RequestData = RequestData> {
  data: Data;
  statusCode: number;
  /** Several `Set-Cookie` fields are joined by a comma. */
  header: Record<string, string>;
  cookies: string[];
  /** As typed officially; there on Android and iOS, unless `enableProfile` is `false` (discoveries/request.md#profile). */
  profile: RequestProfile;
  exception: CallException;
  /** As typed officially; there only where `enableHttpDNS` was asked for (discoveries/request.md#exception). */
  useHttpDNS: boolean;
  errMsg: string;
}

/** What `onHeadersReceived` tells. */
export interface RequestHeaders {
  header: Record<string, string>;
  /** As typed officially; missing in the developer tools (discoveries/request.md#chunks). */
  statusCode: number;
  cookies: string[];
}

/** What `onChunkReceived` tells: a piece of the body, which may end in the middle of a character. */
export interface RequestChunk {
  data: ArrayBuffer;
}

/** What `wx.request` returns, even when the call was refused or waits. */
export interface RequestTask {
  /** `fail` and `complete` follow, once; nothing, when the call has ended. */
  abort(): void;
  onHeadersReceived(listener: (result: RequestHeaders) => void): void;
  /** Without an argument it removes all listeners. */
  offHeadersReceived(listener?: (result: RequestHeaders) => void): void;
  onChunkReceived(listener: (result: RequestChunk) => void): void;
  /** Without an argument it removes all listeners. */
  offChunkReceived(listener?: (result: RequestChunk) => void): void;
}

/** How the call went. Times in milliseconds by the simulator's clock; 0 for what did not happen or is not measured. */
export interface RequestProfile {
  invokeStart: number;
  queueStart: number;
  queueEnd: number;
  /** Both as typed officially; there only with HttpDNS. */
  httpDNSDomainLookUpStart: number;
  httpDNSDomainLookUpEnd: number;
  redirectStart: number;
  redirectEnd: number;
  fetchStart: number;
  domainLookUpStart: number;
  domainLookUpEnd: number;
  connectStart: number;
  connectEnd: number;
  SSLconnectionStart: number;
  SSLconnectionEnd: number;
  requestStart: number;
  requestEnd: number;
  responseStart: number;
  responseEnd: number;
  rtt: number;
  estimate_nettype: number;
  httpRttEstimate: number;
  transportRttEstimate: number;
  downstreamThroughputKbpsEstimate: number;
  throughputKbps: number;
  peerIP: string;
  port: number;
  socketReused: boolean;
  sendBytesCount: number;
  /** The platform's spelling. */
  receivedBytedCount: number;
  /** `http1.1`, `h2`, `quic` or `unknown`. */
  protocol: string;
  usingHighPerformanceMode: boolean;
}
