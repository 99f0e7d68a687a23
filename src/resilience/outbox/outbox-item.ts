import { isBytes } from '../../platform/is-bytes.js';
import type { NetworkErrorCode } from '../../platform/network-error.js';
import type { OutboxRequest } from './outbox-request.js';
import { bytesOfHex, hexOf } from './stored-bytes.js';

/** Why an item has not arrived. */
export interface OutboxProblem {
  /** `timeout`: it is older than `maxAgeMs`. */
  readonly code: NetworkErrorCode;
  readonly what: string;
  /** Of the answer, if there was one. */
  readonly status?: number | undefined;
}

/** A call that is kept until it has arrived. */
export interface OutboxItem {
  /** Items sort by it in the order in which they were put. */
  readonly id: string;
  /**
   * `waiting` for its turn, for the network, the front, the login, or to be tried again; `sending`; `parked`, because the server
   * refused it, or because it grew too old: then the app, or its user, retries or discards it; `done`: it has arrived.
   */
  readonly state: 'waiting' | 'sending' | 'parked' | 'done';
  readonly lane: string;
  /** As it was put, with its `idempotencyKey`, and with the copy of its file. */
  readonly request: Omit<OutboxRequest, 'lane'> & { readonly idempotencyKey: string };
  /** Whose it is. */
  readonly owner: string;
  /** When it was put, or retried by hand, in milliseconds since 1970. */
  readonly at: number;
  /** How often it has failed since the app started. */
  readonly failures: number;
  /** Whether it has gone out: it may have had its effect, although no answer came. */
  readonly sent: boolean;
  /** Why it is parked, or what it last failed with. */
  readonly problem?: OutboxProblem | undefined;
}

/** What is kept of an item: all that JSON can say. */
export interface StoredItem extends Pick<OutboxItem, 'lane' | 'request' | 'owner' | 'at' | 'sent' | 'problem'> {
  readonly parked: boolean;
  /** The data of the request, where it is bytes. */
  readonly bytes?: string | undefined;
}

export function stored({ lane, request, owner, at, sent, problem, state }: OutboxItem): StoredItem {
  const parked = state === 'parked';
  const kept = { lane, request, owner, at, sent, parked, ...(parked && { problem }) };
  const { data } = request;
  return isBytes(data) ? { ...kept, request: { ...request, data: undefined }, bytes: hexOf(data) } : kept;
}

/** The item as the app finds it when it starts again. */
export function restored(id: string, kept: StoredItem): OutboxItem {
  const { lane, request, owner, at, sent, problem, parked, bytes } = kept;
  const whole = bytes === undefined ? request : { ...request, data: bytesOfHex(bytes) };
  // Each named: there may be thousands, and an object made of a rest is ten times as slow.
  return { id, state: parked ? 'parked' : 'waiting', lane, request: whole, owner, at, failures: 0, sent, problem };
}

/** What was read, if it is an item; else it is dropped, and counted. */
export function readItem(value: unknown): StoredItem | undefined {
  const { lane, request, owner, at, sent, bytes = '' } = (value ?? {}) as Partial<StoredItem>;
  const { url, idempotencyKey } = (request ?? {}) as Partial<OutboxItem['request']>;
  const isItem = [lane, url, idempotencyKey, owner, bytes].every((part) => typeof part === 'string');
  return isItem && typeof at === 'number' && typeof sent === 'boolean' ? (value as StoredItem) : undefined;
}
