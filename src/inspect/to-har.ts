import { REDACTED, type ShownHeader } from '../network/network-event.js';
import { headerField } from '../platform/header-field.js';
import type { RequestProfile } from '../platform/request-profile.js';
import type { NetworkRecord } from './advance.js';
import type { CallRecord } from './call-record.js';
import { explain } from './explain.js';
import type { Har, HarAbout, HarEntry, HarField } from './har.js';
import type { SocketRecord } from './socket-record.js';

/**
 * Writes records as HAR 1.2, which the network panel of Chrome and Edge imports, and every viewer of HAR files. It says no more
 * than the records do: what was redacted is not in it.
 *
 * The queue and the background count as `blocked`; `_waiting` and `_held` tell them apart. What the platform did not measure is
 * −1. A call that is under way ends with what was last heard of it.
 *
 * @param about - The app and its version, for `creator`. @defaultValue rx-miniprogram
 * @example
 * ```ts
 * const text = JSON.stringify(toHar(records, { name: 'shop', version: '3.2.0' }));
 * wx.getFileSystemManager().writeFile({ filePath: `${wx.env.USER_DATA_PATH}/net.har`, data: text, encoding: 'utf8' });
 * ```
 */
export function toHar(
  records: readonly NetworkRecord[],
  about: HarAbout = { name: 'rx-miniprogram', version: 'unknown' },
): Har {
  const entries = records.map((record) => (record.kind === 'call' ? entryOfCall(record) : entryOfSocket(record)));
  return { log: { version: '1.2', creator: { name: about.name, version: about.version }, entries } };
}

function entryOfCall(record: CallRecord): HarEntry {
  const { phases, durationMs, error, requestHeaders, responseHeaders, requestBody, responseBody } = record;
  const profile = record.attempts[record.attempts.length - 1]?.profile ?? {};
  const { dns, connect, ssl } = connecting(profile, phases.sending);
  const httpVersion = VERSIONS[profile.protocol ?? ''] ?? 'unknown';
  const mimeType = headerField(responseHeaders, 'content-type') ?? '';
  return {
    startedDateTime: new Date(record.calledAtMs).toISOString(),
    time: durationMs,
    request: {
      method: record.method,
      url: record.url,
      httpVersion,
      cookies: [],
      headers: fieldsOf(requestHeaders),
      queryString: queryOf(record.url),
      headersSize: -1,
      bodySize: profile.sendBytesCount ?? -1,
      ...(requestBody && {
        postData: { mimeType: headerField(requestHeaders, 'content-type') ?? '', text: requestBody.text },
      }),
    },
    response: {
      status: record.status ?? 0,
      statusText: '',
      httpVersion,
      cookies: [],
      headers: fieldsOf(responseHeaders),
      content: { size: record.receivedSize ?? -1, mimeType, ...(responseBody && { text: responseBody.text }) },
      redirectURL: '',
      headersSize: -1,
      bodySize: profile.receivedBytedCount ?? -1,
      ...(error && { _error: error.rule ? `${error.code} [${error.rule}]` : error.code }),
    },
    cache: {},
    timings: {
      blocked: phases.intercepting + phases.waiting + phases.held,
      dns,
      connect,
      ssl,
      send: phases.sending - Math.max(0, dns) - Math.max(0, connect),
      wait: phases.answering,
      // Of no other kind in a HAR file, and its timings are to add up.
      receive: phases.receiving + phases.decoding,
    },
    _resourceType: 'fetch',
    _waiting: phases.waiting,
    _held: phases.held,
    _intercepting: phases.intercepting,
    _attempts: record.attempts.length + record.droppedAttempts,
    ...(FROM_MEMORY.includes(record.answeredFrom) && { _fromMemory: true }),
    ...(record.sharedWith !== undefined && { _sharedWith: record.sharedWith }),
    _explanation: explain(record),
    _record: record,
  };
}

const FROM_MEMORY: readonly CallRecord['answeredFrom'][] = ['memory', 'storage', 'prefetch'];

function entryOfSocket(record: SocketRecord): HarEntry {
  const { url, beganAtMs, lastAtMs, spans, error, incoming } = record;
  const spent = (...states: readonly string[]) =>
    spans.reduce((sum, { state, fromMs, toMs }) => (states.includes(state) ? sum + toMs - fromMs : sum), 0);
  const wait = spent('connecting');
  const receive = spent('open');
  return {
    startedDateTime: new Date(beganAtMs).toISOString(),
    time: lastAtMs - beganAtMs,
    request: {
      method: 'GET',
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      queryString: queryOf(url),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: record.generation > 0 ? 101 : 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [],
      content: { size: incoming.bytes, mimeType: '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...(error && { _error: error.code }),
    },
    cache: {},
    timings: {
      blocked: lastAtMs - beganAtMs - wait - receive,
      dns: -1,
      connect: -1,
      ssl: -1,
      send: 0,
      wait,
      receive,
    },
    _resourceType: 'websocket',
    _record: record,
  };
}

const VERSIONS: { readonly [protocol: string]: string } = { 'http1.1': 'HTTP/1.1', h2: 'HTTP/2', quic: 'HTTP/3' };

/** The platform's figures, where they fit into the time that there was to send. */
function connecting(profile: RequestProfile, sendingMs: number): { dns: number; connect: number; ssl: number } {
  const dns = between(profile.domainLookUpStart, profile.domainLookUpEnd);
  const connect = between(profile.connectStart, profile.connectEnd);
  const ssl = between(profile.SSLconnectionStart, profile.SSLconnectionEnd);
  if (Math.max(0, dns) + Math.max(0, connect) > sendingMs) return { dns: -1, connect: -1, ssl: -1 };
  // Of a part that is more than the whole nothing is known.
  return { dns, connect, ssl: ssl <= connect ? ssl : -1 };
}

function between(from: number | undefined, to: number | undefined): number {
  const isKnown = from !== undefined && to !== undefined && from > 0 && to >= from;
  return isKnown ? to - from : -1;
}

function fieldsOf(header: ShownHeader): readonly HarField[] {
  return Object.keys(header).map((name) => ({ name, value: String(header[name]) }));
}

/** The names, without what an event has left out. */
function queryOf(url: string): readonly HarField[] {
  const query = /\?([^#]*)/.exec(url)?.[1];
  if (!query) return [];
  return query.split('&').map((pair) => ({ name: pair.split('=')[0] as string, value: REDACTED }));
}
