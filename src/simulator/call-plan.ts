import type { Observable } from 'rxjs';
import type { CallFailed, Callbacks, GeneralResult } from './apis/callbacks.js';
import type { CallApi } from './events.js';
import type { Failure } from './rules/failure.js';
import type { HttpDnsOutcome } from './rules/http-dns.js';

/** When what happened to a call, in milliseconds by `scheduler.now()`; 0 for what did not. */
export interface CallTimes {
  readonly invokeStart: number;
  queueStart: number;
  queueEnd: number;
  fetchStart: number;
}

/** The least that `success` of such a call is told. */
export type AnsweredResult = GeneralResult & { readonly statusCode: number };

/** One call of an API that LIM-2, TIME-1, BG-1 and BG-2 govern. */
export interface CallPlan<Success extends AnsweredResult> {
  readonly api: CallApi;
  readonly method: string;
  readonly url: string;
  readonly callbacks: Callbacks<Success, CallFailed>;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** What `fail` is told of HttpDNS. */
  readonly httpDns?: HttpDnsOutcome | undefined;
  /**
   * What the call does once it has a place: emits the one result, or errors with a CallFailure or a WireFailure.
   * `undefined` for a result means that the platform never calls back. Or why it takes the call not at all.
   */
  readonly work: ((call: CallContext) => Observable<Success | undefined>) | Failure;
}

/** What the work of a call knows of it. */
export interface CallContext {
  readonly id: number;
  readonly times: CallTimes;
  /** Tells the app something before the end; nothing after an abort. */
  readonly tell: (callback: () => void) => void;
}
