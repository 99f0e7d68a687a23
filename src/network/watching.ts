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
  /** It did not find a place at once: it stands in line, or before the door, where there is no network, or a weak one. */
  queued(terms: QueueTerms, inLine: boolean): void;
  sent(prepared: PreparedCall<CallOptions>, attempt: number): void;
  heard(event: EventOnTheWay, attempt: number): void;
  answered(answer: TaskAnswer<WxAnswer>, attempt: number): void;
  decoded(answer: Answer, attempt: number): void;
  failed(error: unknown, attempt: number): void;
  replayed(attempt: number, replays: number): void;
}

/** Watches a socket. */
export interface SocketWatch {
  status(status: Pick<SocketStatus, 'state' | 'generation' | 'error'>, retryInMs: number | undefined): void;
  message(direction: 'in' | 'out', data: string | ArrayBuffer): void;
}
