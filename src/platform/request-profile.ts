/** What the platform measured of a call, in milliseconds of its clock where nothing else is said: iOS and Android only. */
export interface RequestProfile {
  readonly invokeStart?: number | undefined;
  /** Only where the platform had the call wait; base library 3.8.10. */
  readonly queueStart?: number | undefined;
  readonly queueEnd?: number | undefined;
  readonly httpDNSDomainLookUpStart?: number | undefined;
  readonly httpDNSDomainLookUpEnd?: number | undefined;
  readonly redirectStart?: number | undefined;
  readonly redirectEnd?: number | undefined;
  readonly fetchStart?: number | undefined;
  readonly domainLookUpStart?: number | undefined;
  readonly domainLookUpEnd?: number | undefined;
  readonly connectStart?: number | undefined;
  readonly connectEnd?: number | undefined;
  readonly SSLconnectionStart?: number | undefined;
  readonly SSLconnectionEnd?: number | undefined;
  readonly requestStart?: number | undefined;
  readonly requestEnd?: number | undefined;
  readonly responseStart?: number | undefined;
  readonly responseEnd?: number | undefined;
  /** Of the connection. */
  readonly rtt?: number | undefined;
  /** From 1, a slow 2g, to 6, a 5g; 0 where it is not known. */
  readonly estimate_nettype?: number | undefined;
  readonly httpRttEstimate?: number | undefined;
  readonly transportRttEstimate?: number | undefined;
  /** In kilobits a second. */
  readonly downstreamThroughputKbpsEstimate?: number | undefined;
  /** In kilobits a second. */
  readonly throughputKbps?: number | undefined;
  readonly peerIP?: string | undefined;
  readonly port?: number | undefined;
  readonly socketReused?: boolean | undefined;
  readonly sendBytesCount?: number | undefined;
  /** In bytes; the platform spells it so. */
  readonly receivedBytedCount?: number | undefined;
  /** `http1.1`, `h2`, `quic` or `unknown`. */
  readonly protocol?: string | undefined;
  readonly usingHighPerformanceMode?: boolean | undefined;
}

/** What went wrong below a call, whatever became of it; base library 3.0.0, of failures 3.8.10. */
export interface RequestException {
  readonly retryCount: number;
  readonly reasons: readonly { readonly errMsg: string; readonly errno: string | number }[];
}

/** What an answer or a failure of the platform may tell beside. */
export interface WxDiagnosis {
  readonly exception?: RequestException | undefined;
  /** Only with `enableHttpDNS`. */
  readonly useHttpDNS?: boolean | undefined;
}

/** The same, by our names, on answers and errors. */
export interface Diagnosis {
  /** How often the platform tried again, and why; base library 3.0.0. */
  readonly exception?: RequestException | undefined;
  /** Whether the address came from HttpDNS, where that was asked for; base library 3.4.10. */
  readonly usedHttpDns?: boolean | undefined;
}

/** The profile without what is only a default: in high-performance mode ten fields are (discoveries/request.md#high-performance-mode). */
export function profileOf(profile: object | undefined): RequestProfile | undefined {
  const told: RequestProfile = profile ?? {};
  if (!told.usingHighPerformanceMode) return profile;
  return {
    ...told,
    redirectStart: undefined,
    redirectEnd: undefined,
    rtt: undefined,
    estimate_nettype: undefined,
    httpRttEstimate: undefined,
    transportRttEstimate: undefined,
    downstreamThroughputKbpsEstimate: undefined,
    throughputKbps: undefined,
    peerIP: undefined,
    port: undefined,
  };
}

/** What is told, and nothing of what is not. */
export function diagnosisOf({ exception, useHttpDNS }: WxDiagnosis): Diagnosis {
  return { ...(exception && { exception }), ...(useHttpDNS !== undefined && { usedHttpDns: useHttpDNS }) };
}
