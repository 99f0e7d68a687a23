import { advance, keyOf, type NetworkRecord } from '../../../inspect/advance.js';
import type { InspectEvent } from '../../../network/network-event.js';
import type { DeskMessage, DeskSource } from '../../../desk/protocol.js';

/** What the page knows of one source. */
export interface SourceState {
  readonly source: DeskSource;
  /** By what they are about, in the order in which they began. */
  readonly records: ReadonlyMap<string, NetworkRecord>;
  readonly happenings: readonly InspectEvent[];
  readonly dropped: number;
}

/** What the page knows. */
export interface DeskState {
  readonly sources: ReadonlyMap<number, SourceState>;
}

/** The page forgets the oldest behind so many, as the desk does. */
const MOST = 20_000;

export const EMPTY: DeskState = { sources: new Map() };

const NO_RECORDS: ReadonlyMap<string, NetworkRecord> = new Map();

/** What the page knows after one more message. */
export function heard(state: DeskState, message: DeskMessage): DeskState {
  switch (message.type) {
    case 'source': {
      const { source: number, kind, name, connected, controllable } = message;
      const before = state.sources.get(number);
      const source = { source: number, kind, name, connected, controllable };
      return withSource(state, { records: NO_RECORDS, happenings: [], dropped: 0, ...before, source });
    }
    case 'snapshot': {
      const before = state.sources.get(message.source);
      if (!before) return state;
      const records = new Map(message.records.map((record) => [`${record.kind} ${record.id}`, record]));
      const { happenings, dropped } = message;
      return withSource(state, { ...before, records, happenings, dropped });
    }
    case 'events': {
      const before = state.sources.get(message.source);
      return before ? withSource(state, withEvents(before, message.events)) : state;
    }
    case 'dropped': {
      const before = state.sources.get(message.source);
      return before ? withSource(state, { ...before, dropped: message.dropped }) : state;
    }
    default:
      return state;
  }
}

function withEvents(before: SourceState, events: readonly InspectEvent[]): SourceState {
  const records = new Map(before.records);
  const happenings: InspectEvent[] = [];
  let { dropped } = before;
  for (const event of events) {
    const key = keyOf(event);
    if (key === undefined) {
      happenings.push(event);
      continue;
    }
    const record = advance(records.get(key), event);
    if (record) records.set(key, record);
  }
  for (const [key] of records) {
    if (records.size <= MOST) break;
    records.delete(key);
    dropped++;
  }
  return {
    ...before,
    records,
    dropped,
    happenings: happenings.length > 0 ? [...before.happenings, ...happenings].slice(-MOST) : before.happenings,
  };
}

function withSource(state: DeskState, source: SourceState): DeskState {
  return { sources: new Map(state.sources).set(source.source.source, source) };
}
