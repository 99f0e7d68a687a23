import type { SocketNetworkEvent } from '../network/network-event.js';
import type { MessageCount, SocketRecord, SocketState } from './socket-record.js';

/** So many spans of a socket are kept, the latest. */
const MAX_SPANS = 200;

/**
 * The record of a socket after one more event. Pure: the record before it stays as it is.
 *
 * @returns `undefined` for a socket whose beginning was not heard.
 */
export function advanceSocket(record: SocketRecord | undefined, event: SocketNetworkEvent): SocketRecord | undefined {
  if (!record) return 'url' in event ? begun(event.socket, event.url, event.atMs, stateOf(event)) : undefined;
  const next = moved(record, event.atMs);

  switch (event.type) {
    case 'socket-waiting':
      return { ...next, state: 'waiting', error: undefined, meaning: undefined, retryAtMs: undefined };
    case 'socket-connecting':
      return { ...next, state: 'connecting', url: event.url, retryAtMs: undefined };
    case 'socket-open':
      return { ...next, state: 'open', generation: event.generation };
    case 'socket-message': {
      const way = event.direction === 'in' ? 'incoming' : 'outgoing';
      return { ...next, [way]: counted(record[way], event.bytes, event.atMs) };
    }
    case 'socket-down':
      return { ...next, state: 'down', error: event.error };
    case 'socket-retry':
      return { ...next, retryAtMs: event.retryInMs === undefined ? undefined : event.atMs + event.retryInMs };
    case 'socket-closed':
      return {
        ...next,
        state: 'closed',
        error: event.error ?? record.error,
        meaning: event.meaning,
        retryAtMs: undefined,
      };
    default:
      // Of a later version.
      return record;
  }
}

const NOTHING: MessageCount = { messages: 0, bytes: 0, lastAtMs: undefined };

function begun(id: number, url: string, atMs: number, state: SocketState): SocketRecord {
  return {
    kind: 'socket',
    id,
    url,
    beganAtMs: atMs,
    lastAtMs: atMs,
    state,
    generation: 0,
    spans: [],
    droppedSpans: 0,
    incoming: NOTHING,
    outgoing: NOTHING,
    error: undefined,
    meaning: undefined,
    retryAtMs: undefined,
  };
}

function stateOf({ type }: SocketNetworkEvent): SocketState {
  return type === 'socket-waiting' ? 'waiting' : 'connecting';
}

function moved(record: SocketRecord, atMs: number): SocketRecord {
  const { state, lastAtMs: fromMs, spans } = record;
  const toMs = Math.max(fromMs, atMs);
  if (toMs === fromMs) return record;
  const last = spans[spans.length - 1];
  const joined = last?.state === state;
  const kept = joined
    ? [...spans.slice(0, -1), { ...last, toMs }]
    : [...spans.slice(-MAX_SPANS + 1), { state, fromMs, toMs }];
  const dropped = spans.length + (joined ? 0 : 1) - kept.length;
  return { ...record, lastAtMs: toMs, spans: kept, droppedSpans: record.droppedSpans + dropped };
}

function counted({ messages, bytes }: MessageCount, more: number, atMs: number): MessageCount {
  return { messages: messages + 1, bytes: bytes + more, lastAtMs: atMs };
}
