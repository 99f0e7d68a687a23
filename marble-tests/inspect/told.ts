import type {
  CallCalled,
  CallNetworkEvent,
  InspectEvent,
  ShownError,
  SocketNetworkEvent,
} from '../../src/network/network-event.js';
import type { CallRecord } from '../../src/inspect/call-record.js';
import type { SocketRecord } from '../../src/inspect/socket-record.js';
import { recordOf } from '../../src/inspect/advance.js';

type Rest<Event> = Omit<Event, 'call' | 'socket' | 'atMs' | 'type'>;
type OfType<All, Type> = Extract<All, { readonly type: Type }>;

export const INTERRUPTED: ShownError = { code: 'interrupted', rule: 'BG-1', phase: 'attempt', what: 'cut' };
export const OFFLINE: ShownError = { code: 'offline', phase: 'attempt', what: 'the phone has no network' };

/** An event of call 1. */
export function at<Type extends CallNetworkEvent['type']>(
  atMs: number,
  type: Type,
  rest: Rest<OfType<CallNetworkEvent, Type>>,
): InspectEvent {
  return { type, atMs, call: 1, ...rest } as unknown as InspectEvent;
}

/** An event of socket 1. */
export function socketAt<Type extends SocketNetworkEvent['type']>(
  atMs: number,
  type: Type,
  rest: Rest<OfType<SocketNetworkEvent, Type>>,
): InspectEvent {
  return { type, atMs, socket: 1, ...rest } as unknown as InspectEvent;
}

export function called(atMs: number, rest: Partial<Rest<CallCalled>> = {}): InspectEvent {
  return at(atMs, 'called', {
    client: 'http$',
    api: 'request',
    method: 'GET',
    url: 'https://api.example.com/feed',
    priority: 'normal',
    background: 'hold',
    ...rest,
  });
}

export function sent(atMs: number, attempt = 1): InspectEvent {
  return at(atMs, 'sent', {
    attempt,
    method: 'GET',
    url: 'https://api.example.com/feed',
    headers: { accept: '*/*' },
    running: 1,
    overtaken: 0,
    attemptMs: 60_000,
  });
}

export function answered(atMs: number, rest: Partial<Rest<OfType<CallNetworkEvent, 'answered'>>> = {}): InspectEvent {
  return at(atMs, 'answered', {
    attempt: 1,
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    size: 12,
    durationMs: 0,
    profile: undefined,
    ...rest,
  });
}

/** Decoded and handed over, in the turn of the answer. */
export function done(atMs: number, attempt = 1): readonly InspectEvent[] {
  return [
    at(atMs, 'decoded', { attempt, charset: 'utf-8', decodedBy: 'platform' }),
    at(atMs, 'completed', { from: 'network', status: 200 }),
  ];
}

export function callOf(...events: readonly InspectEvent[]): CallRecord {
  const record = recordOf(events);
  if (record?.kind !== 'call') throw new Error('no record of a call');
  return record;
}

export function socketOf(...events: readonly InspectEvent[]): SocketRecord {
  const record = recordOf(events);
  if (record?.kind !== 'socket') throw new Error('no record of a socket');
  return record;
}

/** The phases that took time. */
export function phasesOf({ phases }: CallRecord): Record<string, number> {
  return Object.fromEntries(Object.entries(phases).filter(([, ms]) => ms > 0));
}
