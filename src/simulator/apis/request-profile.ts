import type { CallTimes } from '../call-plan.js';
import type { WireConnection } from '../wires/wire.js';
import type { RequestProfile } from './request-types.js';

/** What was measured of one request; times in milliseconds. */
export interface Measured {
  readonly times: CallTimes;
  readonly connection: WireConnection | undefined;
  readonly secure: boolean;
  /** When the hop before the last ended; 0 without a redirect. */
  readonly redirectEnd: number;
  readonly responseStart: number;
  readonly responseEnd: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/**
 * Makes the `profile` of a result (platform-facts §5.1). The steps of a connection are not told apart: they take no
 * time, so that the order that apps rely on holds.
 */
export function profileOf(measured: Measured): RequestProfile {
  const { times, connection, secure, redirectEnd, responseStart, responseEnd, sentBytes, receivedBytes } = measured;
  const { fetchStart } = times;
  const lastHopStart = redirectEnd || fetchStart;
  const tls = secure ? lastHopStart : 0;
  const seconds = Math.max(responseEnd - responseStart, 1) / 1000;

  return {
    invokeStart: times.invokeStart,
    queueStart: times.queueStart,
    queueEnd: times.queueEnd,
    httpDNSDomainLookUpStart: 0,
    httpDNSDomainLookUpEnd: 0,
    redirectStart: redirectEnd === 0 ? 0 : fetchStart,
    redirectEnd,
    fetchStart,
    domainLookUpStart: lastHopStart,
    domainLookUpEnd: lastHopStart,
    connectStart: lastHopStart,
    connectEnd: lastHopStart,
    SSLconnectionStart: tls,
    SSLconnectionEnd: tls,
    requestStart: lastHopStart,
    requestEnd: lastHopStart,
    responseStart,
    responseEnd,
    rtt: responseStart - lastHopStart,
    estimate_nettype: 5,
    httpRttEstimate: responseStart - lastHopStart,
    transportRttEstimate: responseStart - lastHopStart,
    downstreamThroughputKbpsEstimate: 0,
    throughputKbps: Math.round((receivedBytes * 8) / 1000 / seconds),
    peerIP: connection?.peerIP ?? '',
    port: connection?.port ?? 0,
    socketReused: connection?.socketReused ?? false,
    sendBytesCount: sentBytes,
    receivedBytedCount: receivedBytes,
    protocol: connection?.protocol ?? 'unknown',
    usingHighPerformanceMode: false,
  };
}
