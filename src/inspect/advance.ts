import type { InspectEvent } from '../network/network-event.js';
import { advanceCall } from './advance-call.js';
import { advanceSocket } from './advance-socket.js';
import type { CallRecord } from './call-record.js';
import type { SocketRecord } from './socket-record.js';

/** A call or a socket, told apart by `kind`. */
export type NetworkRecord = CallRecord | SocketRecord;

/**
 * What a record is after one more event: the one place where events become records, on the phone, at the desk and in the
 * page. Pure, and cheap enough for each event.
 *
 * @param record - What it was; `undefined` before its first event.
 * @returns The same object where the event changes nothing; `undefined` for an event that is not about a call or a socket, and
 * for one whose beginning was not heard.
 */
export function advance(record: NetworkRecord | undefined, event: InspectEvent): NetworkRecord | undefined {
  if ('call' in event) return advanceCall(record as CallRecord | undefined, event);
  if ('socket' in event) return advanceSocket(record as SocketRecord | undefined, event);
  return record;
}

/** Which record an event belongs to, such as `call 17`; `undefined` for what is about the app and its phone. */
export function keyOf(event: InspectEvent): string | undefined {
  if ('call' in event) return `call ${event.call}`;
  return 'socket' in event ? `socket ${event.socket}` : undefined;
}

/**
 * The record of one call or one socket, from all that was told of it.
 *
 * ```text
 * events  called, queued, sent, answered, decoded, completed
 * record  waiting 4000 ms, answering 210 ms, decoding 1 ms: 4211 ms
 * ```
 *
 * @param events - From its beginning, in their order; those of others are passed over.
 * @returns `undefined` where its beginning is not among them.
 * @example
 * ```ts
 * networkEvents$(network)
 *   .pipe(takeUntil(timer(60_000)), toArray())
 *   .subscribe((events) => console.log(recordOf(events)));
 * ```
 */
export function recordOf(events: readonly InspectEvent[]): NetworkRecord | undefined {
  let record: NetworkRecord | undefined;
  let key: string | undefined;
  for (const event of events) {
    const own = keyOf(event);
    if (own === undefined || (key !== undefined && own !== key)) continue;
    record = advance(record, event);
    if (record) key = own;
  }
  return record;
}
