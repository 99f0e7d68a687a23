import type { NetworkRecord } from './advance.js';
import { advanceCall } from './advance-call.js';
import type { CallActivity, CallRecord } from './call-record.js';
import { withSpan } from './spans.js';

/**
 * Reads the records of a HAR file: those that `toHar` has written come back as they were; of another's file, from a browser or a
 * proxy, as much as it tells.
 *
 * @param har - What `JSON.parse` has made of the file.
 * @throws TypeError for what is no HAR file.
 * @example
 * ```ts
 * const records = fromHar(JSON.parse(text));
 * ```
 */
export function fromHar(har: unknown): readonly NetworkRecord[] {
  const entries = (har as { readonly log?: { readonly entries?: unknown } } | null | undefined)?.log?.entries;
  if (!Array.isArray(entries))
    throw new TypeError('fromHar: expected an object with log.entries, as a HAR file has it');
  return entries.map((entry: unknown, index) => {
    if (!isEntry(entry)) throw new TypeError(`fromHar: log.entries[${index}] has no request, or no startedDateTime`);
    return isRecord(entry._record) ? entry._record : recordOfEntry(entry, index + 1);
  });
}

/** What one may hope for in the file of somebody else. */
interface AnyEntry {
  readonly startedDateTime: string;
  readonly time?: number;
  readonly request: { readonly method?: string; readonly url: string; readonly headers?: unknown };
  readonly response?: {
    readonly status?: number;
    readonly headers?: unknown;
    readonly content?: { readonly size?: number };
  };
  readonly timings?: { readonly [name: string]: number };
  readonly _waiting?: number;
  readonly _held?: number;
  readonly _record?: unknown;
}

function isEntry(entry: unknown): entry is AnyEntry {
  const { request, startedDateTime } = (entry ?? {}) as Partial<AnyEntry>;
  return typeof request?.url === 'string' && !Number.isNaN(Date.parse(String(startedDateTime)));
}

function isRecord(value: unknown): value is NetworkRecord {
  const record = (value ?? {}) as Partial<NetworkRecord>;
  return (record.kind === 'call' || record.kind === 'socket') && typeof record.id === 'number';
}

function recordOfEntry(entry: AnyEntry, id: number): NetworkRecord {
  const { request, response = {}, startedDateTime } = entry;
  const atMs = Date.parse(startedDateTime);
  const called = {
    type: 'called',
    atMs,
    call: id,
    client: 'plain',
    api: 'request',
    method: (request.method ?? 'GET') as CallRecord['method'],
    url: request.url,
    priority: 'normal',
    background: 'hold',
  } as const;
  const begun = advanceCall(undefined, called) as CallRecord;

  let at = atMs;
  let record = begun;
  for (const [activity, ms] of partsOf(entry)) {
    record = withSpan(record, activity, at, at + ms);
    at += ms;
  }
  const { status = 0, content = {} } = response;
  const failure = { code: 'unknown', what: 'the file tells of no answer' } as const;
  return {
    ...record,
    durationMs: at - atMs,
    endedAtMs: at,
    activity: undefined,
    outcome: status > 0 ? 'completed' : 'failed',
    error: status > 0 ? undefined : failure,
    status: status > 0 ? status : undefined,
    requestHeaders: headerOf(request.headers),
    responseHeaders: headerOf(response.headers),
    receivedSize: content.size !== undefined && content.size >= 0 ? content.size : undefined,
  };
}

function partsOf({ timings = {}, time = 0, _waiting, _held }: AnyEntry): readonly (readonly [CallActivity, number])[] {
  const known = (ms: number | undefined) => (typeof ms === 'number' && ms > 0 && ms < Infinity ? ms : 0);
  const [blocked, dns, connect, send, wait, receive] = (
    ['blocked', 'dns', 'connect', 'send', 'wait', 'receive'] as const
  ).map((name) => known(timings[name])) as [number, number, number, number, number, number];
  const held = Math.min(known(_held), blocked);
  const sum = blocked + dns + connect + send + wait + receive;
  return [
    ['held', held],
    ['waiting', _waiting === undefined ? blocked - held : Math.min(known(_waiting), blocked - held)],
    ['sending', dns + connect + send],
    // Of a file that has the whole and no parts.
    ['answering', sum > 0 ? wait : known(time)],
    ['receiving', receive],
  ];
}

function headerOf(fields: unknown): Readonly<Record<string, string>> {
  const header: Record<string, string> = {};
  if (!Array.isArray(fields)) return header;
  for (const field of fields as { readonly name?: unknown; readonly value?: unknown }[]) {
    if (typeof field?.name === 'string') header[field.name] = String(field.value);
  }
  return header;
}
