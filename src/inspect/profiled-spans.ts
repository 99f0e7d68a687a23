import type { CallAnswered } from '../network/network-event.js';
import type { RequestProfile } from '../platform/request-profile.js';
import type { CallActivity, CallRecord } from './call-record.js';
import { withoutLastSpan, withSpan } from './spans.js';

/**
 * The time of an attempt of which we have heard nothing but the answer, as the platform's own figures divide it. Its clock
 * need not be ours: only its differences count, and never more than the time that there was. What it does not account for,
 * such as the way from its thread to ours, came last, and counts as `receiving`.
 */
export function profiledSpans(record: CallRecord, { attempt, profile }: CallAnswered): CallRecord {
  const sent = record.attempts.find((kept) => kept.attempt === attempt);
  const last = record.spans[record.spans.length - 1];
  const parts = profile && partsOf(profile);
  if (!sent || !parts || last?.activity !== 'answering' || last.fromMs !== sent.sentAtMs) return record;
  let at = last.fromMs;
  let divided = withoutLastSpan(record);
  for (const [activity, ms] of parts) {
    const to = Math.min(at + ms, last.toMs);
    divided = withSpan(divided, activity, at, to);
    at = to;
  }
  return withSpan(divided, 'receiving', at, last.toMs);
}

type Part = readonly [activity: CallActivity, ms: number];

/** `undefined` where it does not say when the request was out and when the answer began. */
function partsOf(profile: RequestProfile): readonly Part[] | undefined {
  const { invokeStart, fetchStart, queueStart, queueEnd, requestEnd, responseStart, responseEnd } = profile;
  const start = known(invokeStart) ?? known(fetchStart);
  const out = known(requestEnd);
  const first = known(responseStart);
  const end = known(responseEnd);
  if (start === undefined || out === undefined || first === undefined || end === undefined) return undefined;
  if (!(start <= out && out <= first && first <= end)) return undefined;
  const inPlatformsQueue = Math.min(Math.max(0, (known(queueEnd) ?? 0) - (known(queueStart) ?? Infinity)), out - start);
  return [
    ['waiting', inPlatformsQueue],
    ['sending', out - start - inPlatformsQueue],
    ['answering', first - out],
    ['receiving', end - first],
  ];
}

/** What the platform does not know it gives as 0 or −1. */
function known(time: number | undefined): number | undefined {
  return typeof time === 'number' && time > 0 && time < Infinity ? time : undefined;
}
