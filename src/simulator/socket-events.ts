import type { RuleId } from '../platform/network-error.js';

/** The APIs that open something that lasts. */
export type SocketApi = 'connectSocket' | 'createTCPSocket' | 'createUDPSocket';

interface SocketEvent {
  /** Milliseconds, by the `now()` of the scheduler. */
  readonly at: number;
  /** Numbers the calls and sockets of one simulator from 1. */
  readonly id: number;
}

/** The app made a socket; the first event of each. A refusal follows as `refused`, under the same id. */
export interface SocketCreatedEvent extends SocketEvent {
  readonly type: 'socket-created';
  readonly api: SocketApi;
  /** Of a WebSocket, as the app gave it. */
  readonly url?: string | undefined;
}

/** It connects, or is bound. */
export interface SocketConnectingEvent extends SocketEvent {
  readonly type: 'socket-connecting';
  readonly url: string;
  /** After TIME-1 and TIME-2. */
  readonly timeoutMs?: number | undefined;
}

/** It is open. */
export interface SocketOpenedEvent extends SocketEvent {
  readonly type: 'socket-opened';
  /** How many WebSockets have a place now, this one among them (LIM-3). */
  readonly places?: number | undefined;
}

/** The app sent something, or something came for it. */
export interface SocketTrafficEvent extends SocketEvent {
  readonly type: 'socket-sent' | 'socket-received';
  readonly bytes: number;
  /** `address:port`, where it may be another each time. */
  readonly peer?: string | undefined;
}

/** Something went wrong; `onError` tells the app. */
export interface SocketFailedEvent extends SocketEvent {
  readonly type: 'socket-failed';
  readonly errMsg: string;
  /** Why, where the wire knows more than the app is told: `status 403`, a sub-protocol that was not asked for … */
  readonly reason?: string | undefined;
  readonly rule?: SocketRuleId | undefined;
}

/** It has ended, and no event of it follows. `onClose` tells the app, except where an option says that it does not. */
export interface SocketClosedEvent extends SocketEvent {
  readonly type: 'socket-closed';
  readonly code?: number | undefined;
  readonly reason?: string | undefined;
  /** The clause that ended it, where it was one. */
  readonly rule?: SocketRuleId | undefined;
}

/** The clauses that a socket can run against. */
export type SocketRuleId = RuleId | 'TCP-1' | 'UDP-1';

/** What happens to sockets, told apart by `type`. */
export type AnySocketEvent =
  | SocketCreatedEvent
  | SocketConnectingEvent
  | SocketOpenedEvent
  | SocketTrafficEvent
  | SocketFailedEvent
  | SocketClosedEvent;
