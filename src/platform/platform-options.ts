/**
 * The options of `wx.request`, `wx.uploadFile` and `wx.downloadFile` that the library hands on as they are (discoveries: what
 * newer documents say; discoveries/request.md).
 */

/** What all three of `wx.request`, `wx.uploadFile` and `wx.downloadFile` take. */
export interface PlatformOptions {
  /** HTTP/2 where the server has it. @defaultValue `false` */
  readonly enableHttp2?: boolean | undefined;
  /** QUIC where the server has it. @defaultValue `false` */
  readonly enableQuic?: boolean | undefined;
  /** Fill `timing.profile`, on iOS and Android; base library 3.5.0 for files. @defaultValue `true` */
  readonly enableProfile?: boolean | undefined;
  /**
   * HTTP/2 and QUIC by force, without HttpDNS: header names come in lower case, and ten fields of the profile are not told.
   * Base library 3.3.3.
   *
   * @defaultValue `true` on Android from base library 3.5.0, else `false`
   */
  readonly useHighPerformanceMode?: boolean | undefined;
  /** Options that are newer than these types. */
  readonly [name: string]: unknown;
}

/** What `wx.request` takes beside. */
export interface RequestPlatformOptions extends PlatformOptions {
  /** Keep the answer as HTTP says. @defaultValue `false` */
  readonly enableCache?: boolean | undefined;
  /** Ask HttpDNS for the address, with a service that the app has bought. Base library 2.19.1. @defaultValue `false` */
  readonly enableHttpDNS?: boolean | undefined;
  /** The service's id: it is needed with `enableHttpDNS`. */
  readonly httpDNSServiceId?: string | undefined;
  /** How long HttpDNS may take, in milliseconds; base library 3.8.9. @defaultValue `60000` */
  readonly httpDNSTimeout?: number | undefined;
  /** Ask the system's DNS where HttpDNS fails; base library 3.16.2. @defaultValue `true` */
  readonly enableHttpDNSFallback?: boolean | undefined;
  /** Send over the cellular network although there is Wi-Fi; base library 2.21.0. @defaultValue `false` */
  readonly forceCellularNetwork?: boolean | undefined;
  /** `'manual'` makes a redirect the answer; base library 3.2.2, and not on computers. @defaultValue `'follow'` */
  readonly redirect?: 'follow' | 'manual' | undefined;
}
