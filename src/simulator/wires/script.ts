import { asyncScheduler, isObservable, Observable, throwError, type SchedulerLike } from 'rxjs';
import type { TcpWire, UdpWire } from './raw-wire.js';
import { scriptedTcp$, scriptedUdp, type ScriptedTcpPeer, type ScriptedUdpPeer } from './script-raw.js';
import { scriptedSocket$, type ScriptedSocket } from './script-socket.js';
import type { SocketWire } from './socket-wire.js';
import {
  wireChunk,
  wireHeaders,
  wireSent,
  type Wire,
  type WireChunk,
  type WireEvent,
  type WireRequest,
} from './wire.js';

/** An answer in one piece. */
export interface PlainAnswer {
  /** @defaultValue 200 */
  readonly statusCode?: number | undefined;
  /** Several fields of one name, such as `Set-Cookie`, are an array. @defaultValue none */
  readonly header?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Text in UTF-8 or bytes; in several chunks, `everyMs` apart, if it is an array. @defaultValue empty */
  readonly body?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** How long the server takes, in milliseconds. @defaultValue 0 */
  readonly afterMs?: number | undefined;
  /** How long after what came before it each chunk of an array comes, in milliseconds. @defaultValue 0 */
  readonly everyMs?: number | undefined;
}

/** What a route answers: in one piece, event by event (`cold('--h-(c|)', …)`), or either of them by request. */
export type ScriptedAnswer =
  PlainAnswer | Observable<WireEvent> | ((request: WireRequest) => PlainAnswer | Observable<WireEvent>);

/** Answers by `'GET https://api.example.com/path'`; the query is looked at only where a route has one. */
export type Script = { readonly [route: string]: ScriptedAnswer };

/** WebSocket servers by `'wss://api.example.com/path'`; the query is looked at only where a URL has one. */
export type SocketScript = { readonly [url: string]: ScriptedSocket };

/** What else a script may know. */
export interface ScriptWireOptions {
  /** @defaultValue none */
  readonly sockets?: SocketScript | undefined;
  /** TCP peers by `'192.168.1.7:9000'`. @defaultValue none */
  readonly tcp?: { readonly [peer: string]: ScriptedTcpPeer } | undefined;
  /** UDP peers by `'192.168.1.7:9000'`; a broadcast reaches those on its port. @defaultValue none */
  readonly udp?: { readonly [peer: string]: ScriptedUdpPeer } | undefined;
  /** @defaultValue `asyncScheduler`, which is virtual inside `TestScheduler.run` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** A wire of a script: it carries whatever the script knows. */
export interface ScriptWire extends Wire {
  readonly socket: SocketWire;
  readonly tcp: TcpWire;
  readonly udp: UdpWire;
}

/**
 * Makes a wire that answers from a script, in virtual time as in real time.
 *
 * @example
 * ```ts
 * const wire = scriptWire(
 *   {
 *     'GET https://api.example.com/me': { body: '{"name":"Ada"}', afterMs: 30 },
 *     'POST https://api.example.com/photos': ({ body }) => ({ body: `${body?.byteLength} bytes` }),
 *     'GET https://api.example.com/live': cold('--h-c-#', { h: wireHeaders(200), c: wireChunk('…') }, new WireFailure('reset')),
 *   },
 *   { sockets: { 'wss://api.example.com/chat': { afterMs: 40, says$: (heard$) => heard$ } } },
 * );
 * const { wx } = createSimulator({ wire, domains: { request: ['https://api.example.com'] } });
 * ```
 *
 * @throws an Error that lists the known routes, for a request or a socket that has none.
 */
export function scriptWire(
  script: Script,
  { sockets = {}, tcp = {}, udp = {}, scheduler = asyncScheduler }: ScriptWireOptions = {},
): ScriptWire {
  const hop: Wire = (request) => {
    const { method, url } = request;
    const given$ = routeOf(script, `${method} ${url}`);
    if (given$ === undefined) return unknown$(`answer to ${method} ${url}`, script);
    return answer$(typeof given$ === 'function' ? given$(request) : given$, request, scheduler);
  };
  const socket: SocketWire = (request, input$) => {
    const given$ = routeOf(sockets, request.url);
    if (given$ === undefined) return unknown$(`socket at ${request.url}`, sockets);
    return scriptedSocket$(given$, request, input$, scheduler);
  };
  const connect: TcpWire = (request, input$) => {
    const key = `${request.address}:${request.port}`;
    const given$ = routeOf(tcp, key);
    if (given$ === undefined) return unknown$(`TCP peer at ${key}`, tcp);
    return scriptedTcp$(given$, request, input$, scheduler);
  };
  const taken = new Set<number>();
  const bind: UdpWire = (request) => scriptedUdp(udp, request, taken);
  return Object.assign(hop, { socket, tcp: connect, udp: bind });
}

/** As it is written, or without the query. */
function routeOf<Route>(routes: { readonly [route: string]: Route }, key: string): Route | undefined {
  if (Object.hasOwn(routes, key)) return routes[key];
  const plain = key.replace(/[?#].*/s, '');
  return Object.hasOwn(routes, plain) ? routes[plain] : undefined;
}

function unknown$(what: string, routes: object): Observable<never> {
  const known = Object.keys(routes).map((key) => `\n  ${key}`);
  return throwError(() => new Error(`scriptWire: no ${what}; known are${known.join('') || ' none'}`));
}

function answer$(
  answerOrEvents$: PlainAnswer | Observable<WireEvent>,
  { tellsSent, body: sentBody }: WireRequest,
  scheduler: SchedulerLike,
): Observable<WireEvent> {
  if (isObservable(answerOrEvents$)) return answerOrEvents$;

  const { statusCode = 200, header = {}, body = '', afterMs = 0, everyMs = 0 } = answerOrEvents$;
  const fields = Object.entries(header).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
  );
  const pieces: readonly (string | Uint8Array)[] = Array.isArray(body) ? body : [body];
  // Now, so that what cannot be told is an error of the call.
  const head = wireHeaders(statusCode, fields);
  const chunks = pieces.filter(({ length }) => length > 0).map(wireChunk);

  // By hand: a chain of operators for each event was a third of what a whole call costs.
  return new Observable((subscriber) => {
    const after = (ms: number, goOn: () => void) => {
      if (ms > 0) subscriber.add(scheduler.schedule(goOn, ms));
      else goOn();
    };
    // In a loop: what comes at once may be thousands.
    const tellChunks = (from: number) => {
      for (let index = from; index < chunks.length && !subscriber.closed; index++) {
        if (everyMs > 0 && index > from) {
          after(everyMs, () => tellChunks(index));
          return;
        }
        subscriber.next(chunks[index] as WireChunk);
      }
      subscriber.complete();
    };
    if (tellsSent === true) subscriber.next(wireSent(sentBody?.byteLength ?? 0));
    after(afterMs, () => {
      subscriber.next(head);
      if (chunks.length > 0) after(everyMs, () => tellChunks(0));
      else subscriber.complete();
    });
  });
}
