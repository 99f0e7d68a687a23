import { noop, type SchedulerLike } from 'rxjs';
import { NetworkError, type CallDetails, type RuleId } from '../platform/network-error.js';
import { globalWx, type WxFailure } from '../platform/wx.js';

/** The `wx` to call: the simulator and tests hand in their own. */
export interface WithWx<Port> {
  /** @defaultValue the global `wx`, looked up at each subscription */
  readonly wx?: Port | undefined;
}

/** The same, for a source that knows time. */
export interface WithWxAndScheduler<Port> extends WithWx<Port> {
  /** The source's clock. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

interface Callbacks<Result> {
  readonly success: (result: Result) => void;
  readonly fail: (failure: WxFailure) => void;
}

/**
 * The platform's object, once it is sure that it has the member that is to be called.
 *
 * @param otherwise - What to say where it has not: since when, or where, the platform has it.
 * @throws NetworkError `invalid-argument`.
 */
export function portWith<Port>(
  wx: Port | undefined,
  name: keyof Port & string,
  call: CallDetails,
  otherwise: string,
  rule?: RuleId,
): Port {
  const port = wx ?? globalWx<Port>(call);
  if (typeof port[name] !== 'function') throw invalidArgument(`there is no wx.${name} here; ${otherwise}`, call, rule);
  return port;
}

/**
 * Does something with the platform that may throw there.
 *
 * @param name - Of the function that is called.
 * @throws NetworkError `unknown`, with what was thrown as its cause.
 */
export function callWx<Result>(name: string, call: CallDetails, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw threw(name, call, cause);
  }
}

/**
 * Calls a member of the platform that answers by callbacks, or, of a wrapper, by a promise: the first counts, and no
 * rejection is left unhandled.
 *
 * @throws NetworkError `unknown`, with what was thrown as its cause.
 */
export function callBack<Result>(
  name: string,
  call: CallDetails,
  work: (callbacks: Callbacks<Result>) => unknown,
  { success, fail }: Callbacks<Result>,
): void {
  let answered = false;
  const first =
    <Told>(tell: (told: Told) => void) =>
    (told: Told) => {
      if (!answered) tell(told);
      answered = true;
    };
  const callbacks = { success: first(success), fail: first(fail) };
  const returned = callWx(name, call, () => work(callbacks));
  // A promise of nothing is no answer: the callbacks have been handed on.
  hearPromise(returned, (result) => result && callbacks.success(result as Result), callbacks.fail);
}

/**
 * Hears what a wrapper promises in the place of a task, or beside callbacks: nobody else handles its rejection.
 *
 * @returns whether it is a promise.
 */
export function hearPromise(
  returned: unknown,
  settled: ((result: unknown) => unknown) | undefined,
  fail: (failure: WxFailure) => void,
): boolean {
  const promise = returned as Partial<PromiseLike<unknown>> | undefined;
  if (typeof promise?.then !== 'function') return false;
  // eslint-disable-next-line no-restricted-syntax -- not ours: without a handler its rejection would be unhandled
  promise.then(settled, fail);
  return true;
}

/** Lets go of something of the platform's. Whatever a step throws, promises or lacks, the others are done all the same. */
export function letGo(...steps: readonly (() => unknown)[]): void {
  for (const step of steps) {
    try {
      hearPromise(step(), undefined, noop);
    } catch {
      // What cannot be let go of is over for us: leaving must not fail.
    }
  }
}

/** For what makes no sense, whatever is allowed: nothing was called. */
export function invalidArgument(what: string, call: Partial<CallDetails>, rule?: RuleId): NetworkError {
  return new NetworkError(what, { ...call, code: 'invalid-argument', rule, phase: 'check' });
}

/** For a function of the platform that throws, in the place of telling. */
export function threw(name: string, call: CallDetails, cause: unknown): NetworkError {
  return new NetworkError(`${name} threw`, { ...call, code: 'unknown', phase: 'attempt', cause });
}

/** For what a wrapper hands over in the place of a task: a promise, perhaps, whose rejection nobody else handles. */
export function notATask(call: CallDetails, returned?: unknown): NetworkError {
  hearPromise(returned, undefined, noop);
  const what = `wx.${call.api} returned no task; pass the platform's own wx, not a wrapper that turns calls into promises`;
  return invalidArgument(what, call);
}
