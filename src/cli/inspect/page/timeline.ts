import type { NetworkRecord } from '../../../inspect/advance.js';
import type { InspectEvent } from '../../../network/network-event.js';
import { beganAt, endedAt, takesPlace } from './rows.js';

/** A time in which something was so. */
export interface Band {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How many of something there were, from then on. */
export interface Step {
  readonly atMs: number;
  readonly count: number;
}

/** What the overview shows. */
export interface Timeline {
  readonly fromMs: number;
  readonly toMs: number;
  readonly background: readonly Band[];
  readonly offline: readonly Band[];
  readonly running: readonly Step[];
  readonly sockets: readonly Step[];
  readonly waiting: readonly Step[];
}

/** What happened over the whole time of the records. */
export function timelineOf(records: readonly NetworkRecord[], happenings: readonly InspectEvent[]): Timeline {
  let fromMs = Infinity;
  let toMs = -Infinity;
  const running: [number, number][] = [];
  const sockets: [number, number][] = [];
  const waiting: [number, number][] = [];
  const add = (list: [number, number][], from: number, to: number) => list.push([from, 1], [to, -1]);
  for (const record of records) {
    fromMs = Math.min(fromMs, beganAt(record));
    toMs = Math.max(toMs, endedAt(record));
    if (record.kind === 'call') {
      for (const { activity, fromMs: from, toMs: to } of record.spans) {
        if (activity === 'waiting' || activity === 'held') add(waiting, from, to);
        else if (activity !== 'intercepting' && activity !== 'decoding') add(running, from, to);
      }
    } else if (takesPlace(record)) {
      for (const { state, fromMs: from, toMs: to } of record.spans) {
        if (state === 'connecting' || state === 'open') add(sockets, from, to);
      }
    }
  }
  if (fromMs > toMs) return { fromMs: 0, toMs: 1, background: [], offline: [], running: [], sockets: [], waiting: [] };
  toMs = Math.max(toMs, fromMs + 1);
  return {
    fromMs,
    toMs,
    background: bands(happenings, toMs, (event) =>
      event.type === 'lifecycle' ? event.visibility === 'background' : undefined,
    ),
    offline: bands(happenings, toMs, (event) => (event.type === 'network' ? !event.isConnected : undefined)),
    running: steps(running),
    sockets: steps(sockets),
    waiting: steps(waiting),
  };
}

function bands(
  happenings: readonly InspectEvent[],
  untilMs: number,
  isSo: (event: InspectEvent) => boolean | undefined,
): Band[] {
  const found: Band[] = [];
  let since: number | undefined;
  for (const event of happenings) {
    const so = isSo(event);
    if (so === undefined) continue;
    if (so) since ??= event.atMs;
    else if (since !== undefined) {
      found.push({ fromMs: since, toMs: event.atMs });
      since = undefined;
    }
  }
  if (since !== undefined) found.push({ fromMs: since, toMs: Math.max(untilMs, since) });
  return found;
}

function steps(changes: [number, number][]): Step[] {
  changes.sort(([a, x], [b, y]) => a - b || x - y);
  const found: { atMs: number; count: number }[] = [];
  let count = 0;
  for (const [atMs, change] of changes) {
    count += change;
    const last = found[found.length - 1];
    if (last?.atMs === atMs) last.count = count;
    else found.push({ atMs, count });
  }
  return found;
}
