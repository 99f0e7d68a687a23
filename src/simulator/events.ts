import type { RuleId } from '../platform/network-error.js';
import type { Refusal } from '../platform/refusal.js';
import type { NetworkType } from '../platform/wx.js';
import type { AnySocketEvent, SocketRuleId } from './socket-events.js';

/** The APIs that share the rules of a call: LIM-2, BG-1, BG-2, TIME-1. */
export type CallApi = 'request' | 'uploadFile' | 'downloadFile';

interface CallEvent {
  /** Milliseconds, by the `now()` of the scheduler. */
  readonly at: number;
  /** Numbers the calls of one simulator from 1. */
  readonly id: number;
}

/** The app called; the first event of each call. */
export interface CalledEvent extends CallEvent {
  readonly type: 'called';
  readonly api: CallApi;
  readonly method: string;
  readonly url: string;
  /** Milliseconds; after TIME-1 and TIME-2. */
  readonly timeoutMs: number;
}

/**
 * The platform would not take the call, the socket, or where a redirect led. Its last event, `settled` or `socket-closed`,
 * follows at once.
 */
export interface RefusedEvent extends CallEvent {
  readonly type: 'refused';
  /** The clause, where it is one; a malformed parameter has none. */
  readonly rule?: SocketRuleId | undefined;
  /** What was wrong, and what to do about it. More than `errMsg` tells. */
  readonly detail: string;
  /** The same as data, where an address was refused. `refusal.seen` is the host that a redirect led to. */
  readonly refusal?: Refusal | undefined;
}

/** Ten are running: the call waits for a place (LIM-2). */
export interface QueuedEvent extends CallEvent {
  readonly type: 'queued';
  /** How many wait now, this one among them. */
  readonly waiting: number;
}

/** The call got a place and goes to the wire. */
export interface StartedEvent extends CallEvent {
  readonly type: 'started';
  /** How many run now, this one among them. */
  readonly running: number;
}

/** A server answered; once for each hop of a redirect. */
export interface ServerHeadersEvent extends CallEvent {
  readonly type: 'headers';
  readonly url: string;
  readonly statusCode: number;
}

/** The app aborted a call that had not ended. `settled` follows at once. */
export interface AbortedEvent extends CallEvent {
  readonly type: 'aborted';
}

/**
 * The call has ended; the last event of each call. The callbacks come a turn later, or upon return to the
 * foreground; after `'silence'` they never come: the app is gone, or `charsetTrial` has it so (ENC-1).
 */
export interface SettledEvent extends CallEvent {
  readonly type: 'settled';
  readonly outcome: 'success' | 'fail' | 'silence';
  readonly statusCode?: number | undefined;
  readonly errMsg?: string | undefined;
  readonly errno?: number | undefined;
  /** The clause that ended it, where it was one. */
  readonly rule?: RuleId | undefined;
}

/** The app went to the background. */
export interface HiddenEvent {
  readonly type: 'hidden';
  readonly at: number;
}

/** Five seconds later: calls are cut (BG-1), then the app's thread stops. */
export interface SuspendedEvent {
  readonly type: 'suspended';
  readonly at: number;
}

/** The app is back in front. */
export interface ShownEvent {
  readonly type: 'shown';
  readonly at: number;
  /** Milliseconds since `hidden`. */
  readonly awayMs: number;
}

interface StorageEvent {
  readonly at: number;
  /** Numbers the calls of the storage of one simulator from 1, restarts included. */
  readonly operation: number;
  /** As it was called: `setStorage`, `getStorageSync`. */
  readonly api: string;
  /** Its key, or those of a batch. */
  readonly keys: readonly string[];
}

/** The app called its storage, which has done nothing yet. */
export interface StorageCalledEvent extends StorageEvent {
  readonly type: 'storage-called';
}

/** The storage has done what it was called for, or has failed to. The app is told a turn later. */
export interface StorageSettledEvent extends StorageEvent {
  readonly type: 'storage-settled';
  readonly errMsg: string;
}

/** The app was killed, by `destroy()` or after half an hour in the background. What it had open ends right after. */
export interface DestroyedEvent {
  readonly type: 'destroyed';
  readonly at: number;
}

/** The app starts anew, by `restart()`: a fresh `wx` on the same device. */
export interface RestartedEvent {
  readonly type: 'restarted';
  readonly at: number;
}

/** The connection changed, by `setNetwork()`. */
export interface NetworkEvent {
  readonly type: 'network';
  readonly at: number;
  readonly networkType: NetworkType;
}

/** Everything that happens, told apart by `type`. Each call begins with `called` and ends with `settled`, each socket with `socket-created` and `socket-closed`. */
export type SimulatorEvent =
  | CalledEvent
  | RefusedEvent
  | QueuedEvent
  | StartedEvent
  | ServerHeadersEvent
  | AbortedEvent
  | SettledEvent
  | HiddenEvent
  | SuspendedEvent
  | ShownEvent
  | StorageCalledEvent
  | StorageSettledEvent
  | DestroyedEvent
  | RestartedEvent
  | NetworkEvent
  | AnySocketEvent;

// Distributes over the union, which plain Omit does not.
type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** Reports an event; the time is added by the one who reports. */
export type Report = (event: WithoutTime<SimulatorEvent>) => void;
