import { openCall, type Call } from '../call.js';
import type { AnsweredResult, CallPlan } from '../call-plan.js';
import type { CallApi } from '../events.js';
import { FileFailure } from '../files/file-failure.js';
import type { Host } from '../host.js';
import { deadlineMs } from '../rules/deadline.js';
import { CallFailure, type Failure } from '../rules/failure.js';
import type { HttpDnsOutcome } from '../rules/http-dns.js';
import { parameterFailure, textOf, type ParameterTypes } from '../rules/parameters.js';
import { capturedCallbacks, type CallFailed, type Callbacks } from './callbacks.js';

type Work<Success extends AnsweredResult> = Exclude<CallPlan<Success>['work'], Failure>;

/** What the options of the three APIs have in common. */
export interface CallOption<Success> extends Callbacks<Success, CallFailed> {
  url: string;
  /** Referer cannot be set (LIM-1). */
  header?: Record<string, unknown> | undefined;
  /** Milliseconds. @defaultValue `networkTimeout`, else 60 000 (TIME-1, TIME-2) */
  timeout?: number | undefined;
}

/** How an API differs from the other two. */
export interface ApiCall<Success extends AnsweredResult> {
  readonly api: CallApi;
  readonly method: string;
  readonly parameters: ParameterTypes;
  readonly httpDns?: HttpDnsOutcome | undefined;
  /**
   * Reads all of the option, in the turn of the call: the app may use the same object for its next one. May throw a
   * CallFailure or a FileFailure, or return why the call is not taken.
   */
  readonly prepare: () => Work<Success> | Failure;
}

/** Opens a call with what was given, after parameters, `close()` and background (BG-2) have had their say. */
export function startCall<Success extends AnsweredResult>(
  host: Host,
  option: CallOption<Success>,
  { api, method, parameters, httpDns, prepare }: ApiCall<Success>,
): Call {
  // From JavaScript it may be anything.
  const given = (option ?? {}) as Partial<CallOption<Success>>;
  return openCall<Success>(host, {
    api,
    method,
    url: textOf(given.url),
    callbacks: capturedCallbacks(given),
    httpDns,
    timeoutMs: deadlineMs(api, given.timeout, host.settings),
    work:
      parameterFailure(option, parameters) ?? host.closed() ?? host.background.refusal() ?? resultOrFailure(prepare),
  });
}

function resultOrFailure<Result>(work: () => Result): Result | Failure {
  try {
    return inCallWords(work);
  } catch (error) {
    if (error instanceof CallFailure) return error.failure;
    throw error;
  }
}

/** Does something to a file on behalf of a call, and makes its failure the call's. */
export function inCallWords<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FileFailure)) throw error;
    throw new CallFailure({ kind: 'file', detail: error.detail, errno: error.errno });
  }
}
