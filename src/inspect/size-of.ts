import type { ShownHeader } from '../network/network-event.js';
import type { NetworkRecord } from './advance.js';

/** What the names and the fixed fields of a record, an attempt and a span take as JSON, in bytes, about. */
const RECORD_BYTES = 900;
const ATTEMPT_BYTES = 220;
const PROFILE_BYTES = 700;
const SPAN_BYTES = 60;

/** How many bytes a record takes as JSON, about: it is asked at each event, and must not write it. */
export function sizeOf(record: NetworkRecord): number {
  const { url, spans } = record;
  const common = RECORD_BYTES + url.length + spans.length * SPAN_BYTES + (record.error?.what.length ?? 0);
  if (record.kind === 'socket') return common;
  const { attempts, requestHeaders, responseHeaders, requestBody, responseBody } = record;
  // Texts of other scripts take up to three bytes a unit.
  const bodies = 3 * ((requestBody?.text.length ?? 0) + (responseBody?.text.length ?? 0));
  const profiles = attempts.filter(({ profile }) => profile).length * PROFILE_BYTES;
  const headers = sizeOfHeader(requestHeaders) + sizeOfHeader(responseHeaders);
  return common + attempts.length * ATTEMPT_BYTES + profiles + headers + bodies;
}

function sizeOfHeader(header: ShownHeader): number {
  let bytes = 0;
  for (const name of Object.keys(header)) bytes += name.length + String(header[name]).length + 6;
  return bytes;
}
