import type { InspectEvent } from '../network/network-event.js';
import { advance, keyOf, type NetworkRecord } from './advance.js';
import { sizeOf } from './size-of.js';

/** How much a book keeps. */
export interface RecordBookLimits {
  /** How many records. */
  readonly keep: number;
  /** How many bytes all of them take, about, as JSON. */
  readonly maxBytes: number;
}

interface Page {
  readonly record: NetworkRecord;
  readonly bytes: number;
}

/**
 * The records of a network, bounded: the oldest that has ended goes first, and where none has ended the oldest, because a
 * call may never end. What still happens to one that is gone is passed over.
 */
export class RecordBook {
  /** How many records had to go. */
  dropped = 0;
  private readonly pages = new Map<string, Page>();
  private readonly ended = new Set<string>();
  private bytes = 0;

  constructor(private readonly limits: RecordBookLimits) {}

  /**
   * Writes down what an event says.
   *
   * @param change - What else is to be said in the record.
   * @returns whether a record is another now.
   */
  take(event: InspectEvent, change?: (record: NetworkRecord) => NetworkRecord): boolean {
    const key = keyOf(event);
    if (key === undefined) return false;
    const before = this.pages.get(key)?.record;
    const next = advance(before, event);
    const after = next && change ? change(next) : next;
    if (!after || after === before) return false;
    this.write(key, after);
    return true;
  }

  /** Puts a record in as it is, in the place of the one that there was. */
  put(record: NetworkRecord): void {
    this.write(`${record.kind} ${record.id}`, record);
  }

  /** From the one that began first. */
  records(): readonly NetworkRecord[] {
    return [...this.pages.values()].map(({ record }) => record);
  }

  /** Forgets what has ended. */
  clear(): void {
    for (const key of this.ended) this.forget(key);
  }

  private write(key: string, record: NetworkRecord): void {
    const before = this.pages.get(key)?.bytes ?? 0;
    const bytes = sizeOf(record);
    this.bytes += bytes - before;
    this.pages.set(key, { record, bytes });
    if (hasEnded(record)) this.ended.add(key);
    else this.ended.delete(key);
    while (this.pages.size > this.limits.keep || this.bytes > this.limits.maxBytes) this.dropOldest();
  }

  private dropOldest(): void {
    const [ended] = this.ended;
    const [oldest] = this.pages.keys();
    this.forget((ended ?? oldest) as string);
    this.dropped++;
  }

  private forget(key: string): void {
    this.bytes -= this.pages.get(key)?.bytes ?? 0;
    this.pages.delete(key);
    this.ended.delete(key);
  }
}

function hasEnded(record: NetworkRecord): boolean {
  return record.kind === 'call' ? record.endedAtMs !== undefined : record.state === 'closed';
}
