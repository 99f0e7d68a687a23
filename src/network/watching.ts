import type { Observable, Subscriber } from 'rxjs';
import type { QueueTerms } from '../operators/queued-call.js';
import type { HttpResponse } from '../platform/http-response.js';
import type { WxAnswer } from '../platform/make-response.js';
import type { TaskAnswer } from '../sources/task-events.js';
import type { EventOnTheWay } from './calls/call-events.js';
import type { CallSpec, PreparedCall } from './calls/call-spec.js';
import type { CallOptions } from './calls/http-request.js';
import type { SocketStatus } from './sockets/status.js';

/*
 * What a network tells to one who watches it. The one who does stands in `rx-miniprogram/inspect`: an app that nobody looks
 * into carries these looks for it, and nothing else (decisions/0050).
 */

type Answer = HttpResponse<unknown>;

/** Watches a network. */
export interface NetworkWatcher {
  /** A call begins. */
  watch<Request extends CallOptions>(spec: CallSpec<Request>, input: unknown): CallWatch;
  /** Somebody watches a query: what is shown is to be given to the one that is returned. */
  watchQuery<State extends object>(query: WatchedQuery, subscriber: Subscriber<State>): Subscriber<State>;
  /** A socket is made. */
  watchSocket(url: string): SocketWatch;
}

/** Watches a call: the events of `InspectEvent`, by the names that they have there. */
export interface CallWatch {
  /** The same call, whose end is seen. */
  around(begin: (subscriber: Subscriber<Answer>) => void): Observable<Answer>;
  /** A call that an interceptor makes for this one. */
  child<Request extends CallOptions>(spec: CallSpec<Request>, input: unknown): CallWatch;
  called(request: CallOptions): void;
  /** It waits for the answer of another call, which is not its own. */
  sharing(other: CallWatch | undefined): void;
  /** It did not find a place at once: it stands in line, or before the door, where there is no network, or a weak one. */
  queued(terms: QueueTerms, inLine: boolean): void;
  sent(prepared: PreparedCall<CallOptions>, attempt: number): void;
  heard(event: EventOnTheWay, attempt: number): void;
  answered(answer: TaskAnswer<WxAnswer>, attempt: number): void;
  decoded(answer: Answer, attempt: number): void;
  failed(error: unknown, attempt: number): void;
  replayed(attempt: number, replays: number): void;
}

/** A query, as far as it is looked into. */
export interface WatchedQuery {
  /** `id` is made by `requestKey`: `GET …`, and the address in its second line. */
  readonly question: { readonly id: string };
  /** Whether somebody has asked, or looks for an answer. */
  readonly flight: object | undefined;
}

/** How a socket stands. */
export type WatchedStatus = Pick<SocketStatus, 'state' | 'error'> & Partial<Pick<SocketStatus, 'generation'>>;

/** Watches a socket. */
export interface SocketWatch {
  /** `error` may be a close as it was told. One that is connected once needs no `generation`. */
  status(status: WatchedStatus, retryInMs?: number): void;
  message(direction: 'in' | 'out', data: string | { readonly byteLength: number }): void;
}
