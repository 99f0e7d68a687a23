import {
  concat,
  defer,
  EMPTY,
  filter,
  isObservable,
  map,
  merge,
  mergeMap,
  NEVER,
  of,
  takeUntil,
  takeWhile,
  throwError,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import {
  socketMessage,
  socketOpened,
  type SocketClosed,
  type SocketInput,
  type SocketRequest,
  type SocketWireEvent,
} from './socket-wire.js';
import { WireFailure } from './wire.js';

/** What a scripted server says: a message, or the end. */
export type SocketSpeech = string | Uint8Array | SocketClosed;

/** A server in one piece. It answers a close with the same code and reason. */
export interface PlainSocket {
  /** What it answers the handshake; all but 101 refuse. @defaultValue 101 */
  readonly statusCode?: number | undefined;
  /** How long it takes to answer the handshake, in milliseconds. @defaultValue 0 */
  readonly afterMs?: number | undefined;
  /** The fields of that answer. @defaultValue none */
  readonly header?: Readonly<Record<string, string>> | undefined;
  /**
   * What it says from the opening on, or what it makes of what it hears (`(heard$) => heard$` is an echo). `socketClosed()`
   * ends the socket, an error of WireFailure breaks it off, completion leaves it open. @defaultValue nothing
   */
  readonly says$?:
    Observable<SocketSpeech> | ((heard$: Observable<string | Uint8Array>) => Observable<SocketSpeech>) | undefined;
  /** After how many milliseconds of being open it is dead without a word: it neither speaks nor hears. @defaultValue never */
  readonly silentAfterMs?: number | undefined;
}

/** What a socket's route does: in one piece, event by event (`cold('--o-m-c', …)`), or either of them by request. */
export type ScriptedSocket =
  | PlainSocket
  | Observable<SocketWireEvent>
  | ((request: SocketRequest, input$: Observable<SocketInput>) => PlainSocket | Observable<SocketWireEvent>);

/** Plays a route. */
export function scriptedSocket$(
  route: ScriptedSocket,
  request: SocketRequest,
  input$: Observable<SocketInput>,
  scheduler: SchedulerLike,
): Observable<SocketWireEvent> {
  const played$ = typeof route === 'function' ? route(request, input$) : route;
  return isObservable(played$) ? played$ : server$(played$, input$, scheduler);
}

function server$(
  { statusCode = 101, afterMs = 0, header = {}, says$ = EMPTY, silentAfterMs }: PlainSocket,
  input$: Observable<SocketInput>,
  scheduler: SchedulerLike,
): Observable<SocketWireEvent> {
  const alive = upTo(silentAfterMs, scheduler);

  const open$ = defer(() => {
    const heard$ = input$.pipe(alive);
    const said$ = typeof says$ === 'function' ? says$(heard$.pipe(mergeMap(textOf))) : says$;
    const events$ = said$.pipe(
      map((said) => (typeof said === 'object' && 'type' in said ? said : socketMessage(said))),
    );
    const answeredClose$ = heard$.pipe(filter(({ type }) => type === 'close'));
    // It stays open, whatever completes.
    const conversation$: Observable<SocketWireEvent> = merge(events$, answeredClose$, NEVER).pipe(alive);
    return concat(of(socketOpened(header)), conversation$).pipe(takeWhile(({ type }) => type !== 'close', true));
  });
  const answered$ =
    statusCode === 101
      ? open$
      : throwError(() => new WireFailure('handshake', { cause: new Error(`status ${statusCode}`) }));
  return afterMs > 0 ? timer(afterMs, scheduler).pipe(mergeMap(() => answered$)) : answered$;
}

function textOf(input: SocketInput): readonly (string | Uint8Array)[] {
  return input.type === 'message' ? [input.data] : [];
}

/** Lets everything pass until a time from the subscription, and from then on nothing, not even the end. */
function upTo(ms: number | undefined, scheduler: SchedulerLike): <T>(source$: Observable<T>) => Observable<T> {
  return (source$) => (ms === undefined ? source$ : concat(source$.pipe(takeUntil(timer(ms, scheduler))), NEVER));
}
