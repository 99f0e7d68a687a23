import type { NetworkRecord } from '../../../inspect/advance.js';
import type { CallRecord } from '../../../inspect/call-record.js';

/** Which records are shown. */
export interface Filter {
  readonly text: string;
  readonly kind: 'all' | 'failed' | 'slow' | 'cut' | 'pending' | 'calls' | 'sockets';
  /** Only what was there between the two; `undefined` for all. */
  readonly range: readonly [fromMs: number, toMs: number] | undefined;
}

export type SortKey = 'when' | 'method' | 'address' | 'status' | 'waited' | 'took';

export interface Sort {
  readonly by: SortKey;
  readonly down: boolean;
}

const SLOW_MS = 1_000;

export function beganAt(record: NetworkRecord): number {
  return record.kind === 'call' ? record.calledAtMs : record.beganAtMs;
}

export function endedAt(record: NetworkRecord): number {
  return record.kind === 'call' ? record.calledAtMs + record.durationMs : record.lastAtMs;
}

/** The method of a call, and of a socket what it speaks: `WS`, `TCP` or `UDP`. */
export function methodOf(record: NetworkRecord): string {
  if (record.kind === 'call') return record.method;
  return /^(tcp|udp):/i.exec(record.url)?.[1]?.toUpperCase() ?? 'WS';
}

/** Whether it takes one of the five places (LIM-3). */
export function takesPlace(record: NetworkRecord): boolean {
  return record.kind === 'socket' && methodOf(record) === 'WS';
}

/** What it waited and was held for, all in all. Milliseconds. */
export function waited(record: NetworkRecord): number {
  if (record.kind === 'call') return record.phases.waiting + record.phases.held;
  return record.spans
    .filter(({ state }) => state === 'waiting')
    .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/** Whether something went wrong with it. */
export function isBad(record: NetworkRecord): boolean {
  if (record.error !== undefined) return true;
  return (
    record.kind === 'call' &&
    (record.outcome === 'failed' || record.outcome === 'refused' || (record.status ?? 0) >= 400)
  );
}

/** The status, the code of the error, or how it stands. */
export function statusOf(record: NetworkRecord): string {
  if (record.kind === 'socket') return record.error?.code ?? record.state;
  if (record.error) return record.error.code;
  if (record.status !== undefined) return String(record.status);
  // A query has an answer, and no status.
  return record.client === 'watch$' && record.answeredFrom ? record.answeredFrom : record.outcome;
}

/** The records that fit, in their order. */
export function rowsOf(records: Iterable<NetworkRecord>, filter: Filter, { by, down }: Sort): NetworkRecord[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const rows = [...records].filter((record) => fits(record, filter, words));
  const direction = down ? -1 : 1;
  const value = VALUES[by];
  return rows.sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    const order = a < b ? -1 : a > b ? 1 : beganAt(one) - beganAt(other);
    return direction * order;
  });
}

const VALUES: { readonly [Key in SortKey]: (record: NetworkRecord) => number | string } = {
  when: beganAt,
  method: methodOf,
  address: ({ url }) => url,
  status: statusOf,
  waited,
  took: (record) => endedAt(record) - beganAt(record),
};

function fits(record: NetworkRecord, { kind, range }: Filter, words: readonly string[]): boolean {
  if (range && (beganAt(record) > range[1] || endedAt(record) < range[0])) return false;
  if (!isOfKind(record, kind)) return false;
  if (words.length === 0) return true;
  const text = textOf(record);
  return words.every((word) => text.includes(word));
}

function isOfKind(record: NetworkRecord, kind: Filter['kind']): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'calls':
      return record.kind === 'call';
    case 'sockets':
      return record.kind === 'socket';
    case 'failed':
      return isBad(record);
    case 'slow':
      return record.kind === 'call' && record.durationMs > SLOW_MS;
    case 'cut':
      return record.kind === 'call' && wasCut(record);
    case 'pending':
      return record.kind === 'call' ? record.outcome === 'pending' : record.state !== 'closed';
  }
}

function wasCut({ attempts, error }: CallRecord): boolean {
  return error?.code === 'interrupted' || attempts.some(({ outcome }) => outcome === 'cut');
}

function textOf(record: NetworkRecord): string {
  const own =
    record.kind === 'call'
      ? `${record.method} ${record.client} ${record.priority} ${record.answeredFrom ?? ''}`
      : `socket ${methodOf(record)}`;
  const { error } = record;
  return `${own} ${record.url} ${statusOf(record)} ${error?.rule ?? ''} ${error?.what ?? ''}`.toLowerCase();
}
