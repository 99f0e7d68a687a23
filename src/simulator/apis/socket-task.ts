import { Subject, Subscription } from 'rxjs';
import type { Host } from '../host.js';
import { callAll } from '../listeners.js';
import type { OpenSocket } from '../open-sockets.js';
import { arrayBufferOf } from '../rules/response-body.js';
import {
  abnormalClosure,
  brokenOff,
  socketErrorWords,
  type SocketEnd,
  type SocketFailure,
} from '../rules/socket-words.js';
import type { SocketInput, SocketRequest, SocketWireEvent } from '../wires/socket-wire.js';
import { WireFailure } from '../wires/wire.js';
import { createSocketListeners, SOCKET_STATES, socketTaskOf } from './socket-task-face.js';
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

/**
 * Takes a WebSocket from connecting to its end: one `onClose` (or what an option has in its place), after which nothing
 * is told of it. Every event is told in the app's thread, in a turn of its own.
 *
 * - Evidence: discoveries/sockets.md. What was open may still be used in the five seconds after the hide (discoveries/background.md)
 * - Not known: a `close()` while it connects. Here it ends at once, as its caller has said
 */
export function openSocket(host: Host, plan: SocketPlan, everyones: SocketListeners): SocketTask {
  const { settings, report, deliver, sockets, wire } = host;
  const { scheduler, dialect, slotFreedAfterCallback, headerCase } = settings;
  const { id, request, timeoutMs, leave } = plan;
  const { CONNECTING, OPEN, CLOSING, CLOSED } = SOCKET_STATES;

  const listeners = createSocketListeners();
  const input$ = new Subject<SocketInput>();
  const wired = new Subscription();
  let deadline = new Subscription();
  let readyState: SocketTask['readyState'] = CONNECTING;
  const fetchStart = scheduler.now();

  const tell = <Event extends keyof SocketListeners>(
    event: Event,
    result: Parameters<SocketListeners[Event]['emit']>[0],
    after = () => {},
  ) => {
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
  };

  /** The end, before anybody is told. @returns whether it had not ended before. */
  const ended = (end: Partial<SocketEnd>, rule?: 'BG-1') => {
    if (readyState === CLOSED) return false;
    readyState = CLOSED;
    sockets.delete(self);
    deadline.unsubscribe();
    wired.unsubscribe();
    input$.complete();
    report({ type: 'socket-closed', id, ...end, rule });
    return true;
  };

  const close = ({ code, reason }: SocketEnd, rule?: 'BG-1') => {
    if (!ended({ code, reason }, rule)) return;
    tell('close', { code, reason }, leave);
    if (!slotFreedAfterCallback) leave();
  };

  const fail = (failure: SocketFailure, why?: unknown) => {
    if (readyState === CLOSED) return;
    const words = socketErrorWords(failure, dialect);
    report({
      type: 'socket-failed',
      id,
      errMsg: words.errMsg,
      ...(failure === 'timeout' && { rule: 'TIME-1' as const }),
      ...(why instanceof Error && { reason: why.message }),
    });
    if (settings.failedSocketEvents === 'error-and-close') {
      tell('error', words);
      close(abnormalClosure);
    } else if (ended({})) {
      tell('error', words, leave);
    }
  };

  const interrupt = () => {
    const kind = settings.interruptedSocket;
    if (kind === 'silent') {
      if (ended({}, 'BG-1')) leave();
    } else if (kind === 'global-only') {
      const end = { code: 1000, reason: 'interrupted' };
      if (!ended(end, 'BG-1')) return;
      leave();
      deliver(() => everyones.close.emit(end));
    } else {
      close({ code: kind, reason: 'interrupted' }, 'BG-1');
    }
  };

  const take = (event: SocketWireEvent) => {
    switch (event.type) {
      case 'open': {
        if (readyState !== CONNECTING) return;
        readyState = OPEN;
        deadline.unsubscribe();
        report({ type: 'socket-opened', id, places: plan.places() });
        const header = headerCase === 'lower' ? lowered(event.header) : { ...event.header };
        tell('open', { header, profile: profileOf(fetchStart, scheduler.now()) });
        return;
      }
      case 'message': {
        if (readyState !== OPEN) return;
        const { data } = event;
        report({ type: 'socket-received', id, bytes: sizeOf(data) });
        tell('message', { data: typeof data === 'string' ? data : arrayBufferOf(data) });
        return;
      }
      case 'close': {
        const { code, reason } = event;
        // Seen for an own close without a reason (discoveries/sockets.md).
        const own = readyState === CLOSING && code === 1000 && reason === '';
        close(code === 1006 ? brokenOff(dialect) : { code, reason: own ? 'normal closure' : reason });
      }
    }
  };

  const loseNetwork = (how: 'close' | 'silent' | 'keep') => {
    if (how === 'keep') return;
    if (readyState === CONNECTING) fail('offline');
    // Nothing reaches the server any more, and the app is not told (discoveries/sockets.md).
    else if (how === 'silent') wired.unsubscribe();
    else close(brokenOff(dialect));
  };

  const self: OpenSocket = {
    cut: (cause) => {
      if (cause === 'interrupted') interrupt();
      else if (cause === 'closed') close(abnormalClosure);
      else loseNetwork(cause === 'moved' ? settings.socketMoved : settings.socketOffline);
    },
  };

  const connect = () => {
    if (host.networkType() === 'none') {
      fail('offline');
      return;
    }
    if (!wire.socket) {
      fail('failed');
      host.throwLoudly(
        new Error('connectSocket: this wire carries no WebSockets; leave `wire` out, or take scriptWire({ … })'),
      );
      return;
    }
    deadline = scheduler.schedule(() => fail('timeout'), timeoutMs);
    wired.add(
      wire.socket(request, input$).subscribe({
        next: take,
        error: (error: unknown) => {
          if (error instanceof WireFailure) fail(error.kind, error.cause);
          else fail('failed', error);
          // Neither the server's nor the network's: the wire, its script or the simulator is wrong.
          if (!(error instanceof WireFailure)) host.throwLoudly(error);
        },
        complete: () => close(brokenOff(dialect)),
      }),
    );
  };

  sockets.add(self);
  report({ type: 'socket-connecting', id, url: request.url, timeoutMs });
  // In a turn of its own, so that nothing opens before the app has its task, and what is closed in this turn is not sent.
  wired.add(scheduler.schedule(connect));

  return socketTaskOf(host, listeners, () => readyState, {
    send: (data) => {
      report({ type: 'socket-sent', id, bytes: sizeOf(data) });
      input$.next({ type: 'message', data });
    },
    close: ({ code, reason }) => {
      if (readyState === CONNECTING) {
        close({ code, reason: reason === '' && code === 1000 ? 'normal closure' : reason });
      } else if (readyState === OPEN) {
        readyState = CLOSING;
        deadline = scheduler.schedule(() => close(abnormalClosure), settings.socketCloseWaitMs);
        input$.next({ type: 'close', code, reason });
      }
    },
  });
}

function sizeOf(data: string | Uint8Array): number {
  return Buffer.byteLength(data);
}

function lowered(header: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The wire does not tell its steps apart: all of it counts as the handshake. */
function profileOf(fetchStart: number, openedAt: number) {
  const took = openedAt - fetchStart;
  return {
    fetchStart,
    domainLookUpStart: fetchStart,
    domainLookUpEnd: fetchStart,
    connectStart: fetchStart,
    connectEnd: openedAt,
    rtt: took,
    handshakeCost: took,
    cost: took,
  };
}
