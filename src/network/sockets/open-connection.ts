import { EMPTY, filter, from, merge, Observable, skip, Subject, type ObservableInput, type Subscription } from 'rxjs';
import { kindOf } from '../../platform/field-text.js';
import { isNetworkError, NetworkError, type CallDetails } from '../../platform/network-error.js';
import type { SocketData } from '../../platform/wx-sockets.js';
import { invalidArgument } from '../../sources/call-wx.js';
import type { SocketConnection } from '../../sources/connect-socket.js';
import type { SocketContext } from './connection.js';
import { heardPromise$, isWaitable } from './heard-promise.js';
import { startHeartbeat, watchSilence, type Heartbeat } from './heartbeat.js';
import { asIs, atOnce, deserialized, serialized } from './serializer.js';

/**
 * Runs `onOpen`, then lets messages in and out, for as long as it is subscribed to; emits once, when the socket counts as open.
 *
 * @param onHeartbeat - Called when the connection can find out for itself whether it is dead.
 */
export function openConnection$<In, Out>(
  context: SocketContext<In, Out>,
  connection: SocketConnection,
  onHeartbeat: () => void,
): Observable<unknown> {
  const { options, call, serializer, inbox$, outbox, channels, current } = context;
  const { isReply, isPlainReply } = options.heartbeat ?? {};

  return new Observable((subscriber) => {
    const mine$ = new Subject<In>();
    const { lastMessage } = current;
    // Told when it is over: a call for each message is felt.
    let received = lastMessage;
    const read = readerOf(context);
    let heartbeat: Heartbeat | undefined;
    current.open(connection);

    const send = (data: SocketData) => {
      context.watch()?.message('out', data);
      return connection.send(data);
    };
    const lose = () => subscriber.error(deadSocket(call));
    // Of our own accord, for nobody who could be told: a socket that is not there any more is the one thing to learn.
    const sendOwnData = (data: SocketData) => {
      send(data).subscribe({ error: (error: unknown) => isNetworkError(error, 'connection') && lose() });
    };
    const sendOwn = (message: Out) => sendOwnData(serialized(serializer, message, call));

    subscriber.add(() => {
      current.received(received);
      if (current.lose(connection)) stopSending(context);
    });
    subscriber.add(
      connection.messages$.subscribe((data) => {
        context.watch()?.message('in', data);
        try {
          if (heartbeat) {
            heartbeat.heard();
            if (isPlainReply && atOnce('isPlainReply', isPlainReply(data), call)) return;
          }
          const message = read(data);
          if (message === UNREAD || (isReply && heartbeat && atOnce('isReply', isReply(message), call))) return;
          received = message;
          if (mine$.observed) mine$.next(message);
          channels.route(message);
          // One who was handed it may have ended this connection, and begun to listen to the next.
          if (!subscriber.closed) inbox$.next(message);
        } catch (error) {
          subscriber.error(error);
        }
      }),
    );

    const open = () => {
      // `onOpen` may have been what left.
      if (subscriber.closed) return;
      heartbeat = heartbeatOf(context, subscriber, {
        sendOwn,
        sendOwnData,
        onError: (error) => subscriber.error(error),
      });
      if (options.heartbeat?.intervalMs !== undefined) onHeartbeat();
      channels.open(sendOwn);
      if (!subscriber.closed) outbox.open(send, lose);
      // Last: who is told that it is open may send.
      subscriber.next(current.generation);
    };

    const { onOpen } = options;
    if (!onOpen) {
      open();
      return;
    }
    const hook$ = onOpen({
      send: (message) => {
        try {
          return send(serialized(serializer, message, call));
        } catch (error) {
          return outbox.refuse(error);
        }
      },
      messages$: mine$.asObservable(),
      lastMessage,
      generation: current.generation,
      header: connection.header,
    });
    const done$ = heardPromise$(checkedHook(hook$, call));
    if (subscriber.closed) return;
    subscriber.add(from(done$).subscribe({ error: (error: unknown) => subscriber.error(error), complete: open }));
  });
}

/** What `onOpen` returned: of `() => token && send(token)` it may be `false`. */
function checkedHook(hook$: unknown, call: CallDetails): ObservableInput<unknown> {
  if (!hook$) return EMPTY;
  if (isWaitable(hook$)) return hook$;
  throw invalidArgument(`onOpen must return nothing, an observable or a promise; got ${kindOf(hook$)}`, call);
}

/** From now on nothing can be said. */
export function stopSending<In, Out>({ outbox, channels }: SocketContext<In, Out>): void {
  outbox.down();
  channels.down();
}

/** What is sent as it is, and yet must be what the platform can send. */
const PLAIN = { serialize: asIs.serialize };

const UNREAD = Symbol('unread');

/**
 * Reads messages; what cannot be read is the caller's to judge. Made once for all messages of a connection.
 *
 * @returns a function that throws a NetworkError `decode` where nobody judges.
 */
function readerOf<In, Out>({
  options: { onUnreadable },
  serializer,
  call,
}: SocketContext<In, Out>): (data: SocketData) => In | typeof UNREAD {
  if (!onUnreadable) return (data) => deserialized(serializer, data, call);
  return (data) => {
    try {
      return deserialized(serializer, data, call);
    } catch (error) {
      const judged = onUnreadable(data, error as NetworkError);
      return judged === undefined ? UNREAD : atOnce('onUnreadable', judged, call);
    }
  };
}

/** Starts what looks whether the peer is there, if there is to be any; it asks at once when the app or the network has changed. */
function heartbeatOf<In, Out>(
  { network, options, call, app$, device$ }: SocketContext<In, Out>,
  life: Subscription,
  {
    sendOwn,
    sendOwnData,
    onError,
  }: {
    readonly sendOwn: (message: Out) => void;
    readonly sendOwnData: (data: SocketData) => void;
    readonly onError: (error: unknown) => void;
  },
): Heartbeat | undefined {
  const { heartbeat: how } = options;
  if (!how) return undefined;
  const wiring = {
    onSilence: (what: string) => onError(new NetworkError(what, { ...call, code: 'timeout', phase: 'attempt' })),
    life,
    scheduler: network.scheduler,
  };
  const { intervalMs, deadlineMs, request, plainRequest } = how;
  if (intervalMs === undefined) return watchSilence(deadlineMs, wiring);
  const ask = () => {
    if (plainRequest) sendOwnData(serialized(PLAIN, plainRequest(), call));
    else if (request) sendOwn(request());
  };
  const started = startHeartbeat({ intervalMs, deadlineMs }, ask, onError, wiring);
  life.add(
    merge(
      app$.pipe(
        skip(1),
        filter(({ visibility }) => visibility !== 'background'),
      ),
      device$.pipe(skip(1)),
    ).subscribe(() => started.probe()),
  );
  return started;
}

function deadSocket(call: CallDetails): NetworkError {
  const what = 'the platform says that the socket is not open, though it has not told of its close';
  return new NetworkError(what, { ...call, code: 'connection', phase: 'attempt' });
}
