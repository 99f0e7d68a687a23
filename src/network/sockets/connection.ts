import { EMPTY, from, Observable, Subject, switchMap, takeUntil, tap, throwError, timeout } from 'rxjs';
import { VERDICT_MS, type AppState } from '../../platform/app-state.js';
import { meaningOfClose } from '../../platform/close-code.js';
import { isNetworkError, NetworkError, type CallDetails } from '../../platform/network-error.js';
import { connectSocket$, type ConnectSocketEvent, type SocketConnection } from '../../sources/connect-socket.js';
import { closeError } from '../../sources/socket-errors.js';
import { attemptLimit, backstopMs } from '../calls/attempt-limit.js';
import type { Network } from '../create-network.js';
import type { Channels } from './channels.js';
import { startHeartbeat, type Heartbeat } from './heartbeat.js';
import { cutOnReturn$ } from './loss.js';
import type { SocketOptions } from './options.js';
import type { Outbox } from './outbox.js';
import { inSocketPlace$ } from './place.js';
import { readyToConnect, socketPort } from './request.js';
import { deserialized, serialized, type SocketSerializer } from './serializer.js';

/** What the connections of one socket share. */
export interface SocketWiring<In, Out> {
  readonly network: Network;
  readonly options: SocketOptions<In, Out>;
  readonly serializer: SocketSerializer<In, Out>;
  readonly call: CallDetails;
  /** The network's, or one that is always in front. */
  readonly app$: Observable<AppState>;
  readonly inbox$: Subject<In>;
  readonly outbox: Outbox;
  readonly channels: Channels<In, Out>;
  lastMessage: In | undefined;
  generation: number;
  /** The one that is open, or opening. */
  connection: SocketConnection | undefined;
  /** When the last attempt began, in milliseconds, by the clock of the network. */
  attemptedAt: number;
  /** Whether the caller is closing it, with whatever code. */
  closing: boolean;
  readonly onConnecting: () => void;
}

/**
 * One connection: waits for a place, connects, runs `onOpen`, then lets messages in and out; emits once, when it is open.
 * Completes when the peer closes with 1000, and errors with whatever else ends it. It is a generation of its own: what
 * belongs to it ends with its subscription, so that a dead socket never delivers into the next.
 */
export function connection$<In, Out>(wiring: SocketWiring<In, Out>): Observable<unknown> {
  const { network, options, call, app$ } = wiring;
  const { scheduler } = network;
  const { closeDeadlineMs = 5_000, background = network.options.background } = options;
  let wasCut = false;

  const place = {
    call,
    background,
    // The platform has let go of what it cut, and a second after the return it has said what it has to say.
    closeDeadlineMs: () => (wasCut ? Math.min(closeDeadlineMs, VERDICT_MS) : closeDeadlineMs),
  };
  return inSocketPlace$(network, place, (onGone) => {
    const attemptMs = attemptLimit(network, 'connectSocket', options.attemptMs);
    const port = socketPort(network, call);
    const request = readyToConnect(network, options, attemptMs);
    wiring.attemptedAt = scheduler.now();
    wiring.onConnecting();

    const cut$ = cutOnReturn$(app$, scheduler, call).pipe(tap({ error: () => (wasCut = true) }));
    return connectSocket$(request, { wx: port, onGone }).pipe(
      switchMap((event) => (event.type === 'connection' ? served$(wiring, event) : ended$(wiring, event))),
      timeout({
        first: backstopMs(attemptMs),
        with: () => throwError(() => tooSlow(attemptMs, call)),
        scheduler,
      }),
      takeUntil(cut$),
    );
  });
}

/** Lets messages in and out for as long as it is subscribed to. */
function served$<In, Out>(wiring: SocketWiring<In, Out>, connection: SocketConnection): Observable<unknown> {
  const { network, options, serializer, call, inbox$, outbox, channels } = wiring;
  const { scheduler } = network;

  return new Observable((subscriber) => {
    const mine$ = new Subject<In>();
    const { lastMessage } = wiring;
    let heart: Heartbeat<In> | undefined;
    wiring.generation++;
    wiring.connection = connection;

    const transmit = (message: Out) => connection.send(serialized(serializer, message, call));
    const die = () => subscriber.error(died(call));
    // Of our own accord, for nobody who could be told: a socket that is not there any more is the one thing to learn.
    const sendOwn = (message: Out) => {
      transmit(message).subscribe({ error: (error: unknown) => isNetworkError(error, 'connection') && die() });
    };

    subscriber.add(() => {
      if (wiring.connection === connection) goDown(wiring);
    });
    subscriber.add(
      connection.messages$.subscribe((data) => {
        let message: In;
        try {
          message = deserialized(serializer, data, call);
          if (heart?.heard(message)) return;
        } catch (error) {
          subscriber.error(error);
          return;
        }
        wiring.lastMessage = message;
        if (mine$.observed) mine$.next(message);
        try {
          channels.route(message);
        } catch (error) {
          subscriber.error(error);
          return;
        }
        // One who was handed it may have ended this connection, and begun to listen to the next.
        if (!subscriber.closed) inbox$.next(message);
      }),
    );

    const open = () => {
      if (options.heartbeat) {
        heart = startHeartbeat(options.heartbeat, {
          send: sendOwn,
          onError: (error) => subscriber.error(error),
          onSilence: (deadlineMs) => subscriber.error(silent(deadlineMs, call)),
          life: subscriber,
          scheduler,
        });
      }
      channels.open(sendOwn);
      if (!subscriber.closed) outbox.open((data) => connection.send(data), die);
      // Last: who is told that it is open may send.
      subscriber.next(wiring.generation);
    };

    const { onOpen } = options;
    if (!onOpen) {
      open();
      return;
    }
    const hook$ = onOpen({
      send: transmit,
      messages$: mine$.asObservable(),
      lastMessage,
      generation: wiring.generation,
      header: connection.header,
    });
    subscriber.add(
      from(hook$ ?? EMPTY).subscribe({ error: (error: unknown) => subscriber.error(error), complete: open }),
    );
  });
}

/** From now on nothing can be said. */
export function goDown<In, Out>(wiring: SocketWiring<In, Out>): void {
  wiring.connection = undefined;
  wiring.outbox.down();
  wiring.channels.down();
}

/** What the end of a connection is to one who wants to keep it: a clean close completes, all else is an error. */
function ended$<In, Out>(
  { options, call, closing }: SocketWiring<In, Out>,
  event: Exclude<ConnectSocketEvent, SocketConnection>,
): Observable<never> {
  const { code, reason } = event;
  const { reconnect } = options;
  const afterCleanClose = reconnect !== false && reconnect?.afterCleanClose === true;
  const clean = meaningOfClose(event) === 'clean' && !afterCleanClose;
  return clean || closing ? EMPTY : throwError(() => closeError({ code, reason }, call));
}

function tooSlow(attemptMs: number, call: CallDetails): NetworkError {
  const what = `it took longer than attemptMs allows, ${attemptMs} ms, to connect and to finish onOpen`;
  return new NetworkError(what, { ...call, code: 'timeout', rule: 'TIME-1', phase: 'attempt' });
}

function silent(deadlineMs: number, call: CallDetails): NetworkError {
  const what = `the heartbeat had no reply within ${deadlineMs} ms`;
  return new NetworkError(what, { ...call, code: 'timeout', phase: 'attempt' });
}

function died(call: CallDetails): NetworkError {
  const what = 'the platform says that the socket is not open, though it has not told of its close';
  return new NetworkError(what, { ...call, code: 'connection', phase: 'attempt' });
}
