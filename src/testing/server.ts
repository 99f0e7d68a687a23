import { Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { WireFailure, type Wire, type WireRequest } from '../simulator/wires/wire.js';
import type { ReceivedRequest } from './replies.js';
import { createRoute, type CallLog, type Route, type ScriptedRoute } from './route.js';
import { complaintOf, type Arrival, type Refusal } from './server-complaint.js';
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
  /** All that arrived, in order. */
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
  const requests: ReceivedRequest[] = [];
  const arrivals: Arrival[] = [];

  const on = (method: string, url: string): Route => {
    if (!/^https?:\/\/[^/?#]+/i.test(url)) {
      throw new TypeError(`server: expected an absolute address such as 'https://api.example.com/users'; got '${url}'`);
    }
    const name = `${method.toUpperCase()} ${url}`;
    const route = routes.get(name) ?? createRoute(name, stage);
    routes.set(name, route);
    return route;
  };

  const routeOf = ({ method, url }: WireRequest) =>
    routes.get(`${method} ${url}`) ?? routes.get(`${method} ${url.replace(/[?#].*$/s, '')}`);

  const wire: Wire = (sent) =>
    new Observable((subscriber) => {
      const request: ReceivedRequest = {
        ...sent,
        text: Buffer.from(sent.body ?? []).toString('utf8'),
        at: stage.now(),
      };
      const route = routeOf(sent);
      const promise = route?.claim();
      requests.push(request);
      route?.requests.push(request);
      arrivals.push({ at: request.at, name: `${sent.method} ${sent.url}`, known: promise !== undefined });
      if (!route || !promise) {
        // Whatever the app makes of it: the test will fail.
        subscriber.error(new WireFailure('refused'));
        return undefined;
      }

      const log = logFrom(request.at);
      route.calls.push(log);
      let ended = false;
      const answer = promise.answer$(request).subscribe({
        next: (event) => subscriber.next(event),
        error: (error: unknown) => {
          ended = true;
          subscriber.error(error);
        },
        complete: () => {
          ended = true;
          subscriber.complete();
        },
      });
      return () => {
        if (!ended) log.unsubscribedFrame = stage.now();
        answer.unsubscribe();
      };
    });

  return {
    wire,
    complaint: (refusals, failed) => complaintOf([...routes.values()], arrivals, refusals, failed),
    server: {
      on,
      get: (url) => on('GET', url),
      head: (url) => on('HEAD', url),
      post: (url) => on('POST', url),
      put: (url) => on('PUT', url),
      delete: (url) => on('DELETE', url),
      options: (url) => on('OPTIONS', url),
      requests,
    },
  };
}

/** One of rxjs's own, because strict comparison looks at the class. */
function logFrom(frame: number): CallLog {
  const log = TestScheduler.parseMarblesAsSubscriptions('^', true);
  log.subscribedFrame = frame;
  return log;
}
