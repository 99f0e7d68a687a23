import { Subject, Subscription, throwError } from 'rxjs';
import type { Host } from '../host.js';
import type { Listeners } from '../listeners.js';
import { systemError, wireError, type RawSocketFailed } from '../rules/raw-socket-words.js';
import { arrayBufferOf } from '../rules/response-body.js';
import { WireFailure } from '../wires/wire.js';
import type { TcpConnected, TcpRequest, TcpWireEvent } from '../wires/raw-wire.js';
import { createRawSocket, type RawSocket } from './raw-socket.js';
import type { EndInfo, TcpConnectResult, TcpMessageResult } from './raw-socket-types.js';

/** Where a connection is to go, and how long connecting may take, in milliseconds. */
export interface TcpPlan extends Pick<TcpRequest, 'address' | 'port' | 'family'> {
  readonly timeoutMs: number;
}

/** One TCP connection, from nothing to its end. What it brings is told by the listeners. */
export interface TcpConnectionLife {
  readonly socket: RawSocket;
  readonly state: 'idle' | 'connecting' | 'connected' | 'closing' | 'failed';
  readonly connect: (plan: TcpPlan) => void;
  readonly write: (bytes: Uint8Array) => void;
  readonly close: () => void;
}

/** Who hears of it. */
export interface TcpListeners {
  readonly connects: Listeners<TcpConnectResult>;
  readonly messages: Listeners<TcpMessageResult>;
}

/** What changes. */
interface TcpState {
  state: TcpConnectionLife['state'];
  wired: Subscription;
  deadline: Subscription;
  readonly input$: Subject<Uint8Array>;
  readonly socket: RawSocket;
}

/** Makes one that is not connected. */
export function createTcpConnection(host: Host, listeners: TcpListeners): TcpConnectionLife {
  const socket = createRawSocket(host, 'createTCPSocket', {
    release: () => {
      life.deadline.unsubscribe();
      life.wired.unsubscribe();
      life.input$.complete();
    },
    mute: () => life.wired.unsubscribe(),
    running: () => life.state === 'connecting' || life.state === 'connected' || life.state === 'closing',
    offline: () => {
      if (life.state === 'connecting') failConnect(life, 'offline');
      else if (life.state === 'connected') breakOff(life, systemError('write', 'offline'));
    },
  });
  const life: TcpState = {
    state: 'idle',
    wired: new Subscription(),
    deadline: new Subscription(),
    input$: new Subject(),
    socket,
  };

  return {
    socket,
    get state() {
      return life.state;
    },
    connect: (plan) => connect(host, life, listeners, plan),
    write: (bytes) => {
      host.report({ type: 'socket-sent', id: socket.id, bytes: bytes.byteLength });
      life.input$.next(bytes);
    },
    close: () => {
      if (life.state === 'connected') {
        // It has closed when everything is written: the wire tells.
        life.state = 'closing';
        life.input$.complete();
      } else if (life.state !== 'closing') {
        socket.end();
      }
    },
  };
}

function connect(host: Host, life: TcpState, listeners: TcpListeners, { timeoutMs, ...to }: TcpPlan): void {
  const { report, settings, wire } = host;
  const { scheduler, device } = settings;
  life.state = 'connecting';
  report({ type: 'socket-connecting', id: life.socket.id, url: `tcp://${to.address}:${to.port}`, timeoutMs });
  life.deadline = scheduler.schedule(() => failConnect(life, 'timeout'), timeoutMs);
  life.wired = scheduler.schedule(() => {
    if (host.networkType() === 'none') {
      failConnect(life, 'offline');
      return;
    }
    const what = 'createTCPSocket: this wire carries no TCP; leave `wire` out, or take scriptWire({}, { tcp: { … } })';
    const events$ =
      wire.tcp?.({ ...to, localAddress: device.localip }, life.input$) ?? throwError(() => new Error(what));
    life.wired.add(
      events$.subscribe({
        next: taker(host, life, listeners),
        error: (error: unknown) => lose(host, life, error),
        complete: () => {
          if (life.state === 'connecting') failConnect(life, new WireFailure('reset'));
          else life.socket.end();
        },
      }),
    );
  });
}

/** Tells of what the wire brings. */
function taker(
  { report, settings: { device } }: Host,
  life: TcpState,
  { connects, messages }: TcpListeners,
): (event: TcpWireEvent) => void {
  const { socket } = life;
  let connected: TcpConnected | undefined;
  // New ones each time: the app may write into what it is given.
  const ends = ({ remote, localPort }: TcpConnected): { remoteInfo: EndInfo; localInfo: EndInfo } => ({
    remoteInfo: { ...remote },
    localInfo: { address: device.localip, family: remote.family, port: localPort },
  });

  return (event) => {
    if (event.type === 'connected') {
      connected = event;
      life.state = 'connected';
      life.deadline.unsubscribe();
      report({ type: 'socket-opened', id: socket.id });
      socket.tell(connects, { ...ends(event), useHttpDNS: false, exception: { retryCount: '0', reasons: [] } });
    } else if (life.state === 'connected' && connected) {
      report({ type: 'socket-received', id: socket.id, bytes: event.bytes.byteLength });
      socket.tell(messages, { message: arrayBufferOf(event.bytes), ...ends(connected) });
    }
  };
}

function failConnect(life: TcpState, failure: 'offline' | 'timeout' | WireFailure): void {
  if (life.state !== 'connecting') return;
  life.state = 'failed';
  life.deadline.unsubscribe();
  life.wired.unsubscribe();
  life.socket.fail(
    failure instanceof WireFailure ? wireError('connect', failure.kind) : systemError('connect', failure),
  );
}

function breakOff({ socket }: TcpState, failed: RawSocketFailed): void {
  socket.fail(failed);
  socket.end();
}

function lose(host: Host, life: TcpState, error: unknown): void {
  const failure = error instanceof WireFailure ? error : new WireFailure('failed');
  if (life.state === 'connecting') failConnect(life, failure);
  else if (life.state === 'connected') breakOff(life, wireError('write', failure.kind));
  else life.socket.end();
  // Neither the peer's nor the network's: the wire, its script or the simulator is wrong.
  if (!(error instanceof WireFailure)) host.throwLoudly(error);
}
