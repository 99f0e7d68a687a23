import type { Host } from '../host.js';
import type { OpenSocket, SocketCut } from '../open-sockets.js';
import { arrayBufferOf } from '../rules/response-body.js';
import { abnormalClosure, brokenOff } from '../rules/socket-words.js';
import type { SocketClosed, SocketOpened, SocketWireEvent } from '../wires/socket-wire.js';
import { WireFailure } from '../wires/wire.js';
import { createSocketLife, type SocketLife, type SocketPlan } from './socket-life.js';
import { SOCKET_STATES, socketTaskOf } from './socket-task-face.js';
import type { SocketListeners, SocketTask } from './socket-types.js';

const { CONNECTING, OPEN, CLOSING } = SOCKET_STATES;

/**
 * Takes a WebSocket from connecting to its end: one `onClose` (or what an option has in its place), after which nothing
 * is told of it. Every event is told in the app's thread, in a turn of its own.
 *
 * - Evidence: discoveries/sockets.md. What was open may still be used in the five seconds after the hide (discoveries/background.md)
 * - Not known: a `close()` while it connects. Here it ends at once, as its caller has said
 */
export function openSocket(host: Host, plan: SocketPlan, everyones: SocketListeners): SocketTask {
  const { settings, report, sockets } = host;
  const { id, request, timeoutMs } = plan;
  const self: OpenSocket = { cut: (cause) => cut(host, plan, life, everyones, cause) };
  const life = createSocketLife(host, plan, everyones, self);

  sockets.add(self);
  report({ type: 'socket-connecting', id, url: request.url, timeoutMs });
  // In a turn of its own, so that nothing opens before the app has its task, and what is closed in this turn is not sent.
  life.wired.add(settings.scheduler.schedule(() => connect(host, plan, life)));

  return socketTaskOf(host, life.listeners, () => life.readyState, {
    send: (data) => {
      report({ type: 'socket-sent', id, bytes: sizeOf(data) });
      life.input$.next({ type: 'message', data });
    },
    close: ({ code, reason }) => {
      if (life.readyState === CONNECTING) {
        life.close({ code, reason: reason === '' && code === 1000 ? 'normal closure' : reason });
      } else if (life.readyState === OPEN) {
        life.readyState = CLOSING;
        const { scheduler, socketCloseWaitMs } = settings;
        life.deadline = scheduler.schedule(() => life.close(abnormalClosure), socketCloseWaitMs);
        life.input$.next({ type: 'close', code, reason });
      }
    },
  });
}

function connect(host: Host, plan: SocketPlan, life: SocketLife): void {
  const { settings, wire } = host;
  if (host.networkType() === 'none') {
    life.fail('offline');
    return;
  }
  if (!wire.socket) {
    life.fail('failed');
    host.throwLoudly(
      new Error('connectSocket: this wire carries no WebSockets; leave `wire` out, or take scriptWire({ … })'),
    );
    return;
  }
  life.deadline = settings.scheduler.schedule(() => life.fail('timeout'), plan.timeoutMs);
  life.wired.add(
    wire.socket(plan.request, life.input$).subscribe({
      next: (event) => take(host, plan, life, event),
      error: (error: unknown) => {
        if (error instanceof WireFailure) life.fail(error.kind, error.cause);
        else life.fail('failed', error);
        // Neither the server's nor the network's: the wire, its script or the simulator is wrong.
        if (!(error instanceof WireFailure)) host.throwLoudly(error);
      },
      complete: () => life.close(brokenOff(settings.dialect)),
    }),
  );
}

function take(host: Host, plan: SocketPlan, life: SocketLife, event: SocketWireEvent): void {
  if (event.type === 'open') opened(host, plan, life, event);
  else if (event.type === 'close') closedByPeer(host, life, event);
  else if (life.readyState === OPEN) {
    const { data } = event;
    host.report({ type: 'socket-received', id: plan.id, bytes: sizeOf(data) });
    life.tell('message', { data: typeof data === 'string' ? data : arrayBufferOf(data) });
  }
}

function opened(
  { report, settings: { headerCase, scheduler } }: Host,
  { id, places }: SocketPlan,
  life: SocketLife,
  { header }: SocketOpened,
): void {
  if (life.readyState !== CONNECTING) return;
  life.readyState = OPEN;
  life.deadline.unsubscribe();
  report({ type: 'socket-opened', id, places: places() });
  life.tell('open', {
    header: headerCase === 'lower' ? lowered(header) : { ...header },
    profile: profileOf(life.startedAt, scheduler.now()),
  });
}

function closedByPeer({ settings }: Host, life: SocketLife, { code, reason }: SocketClosed): void {
  // Seen for an own close without a reason (discoveries/sockets.md).
  const own = life.readyState === CLOSING && code === 1000 && reason === '';
  life.close(code === 1006 ? brokenOff(settings.dialect) : { code, reason: own ? 'normal closure' : reason });
}

/** The background, the network or `close()` of the simulator puts an end to it. */
function cut(host: Host, plan: SocketPlan, life: SocketLife, everyones: SocketListeners, cause: SocketCut): void {
  const { settings } = host;
  if (cause === 'interrupted') interrupt(host, plan, life, everyones);
  else if (cause === 'closed') life.close(abnormalClosure);
  else loseNetwork(host, life, cause === 'moved' ? settings.socketMoved : settings.socketOffline);
}

function interrupt(
  { deliver, settings }: Host,
  { leave }: SocketPlan,
  life: SocketLife,
  everyones: SocketListeners,
): void {
  const kind = settings.interruptedSocket;
  if (kind === 'silent') {
    if (life.ended({}, 'BG-1')) leave();
  } else if (kind === 'global-only') {
    const end = { code: 1000, reason: 'interrupted' };
    if (!life.ended(end, 'BG-1')) return;
    leave();
    deliver(() => everyones.close.emit(end));
  } else {
    life.close({ code: kind, reason: 'interrupted' }, 'BG-1');
  }
}

function loseNetwork({ settings }: Host, life: SocketLife, how: 'close' | 'silent' | 'keep'): void {
  if (how === 'keep') return;
  if (life.readyState === CONNECTING) life.fail('offline');
  // Nothing reaches the server any more, and the app is not told (discoveries/sockets.md).
  else if (how === 'silent') life.wired.unsubscribe();
  else life.close(brokenOff(settings.dialect));
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
