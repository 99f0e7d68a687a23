import type { RequestHandler } from '../cache/cache-manager.js';
import type { SettledEvent } from '../events.js';
import type { Host, OpenCall } from '../host.js';
import { worded } from '../rules/dialect.js';
import { ruleOf, type Failure } from '../rules/failure.js';
import { callFail, callSuccess, capturedCallbacks, promiseWithoutCallbacks } from './callbacks.js';
import type { CallFailed, Callbacks } from './callbacks.js';
import type { CacheableRequest, CacheRequestEvent } from './cache-manager-types.js';
import type { RequestOption, RequestSuccess, RequestTask } from './request-types.js';

/** A call that a cache manager takes before it goes out. */
export interface InterceptedCall {
  readonly option: RequestOption;
  readonly asked: CacheableRequest;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly handlers: readonly RequestHandler[];
  /** Sends it all the same, and keeps what comes if it is to. */
  readonly send: (update: boolean, callbacks: Callbacks<RequestSuccess, CallFailed>) => RequestTask;
}

/**
 * Lets the app answer a call of its own: what the promise of its first handler says is told as it is, whatever it is. The call
 * has no place of the ten (LIM-2), no deadline, and no events of its own beside its first and its last.
 */
export function interceptCall(host: Host, { option, asked, timeoutMs, handlers, send }: InterceptedCall): RequestTask {
  const { calls, report, deliver, settings } = host;
  const callbacks = capturedCallbacks<RequestSuccess, CallFailed>(option);
  const id = calls.nextId();
  const { url, method } = asked;
  const sent: RequestTask[] = [];
  let settled = false;

  const settle = (outcome: Omit<SettledEvent, 'type' | 'id' | 'at'>, callback?: () => void) => {
    if (settled) return;
    settled = true;
    calls.delete(call);
    report({ type: 'settled', id, ...outcome });
    if (callback) deliver(callback);
  };
  const fail = (failure: Failure) => {
    const words = worded('request', failure, settings.dialect);
    const told = { ...words, exception: { retryCount: 0, reasons: [] } } as unknown as CallFailed;
    settle({ outcome: 'fail', ...words, rule: ruleOf(failure) }, () => callFail(callbacks, told));
  };
  const call: OpenCall = { started: false, fail, drop: () => settle({ outcome: 'silence' }) };

  const answered = (answer: RequestSuccess) =>
    settle({ outcome: 'success', ...wordsOf(answer) }, () => callSuccess(callbacks, answer));
  const refused = (reason: CallFailed) =>
    settle({ outcome: 'fail', ...wordsOf(reason) }, () => callFail(callbacks, reason));

  const event: CacheRequestEvent = {
    url,
    method: method.toUpperCase(),
    data: asked.data,
    request: ({ needUpdateCache = false } = {}) =>
      promiseWithoutCallbacks<RequestSuccess>(undefined, (own) => {
        sent.push(send(needUpdateCache, own));
      }) as Promise<RequestSuccess>,
  };
  const ask = () => {
    if (settled) return;
    try {
      // All are called; of their promises the first counts (documents).
      const [first] = handlers.map((handler) => handler(event));
      const promise = first as Partial<PromiseLike<RequestSuccess>> | undefined;
      // eslint-disable-next-line no-restricted-syntax -- the app's own promise, which is how the platform asks
      if (typeof promise?.then === 'function') void promise.then(answered, refused);
      else answered(first as RequestSuccess);
    } catch (error) {
      refused(error as CallFailed);
    }
  };

  calls.add(call);
  report({ type: 'called', id, api: 'request', method: event.method, url, timeoutMs });
  deliver(ask);
  return {
    abort: () => {
      if (settled) return;
      report({ type: 'aborted', id });
      fail({ kind: 'abort' });
      for (const task of sent) task.abort();
    },
    // What the app answers has no headers and no chunks of its own.
    onHeadersReceived: () => {},
    offHeadersReceived: () => {},
    onChunkReceived: () => {},
    offChunkReceived: () => {},
  };
}

/** What the events tell of an answer that may be anything. */
function wordsOf(answer: unknown): Pick<SettledEvent, 'statusCode' | 'errMsg'> {
  const { statusCode, errMsg } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...(typeof statusCode === 'number' && { statusCode }),
    errMsg: typeof errMsg === 'string' ? errMsg : typeof answer === 'string' ? answer : '',
  };
}
