import { callAll } from '../listeners.js';

/** The callbacks that every asynchronous API takes. */
export interface Callbacks<Success, Fail = GeneralResult> {
  success?: ((result: Success) => void) | undefined;
  fail?: ((failure: Fail) => void) | undefined;
  /** After either of them; with the result or the failure. */
  complete?: ((result: GeneralResult) => void) | undefined;
}

/** The least that a callback is told. */
export interface GeneralResult {
  errMsg: string;
}

/** What the client retried underneath. The simulator never does. */
export interface CallException {
  retryCount: number;
  reasons: { errMsg: string; errno: string }[];
}

/** What `fail` of a network call gets. */
export interface CallFailed extends GeneralResult {
  /** As typed officially; some dialects have none, and some failures (discoveries/failures.md). */
  errno: number;
  exception: CallException;
  /** As typed officially; there only where `enableHttpDNS` was asked for (discoveries/request.md#exception). */
  useHttpDNS: boolean;
}

/** Calls `success`, then `complete`, each if it is there and whatever the other throws. */
export function callSuccess<Success extends GeneralResult>(
  { success, complete }: Callbacks<Success, never>,
  result: Success,
): void {
  callAll([() => success?.(result), () => complete?.(result)]);
}

/** Calls `fail`, then `complete`, each if it is there and whatever the other throws. */
export function callFail<Fail extends GeneralResult>({ fail, complete }: Callbacks<never, Fail>, failure: Fail): void {
  callAll([() => fail?.(failure), () => complete?.(failure)]);
}

/**
 * Takes the callbacks out at the time of the call, as functions without `this`; an app may reuse and change the object
 * (discoveries/callers.md). What is not a function is not there.
 */
export function capturedCallbacks<Success, Fail>(
  option: Callbacks<Success, Fail> | undefined,
): Callbacks<Success, Fail> {
  const { success, fail, complete } = option ?? {};
  return {
    success: typeof success === 'function' ? success : undefined,
    fail: typeof fail === 'function' ? fail : undefined,
    complete: typeof complete === 'function' ? complete : undefined,
  };
}

/**
 * Hands the callbacks to whoever will call them, or makes a promise where there are none (base library 2.10.2,
 * discoveries/environment.md).
 */
export function promiseWithoutCallbacks<Result extends GeneralResult>(
  option: Callbacks<Result> | undefined,
  call: (callbacks: Callbacks<Result>) => void,
): Promise<Result> | undefined {
  const callbacks = capturedCallbacks(option);
  if (callbacks.success ?? callbacks.fail ?? callbacks.complete) {
    call(callbacks);
    return undefined;
  }
  const promise = new Promise<Result>((resolve, reject) =>
    // As on a phone: what is rejected is the failure, not an Error.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    call({ success: resolve, fail: (failure) => reject(failure) }),
  );
  // Existing code does not wait for it, and a phone goes on all the same.
  promise.catch(() => {});
  return promise;
}
