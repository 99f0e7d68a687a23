import type { CallTimes } from '../call-plan.js';
import type { WireConnection } from '../wires/wire.js';
import type { RequestProfile } from './request-types.js';

/** A server that answered, and when its headers came. */
export interface Hop {
  readonly url: string;
  readonly at: number;
}

/** What was measured of one request; times in milliseconds. */
export interface Measured {
  readonly times: CallTimes;
  /** One for each redirect, and the last. */
  readonly hops: readonly Hop[];
  readonly connection: WireConnection | undefined;
  readonly protocol: WireConnection['protocol'];
  readonly highPerformance: boolean;
  readonly httpDns: boolean;
  readonly responseEnd: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/**
 * Makes the `profile` of a result (discoveries/request.md): the steps of a new connection one after the other; all at once
 * for one that was there. Redirects count within one origin alone. In high-performance mode ten fields have default values (discoveries/request.md#high-performance-mode); which ones
 * is not said: 0 and `''` here.
 */
export function profileOf(measured: Measured): RequestProfile {
  const { times, hops, connection, protocol, highPerformance, httpDns, responseEnd } = measured;
  const { sentBytes, receivedBytes } = measured;
  const told = !highPerformance;
  const { fetchStart } = times;
  const { at: responseStart, url = '' } = hops.at(-1) ?? { at: 0 };
  const hopStart = hops.at(-2)?.at ?? fetchStart;
  const redirectEnd = told && hops.length > 1 && sameOrigin(hops) ? hopStart : 0;
  const secure = url.startsWith('https:');
  const { lookupMs, tcpMs, tlsMs } = (connection?.socketReused === false && connection.steps) || NO_STEPS;
  // Whole numbers, and never after the answer that they led to: the wire's clock may be another one.
  const after = (ms: number) => Math.min(hopStart + Math.floor(ms), responseStart);
  const connectStart = after(lookupMs);
  const connectEnd = after(lookupMs + tcpMs + tlsMs);
  const rtt = told ? responseStart - connectEnd : 0;
  const seconds = Math.max(responseEnd - responseStart, 1) / 1000;

  const profile = {
    invokeStart: times.invokeStart,
    queueStart: times.queueStart,
    queueEnd: times.queueEnd,
    redirectStart: redirectEnd === 0 ? 0 : fetchStart,
    redirectEnd,
    fetchStart,
    domainLookUpStart: hopStart,
    domainLookUpEnd: connectStart,
    connectStart,
    connectEnd,
    SSLconnectionStart: secure ? after(lookupMs + tcpMs) : 0,
    SSLconnectionEnd: secure ? connectEnd : 0,
    requestStart: connectEnd,
    requestEnd: connectEnd,
    responseStart,
    responseEnd,
    rtt,
    estimate_nettype: told ? 5 : 0,
    httpRttEstimate: rtt,
    transportRttEstimate: rtt,
    downstreamThroughputKbpsEstimate: 0,
    throughputKbps: told ? Math.round((receivedBytes * 8) / 1000 / seconds) : 0,
    peerIP: (told && connection?.peerIP) || '',
    port: (told && connection?.port) || 0,
    socketReused: connection?.socketReused ?? false,
    sendBytesCount: sentBytes,
    receivedBytedCount: receivedBytes,
    protocol,
    usingHighPerformanceMode: highPerformance,
  } as RequestProfile;
  // Not spread within it, which made each answer's profile several times as dear.
  if (httpDns) Object.assign(profile, { httpDNSDomainLookUpStart: fetchStart, httpDNSDomainLookUpEnd: fetchStart });
  return profile;
}

function sameOrigin(hops: readonly Hop[]): boolean {
  return new Set(hops.map(({ url }) => new URL(url).origin)).size === 1;
}

const NO_STEPS = { lookupMs: 0, tcpMs: 0, tlsMs: 0 };
