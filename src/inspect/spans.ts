import type { CallActivity, CallRecord } from './call-record.js';

/** So many spans of a call are kept, the latest. */
const MAX_SPANS = 200;

/** The record with one more span at its end, joined to the one before it where that is of the same kind. An empty one is none. */
export function withSpan(record: CallRecord, activity: CallActivity, fromMs: number, toMs: number): CallRecord {
  if (toMs <= fromMs) return record;
  const last = record.spans[record.spans.length - 1];
  const joined = last?.activity === activity;
  const spans = joined
    ? [...record.spans.slice(0, -1), { ...last, toMs }]
    : [...record.spans.slice(-MAX_SPANS + 1), { activity, fromMs, toMs }];
  const dropped = record.spans.length + (joined ? 0 : 1) - spans.length;
  return {
    ...record,
    spans,
    droppedSpans: record.droppedSpans + dropped,
    phases: { ...record.phases, [activity]: record.phases[activity] + toMs - fromMs },
  };
}

/** The record without its last span. */
export function withoutLastSpan(record: CallRecord): CallRecord {
  const last = record.spans[record.spans.length - 1];
  if (!last) return record;
  const { activity, fromMs, toMs } = last;
  const phases = { ...record.phases, [activity]: record.phases[activity] - (toMs - fromMs) };
  return { ...record, spans: record.spans.slice(0, -1), phases };
}
