import { Subject, Subscription } from 'rxjs';
import type { Host } from '../host.js';
import { callAll } from '../listeners.js';
import type { OpenSocket } from '../open-sockets.js';
import { abnormalClosure, socketErrorWords, type SocketEnd, type SocketFailure } from '../rules/socket-words.js';
import type { SocketInput, SocketRequest } from '../wires/socket-wire.js';
import { createSocketListeners, SOCKET_STATES } from './socket-task-face.js';
import type { SocketListeners, SocketTask } from './socket-types.js';

/** A socket that the platform has taken. */
export interface SocketPlan {
  readonly id: number;
  readonly request: SocketRequest;
  readonly timeoutMs: number;
  /** Gives the place back (LIM-3). */
  readonly leave: () => void;
  /** How many places are taken. */
  readonly places: () => number;
}

/** The state of a socket, and the ways in which it ends: one `onClose`, or what an option has in its place, after which nothing is told of it. */
export interface SocketLife {
  readyState: SocketTask['readyState'];
  /** When the app asked for it, in milliseconds. */
  readonly startedAt: number;
  readonly listeners: SocketListeners;
  /** What the app sends. */
  readonly input$: Subject<SocketInput>;
  /** The connection: it is let go of with the end. */
  readonly wired: Subscription;
  /** Of connecting, then of closing. */
  deadline: Subscription;
  /** Tells of something in the app's thread, in a turn of its own; `after` is done behind the app's own listeners. */
  tell<Event extends keyof SocketListeners>(
    event: Event,
    result: Parameters<SocketListeners[Event]['emit']>[0],
    after?: () => void,
  ): void;
  /** The end, before anybody is told. @returns whether it had not ended before. */
  ended(end: Partial<SocketEnd>, rule?: 'BG-1'): boolean;
  close(end: SocketEnd, rule?: 'BG-1'): void;
  /** It did not open, or broke the protocol. */
  fail(failure: SocketFailure, why?: unknown): void;
}

/** Makes it, connecting; `self` is what it is among the sockets that have not ended. */
export function createSocketLife(
  host: Host,
  { id, leave }: SocketPlan,
  everyones: SocketListeners,
  self: OpenSocket,
): SocketLife {
  const { settings, report, sockets } = host;
  const listeners = createSocketListeners();

  const life: SocketLife = {
    readyState: SOCKET_STATES.CONNECTING,
    startedAt: settings.scheduler.now(),
    listeners,
    input$: new Subject<SocketInput>(),
    wired: new Subscription(),
    deadline: new Subscription(),
    tell: tellerOf(host, listeners, everyones),
    ended(end, rule) {
      if (life.readyState === SOCKET_STATES.CLOSED) return false;
      life.readyState = SOCKET_STATES.CLOSED;
      sockets.delete(self);
      life.deadline.unsubscribe();
      life.wired.unsubscribe();
      life.input$.complete();
      report({ type: 'socket-closed', id, ...end, rule });
      return true;
    },
    close({ code, reason }, rule) {
      if (!life.ended({ code, reason }, rule)) return;
      life.tell('close', { code, reason }, leave);
      if (!settings.slotFreedAfterCallback) leave();
    },
    fail(failure, why) {
      if (life.readyState === SOCKET_STATES.CLOSED) return;
      const words = socketErrorWords(failure, settings.dialect);
      report({
        type: 'socket-failed',
        id,
        errMsg: words.errMsg,
        ...(failure === 'timeout' && { rule: 'TIME-1' as const }),
        ...(why instanceof Error && { reason: why.message }),
      });
      if (settings.failedSocketEvents === 'error-and-close') {
        life.tell('error', words);
        life.close(abnormalClosure);
      } else if (life.ended({})) {
        life.tell('error', words, leave);
      }
    },
  };
  return life;
}

function tellerOf({ deliver }: Host, listeners: SocketListeners, everyones: SocketListeners): SocketLife['tell'] {
  return (event, result, after = () => {}) =>
    deliver(() => {
      try {
        // Two copies: the app may write into what it is given.
        callAll([
          () => (listeners[event].emit as (result: unknown) => void)({ ...result }),
          () => (everyones[event].emit as (result: unknown) => void)({ ...result }),
        ]);
      } finally {
        after();
      }
    });
}
