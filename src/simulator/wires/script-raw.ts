import {
  concat,
  defer,
  EMPTY,
  endWith,
  ignoreElements,
  isObservable,
  map,
  merge,
  mergeMap,
  NEVER,
  of,
  Subject,
  takeUntil,
  throwError,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import {
  rawBytes,
  type WireAddress,
  type TcpRequest,
  type TcpWireEvent,
  type UdpEndpoint,
  type UdpRequest,
  type UdpWireEvent,
} from './raw-wire.js';
import { WireFailure, type WireFailureKind } from './wire.js';

/** What a scripted peer says: values at their time, or what it makes of what it hears. Text is sent in UTF-8. */
export type PeerSpeech$ =
  Observable<string | Uint8Array> | ((heard$: Observable<Uint8Array>) => Observable<string | Uint8Array>);

/** A TCP peer in one piece. */
export interface PlainTcpPeer {
  /** How long it takes to take the connection, or to refuse it, in milliseconds. @defaultValue 0 */
  readonly afterMs?: number | undefined;
  /** Why there is no connection, such as `'refused'`. @defaultValue there is one */
  readonly fails?: WireFailureKind | undefined;
  /**
   * What it says. Completion closes the connection, an error of WireFailure breaks it off. `(heard$) => heard$` is an
   * echo. @defaultValue nothing, for ever
   */
  readonly says$?: PeerSpeech$ | undefined;
}

/** What a TCP route does: in one piece, event by event, or either of them by request. */
export type ScriptedTcpPeer =
  | PlainTcpPeer
  | Observable<TcpWireEvent>
  | ((request: TcpRequest, input$: Observable<Uint8Array>) => PlainTcpPeer | Observable<TcpWireEvent>);

/** A UDP peer. It speaks to each socket from its binding on, or answers. */
export interface ScriptedUdpPeer {
  /** `(heard$) => heard$` is an echo. @defaultValue nothing */
  readonly says$?: PeerSpeech$ | undefined;
}

/** Plays a TCP route. */
export function scriptedTcp$(
  route: ScriptedTcpPeer,
  request: TcpRequest,
  input$: Observable<Uint8Array>,
  scheduler: SchedulerLike,
): Observable<TcpWireEvent> {
  const played$ = typeof route === 'function' ? route(request, input$) : route;
  if (isObservable(played$)) return played$;

  const { afterMs = 0, fails, says$ = NEVER } = played$;
  const { address, port, family } = request;
  const remote: WireAddress = { address, port, family: family === 6 ? 'IPv6' : 'IPv4' };
  const talk$ = defer(() => {
    const said$ = typeof says$ === 'function' ? says$(input$) : says$;
    const closedByApp$ = input$.pipe(ignoreElements(), endWith(true));
    return said$.pipe(
      map((said): TcpWireEvent => ({ type: 'data', bytes: rawBytes(said) })),
      takeUntil(closedByApp$),
    );
  });
  const peer$ =
    fails === undefined
      ? concat(of<TcpWireEvent>({ type: 'connected', remote, localPort: FIRST_FREE_PORT }), talk$)
      : throwError(() => new WireFailure(fails));
  return afterMs > 0 ? timer(afterMs, scheduler).pipe(mergeMap(() => peer$)) : peer$;
}

/** Where the ports begin that a system gives out. */
const FIRST_FREE_PORT = 49_152;

/** Makes a UDP socket among scripted peers. A broadcast reaches all that have the port. */
export function scriptedUdp(
  peers: { readonly [peer: string]: ScriptedUdpPeer },
  { port }: UdpRequest,
  taken: Set<number>,
): UdpEndpoint {
  if (taken.has(port)) throw new WireFailure('in-use');
  let bound = port || FIRST_FREE_PORT;
  while (taken.has(bound)) bound++;
  taken.add(bound);

  const closed$ = new Subject<void>();
  const inbox = new Map(Object.keys(peers).map((key) => [key, new Subject<Uint8Array>()]));
  const said$ = merge(
    ...Object.entries(peers).map(([key, { says$ = EMPTY }]) => {
      const heard$ = inbox.get(key) ?? NEVER;
      const spoken$ = typeof says$ === 'function' ? says$(heard$) : says$;
      return spoken$.pipe(
        map((said): UdpWireEvent => ({ type: 'datagram', from: addressOf(key), bytes: rawBytes(said) })),
      );
    }),
  );
  return {
    port: bound,
    events$: concat(said$, NEVER).pipe(takeUntil(closed$)),
    send: ({ address, port: to, bytes, broadcast }) => {
      const hear = [...inbox].filter(([key]) => (broadcast ? addressOf(key).port === to : key === `${address}:${to}`));
      if (hear.length === 0 && !broadcast) {
        const known = Object.keys(peers).map((key) => `\n  ${key}`);
        throw new Error(`scriptWire: no UDP peer at ${address}:${to}; known are${known.join('') || ' none'}`);
      }
      for (const [, heard$] of hear) heard$.next(bytes);
    },
    setTtl: () => {},
    close: () => {
      taken.delete(bound);
      closed$.next();
    },
  };
}

function addressOf(key: string): WireAddress {
  const [address = '', port] = key.split(':');
  return { address, family: 'IPv4', port: Number(port) };
}
