import { Observable, Subscription, tap } from 'rxjs';
import type { SocketWire } from '../simulator/wires/socket-wire.js';
import { WireFailure, wireSent, type Wire, type WireEvent, type WireRequest } from '../simulator/wires/wire.js';
import { logFrom, type CallLog } from './promises.js';
import type { ReceivedRequest } from './replies.js';
import { createRoute, type Route, type ScriptedRoute } from './route.js';
import { problemOfRequest, type Arrival, type Refusal } from './server-complaint.js';
import { createSocketRoute, type ScriptedSocketRoute, type SocketRoute } from './socket-route.js';
import type { Stage } from './stage.js';

/**
 * A server that answers what it was told to, and nothing else.
 *
 * A route is a method and an address; the query is looked at only where the route has one. Asking for the same one
 * again gives the same route. A call that nobody promised an answer to, and a promise that nobody claimed, fail the test.
 *
 * @example
 * ```ts
 * server.get('https://api.example.com/users').replies('--r|', { r: json([{ id: 1 }]) });
 * server.post('https://api.example.com/users').replies('---#', {}, 'interrupted').replies('-r|', { r: json({}, { status: 201 }) });
 * server.socket('wss://api.example.com/live').plays('--o-m--x', { m: 'hello', x: closes(4001, 'bye') });
 * ```
 */
export interface ScriptedServer {
  on(method: string, url: string): ScriptedRoute;
  get(url: string): ScriptedRoute;
  head(url: string): ScriptedRoute;
  post(url: string): ScriptedRoute;
  put(url: string): ScriptedRoute;
  delete(url: string): ScriptedRoute;
  options(url: string): ScriptedRoute;
  /** `wx.uploadFile`: a POST, whose form stands in the `text` of what arrived. */
  upload(url: string): ScriptedRoute;
  /** `wx.downloadFile`: a GET. */
  download(url: string): ScriptedRoute;
  /** `wx.connectSocket`. */
  socket(url: string): ScriptedSocketRoute;
  /** All that arrived, in order; sockets apart. */
  readonly requests: readonly ReceivedRequest[];
}

/** The server, and what the run needs of it. */
export interface ServerRun {
  readonly server: ScriptedServer;
  readonly wire: Wire;
  /** What does not add up, if anything: for the end of the test. */
  readonly complaint: (refusals: readonly Refusal[], failed: boolean) => string | undefined;
}

/** Makes a server without routes. */
export function createServer(stage: Stage): ServerRun {
  const routes = new Map<string, Route>();
  const sockets = new Map<string, SocketRoute>();
  const requests: ReceivedRequest[] = [];
  const arrivals: Arrival[] = [];

  const on = (method: string, url: string): Route => {
    checkAddress(url, /^https?:\/\/[^/?#]+/i, 'https://api.example.com/users');
    const name = `${method.toUpperCase()} ${url}`;
    return madeOnce(routes, name, () => createRoute(name, stage));
  };
  const socketAt = (url: string): SocketRoute => {
    checkAddress(url, /^wss?:\/\/[^/?#]+/i, 'wss://api.example.com/live');
    return madeOnce(sockets, url, () => createSocketRoute(`SOCKET ${url}`, stage));
  };

  const hop: Wire = (sent) =>
    new Observable((subscriber) => {
      const request: ReceivedRequest = {
        ...sent,
        text: Buffer.from(sent.body ?? []).toString('utf8'),
        at: stage.now(),
      };
      const route = found(routes, `${sent.method} ${sent.url}`);
      const promise = route?.promised.claim(request.at);
      requests.push(request);
      route?.requests.push(request);
      arrivals.push({ at: request.at, name: `${sent.method} ${sent.url}`, known: promise !== undefined });
      // Whatever the app makes of the refusal: the test will fail.
      if (!route || !promise) subscriber.error(new WireFailure('refused'));
      else logged(promise.answer(request).pipe(sentFirst(sent)), route.calls, stage).subscribe(subscriber);
    });

  const socket: SocketWire = (request, input$) =>
    new Observable((subscriber) => {
      const route = found(sockets, request.url);
      const promise = route?.promised.claim(stage.now());
      route?.requests.push(request);
      arrivals.push({ at: stage.now(), name: `SOCKET ${request.url}`, known: promise !== undefined });
      if (!route || !promise) {
        subscriber.error(new WireFailure('refused'));
        return;
      }
      const hearing$ = input$.pipe(tap((input) => input.type === 'message' && route.hear(input.data)));
      logged(promise.answer(hearing$), route.calls, stage).subscribe(subscriber);
    });

  const get = (url: string) => on('GET', url);
  const post = (url: string) => on('POST', url);
  return {
    wire: Object.assign(hop, { socket }),
    complaint: (refusals, failed) => {
      const promised = [...routes.values(), ...sockets.values()].map((route) => route.promised);
      return problemOfRequest(promised, arrivals, refusals, failed);
    },
    server: {
      on,
      get,
      post,
      head: (url) => on('HEAD', url),
      put: (url) => on('PUT', url),
      delete: (url) => on('DELETE', url),
      options: (url) => on('OPTIONS', url),
      upload: post,
      download: get,
      socket: socketAt,
      requests,
    },
  };
}

function checkAddress(url: string, pattern: RegExp, example: string): void {
  if (!pattern.test(url))
    throw new TypeError(`server: expected an absolute address such as '${example}'; got '${url}'`);
}

function madeOnce<T>(all: Map<string, T>, name: string, make: () => T): T {
  const one = all.get(name) ?? make();
  all.set(name, one);
  return one;
}

/** As it is written, or without the query. */
function found<T>(all: Map<string, T>, name: string): T | undefined {
  return all.get(name) ?? all.get(name.replace(/[?#].*/s, ''));
}

/** Writes down when it was subscribed to, and when it was left before its end. */
function logged<T extends { readonly type: string }>(
  source: Observable<T>,
  logs: CallLog[],
  { now }: Stage,
): Observable<T> {
  return new Observable((subscriber) => {
    const log = logFrom(now());
    logs.push(log);
    let ended = false;
    const end = () => {
      ended = true;
    };
    const running = new Subscription(() => {
      if (!ended) log.unsubscribedFrame = now();
    });
    // The phone lets go of a socket when it hears of its close.
    const next = ({ type }: T) => {
      if (type === 'close') end();
    };
    running.add(source.pipe(tap({ next, error: end, complete: end })).subscribe(subscriber));
    return running;
  });
}

/** Who asks for it is told that the body has gone, before the first word of the answer, unless the diagram tells it. */
function sentFirst({ tellsSent, body }: WireRequest): (source: Observable<WireEvent>) => Observable<WireEvent> {
  return (source) =>
    new Observable((subscriber) => {
      let told = tellsSent !== true;
      return source.subscribe({
        next: (event) => {
          if (!told && event.type !== 'sent') subscriber.next(wireSent(body?.byteLength ?? 0));
          told = true;
          subscriber.next(event);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}
