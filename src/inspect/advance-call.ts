import type { CallCalled, CallCancelled, CallNetworkEvent, OfSending, ShownError } from '../network/network-event.js';
import type { AttemptRecord, CallActivity, CallEnding, CallPhases, CallRecord } from './call-record.js';
import { profiledSpans } from './profiled-spans.js';
import { withSpan } from './spans.js';

/** So many attempts of a call are kept: the first, and the latest. */
const MAX_ATTEMPTS = 20;

/**
 * The record of a call after one more event. Pure: the record before it stays as it is. Time is where it is spent: each event
 * closes a span, and says what the call does from then on.
 *
 * @param record - `undefined` before the first event.
 * @returns `undefined` for a call whose beginning was not heard.
 */
export function advanceCall(record: CallRecord | undefined, event: CallNetworkEvent): CallRecord | undefined {
  if (event.type === 'called') return record ?? begun(event);
  // What has ended stays so: a late word of a task says nothing of the call.
  if (record?.endedAtMs !== undefined || !record) return record;
  const next = moved(record, event.atMs);

  switch (event.type) {
    case 'shared':
      return { ...next, sharedWith: event.with ?? 'unknown' };
    case 'queued':
      return {
        ...next,
        activity: 'waiting',
        queuedBehind: record.queuedBehind ?? event.waiting,
        runningThen: record.runningThen ?? event.running,
      };
    case 'overtaken':
      return next;
    case 'held': {
      const heldBy = [...new Set([...record.heldBy, ...event.reason.split(', ')])];
      return { ...next, activity: 'held', heldBy };
    }
    case 'released':
      return { ...next, activity: 'waiting' };
    case 'sent':
      return withAttempt(
        {
          ...next,
          activity: record.api === 'uploadFile' ? 'sending' : 'answering',
          method: event.method,
          url: event.url,
          requestHeaders: event.headers,
          overtaken: record.overtaken + event.overtaken,
          // Of the attempt before, which is sent anew.
          status: undefined,
          responseHeaders: {},
          receivedSize: undefined,
          chunks: 0,
          percent: undefined,
        },
        {
          attempt: event.attempt,
          sentAtMs: event.atMs,
          endedAtMs: undefined,
          outcome: 'running',
          status: undefined,
          error: undefined,
          attemptMs: event.attemptMs,
          profile: undefined,
        },
      );
    case 'headers':
      return { ...next, activity: 'receiving', status: event.status, responseHeaders: event.headers };
    case 'chunk':
      return {
        ...next,
        activity: 'receiving',
        chunks: record.chunks + 1,
        receivedSize: (record.receivedSize ?? 0) + event.bytes,
      };
    case 'progress': {
      const up = record.api === 'uploadFile';
      const activity = !up ? 'receiving' : event.percent < 100 ? 'sending' : 'answering';
      return { ...next, activity, percent: event.percent, receivedSize: up ? undefined : event.bytes };
    }
    case 'answered': {
      const { status, headers, profile, size } = event;
      const split = profile ? profiledSpans(next, event) : next;
      return {
        ...endOfAttempt(split, event, { outcome: 'answered', status, profile }),
        activity: 'decoding',
        status,
        responseHeaders: headers,
        receivedSize: record.chunks > 0 ? record.receivedSize : (size ?? record.receivedSize),
      };
    }
    case 'decoded':
      return { ...next, activity: 'intercepting', charset: event.charset };
    case 'cut':
    case 'attempt-failed': {
      const outcome = event.type === 'cut' ? 'cut' : 'failed';
      return { ...endOfAttempt(next, event, { outcome, error: event.error }), activity: 'intercepting' };
    }
    case 'replayed':
      return { ...next, activity: 'held', replays: event.replays };
    case 'refused':
      return ended(next, 'refused', event.error);
    case 'completed':
      return {
        ...ended(next, 'completed', undefined),
        status: event.status ?? next.status,
        answeredFrom: event.from,
      };
    case 'failed':
      return ended(next, 'failed', event.error);
    case 'cancelled':
      return ended(next, 'cancelled', event.error, event.by);
    default:
      // Of a later version.
      return record;
  }
}

const NO_TIME: CallPhases = {
  intercepting: 0,
  waiting: 0,
  held: 0,
  sending: 0,
  answering: 0,
  receiving: 0,
  decoding: 0,
};

function begun({ call, parent, client, api, method, url, priority, background, atMs }: CallCalled): CallRecord {
  return {
    kind: 'call',
    id: call,
    parent,
    client,
    api,
    method,
    url,
    priority,
    background,
    calledAtMs: atMs,
    endedAtMs: undefined,
    durationMs: 0,
    outcome: 'pending',
    activity: 'intercepting',
    cancelledBy: undefined,
    error: undefined,
    answeredFrom: undefined,
    sharedWith: undefined,
    phases: NO_TIME,
    spans: [],
    droppedSpans: 0,
    attempts: [],
    droppedAttempts: 0,
    replays: 0,
    queuedBehind: undefined,
    runningThen: undefined,
    overtaken: 0,
    heldBy: [],
    requestHeaders: {},
    requestBody: undefined,
    status: undefined,
    responseHeaders: {},
    responseBody: undefined,
    receivedSize: undefined,
    chunks: 0,
    percent: undefined,
    charset: undefined,
  };
}

/** The record at that time: what the call did until then is written down. A clock that was set back stands still. */
function moved(record: CallRecord, atMs: number): CallRecord {
  const { calledAtMs, durationMs, activity } = record;
  const fromMs = calledAtMs + durationMs;
  const toMs = Math.max(fromMs, atMs);
  return withSpan({ ...record, durationMs: toMs - calledAtMs }, activity as CallActivity, fromMs, toMs);
}

function withAttempt(record: CallRecord, attempt: AttemptRecord): CallRecord {
  const attempts = [...record.attempts, attempt];
  const full = attempts.length > MAX_ATTEMPTS;
  if (full) attempts.splice(1, 1);
  return { ...record, attempts, droppedAttempts: record.droppedAttempts + (full ? 1 : 0) };
}

function endOfAttempt(record: CallRecord, { attempt, atMs }: OfSending, how: Partial<AttemptRecord>): CallRecord {
  const attempts = record.attempts.map((kept) =>
    kept.attempt === attempt && kept.outcome === 'running' ? { ...kept, endedAtMs: atMs, ...how } : kept,
  );
  return { ...record, attempts };
}

function ended(
  record: CallRecord,
  outcome: CallEnding,
  error: ShownError | undefined,
  cancelledBy?: CallCancelled['by'],
): CallRecord {
  const endedAtMs = record.calledAtMs + record.durationMs;
  const attempts = record.attempts.map((kept): AttemptRecord =>
    kept.outcome === 'running' ? { ...kept, outcome: 'left', endedAtMs } : kept,
  );
  return { ...record, outcome, error, cancelledBy, endedAtMs, activity: undefined, attempts };
}
