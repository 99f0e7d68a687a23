import type { ObservableInput } from 'rxjs';
import { meaningOfClose, type CloseReason } from '../../platform/close-code.js';
import { kindOf } from '../../platform/field-text.js';
import { isNetworkError, type NetworkError, type NetworkErrorCode } from '../../platform/network-error.js';
import { invalidArgument } from '../../sources/call-wx.js';
import type { ClosedError } from '../../sources/socket-errors.js';
import type { ReconnectOptions } from './backoff.js';
import { heardPromise$, isWaitable } from './heard-promise.js';

/** After these another attempt may fare better; after any other the same attempt would fail in the same way. */
const LOSSES: readonly NetworkErrorCode[] = [
  'interrupted',
  'background',
  'timeout',
  'aborted',
  'offline',
  'dns',
  'tls',
  'connection',
  'too-many-tasks',
  'unknown',
];

/**
 * What to do after the server has closed.
 *
 * - `'again'`: connect again after the usual wait
 * - `'at-once'`: connect again without a wait; with it where the connection before it had not been stable either
 * - `'never'`: the streams error
 * - `'complete'`: the streams complete
 * - a promise or an observable, such as a login: connect again when it has completed. Its error ends the socket, unless it is a
 *   `NetworkError` after which one would connect again
 */
export type AfterClose = 'again' | 'at-once' | 'never' | 'complete' | ObservableInput<unknown>;

/** Whether an error is one after which another attempt may fare better. */
export function isLoss(error: unknown): error is NetworkError {
  return isNetworkError(error) && LOSSES.includes(error.code);
}

/** What comes after a loss. */
export type NextStep = 'again' | 'at-once' | 'never' | 'network-moved' | { readonly login$: ObservableInput<unknown> };

/** What somebody who knows more than the error says has decided. */
const decided = new WeakMap<NetworkError, NextStep>();

/** The error, with what comes after it. */
export function followedBy(error: NetworkError, next: NextStep): NetworkError {
  decided.set(error, next);
  return error;
}

/** What comes after an error, whatever it is. */
export function stepAfter(error: unknown): NextStep {
  if (!isLoss(error)) return 'never';
  return decided.get(error) ?? 'again';
}

/** Whether the platform told of a close before it told that the socket is open. */
export function isClosedBeforeOpen(error: unknown): error is ClosedError {
  const cause = isNetworkError(error) && !decided.has(error) ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && 'reason' in cause;
}

/**
 * What to do after a close: as the caller says, who is asked about what the server said and not about what the background did;
 * else by the table of `meaningOfClose`.
 *
 * @param whenClean - What a clean close means where the caller does not say: before the socket was open nothing was said by it.
 * @throws NetworkError `invalid-argument` for an answer that is none.
 */
export function stepAfterClose(
  close: CloseReason,
  reconnect: Pick<ReconnectOptions, 'afterClose' | 'afterCleanClose'>,
  whenClean: 'complete' | 'again',
): NextStep | 'complete' {
  const meaning = meaningOfClose(close);
  const asked$ = meaning === 'interrupted' ? undefined : reconnect.afterClose?.(close);
  if (asked$ !== undefined) return stepOf(asked$);
  if (meaning === 'clean' && reconnect.afterCleanClose !== true) return whenClean;
  return meaning === 'refused' ? 'never' : 'again';
}

const WORDS = ['again', 'at-once', 'never', 'complete'] as const;

function stepOf(asked$: AfterClose): NextStep | 'complete' {
  const word = WORDS.find((known) => known === asked$);
  if (word !== undefined) return word;
  if (isWaitable(asked$)) return { login$: heardPromise$(asked$) };
  const shown = typeof asked$ === 'string' ? `'${asked$ as string}'` : kindOf(asked$);
  const what = `afterClose must return one of ${WORDS.join(', ')}, or a promise or an observable of a login; got ${shown}`;
  throw invalidArgument(what, { api: 'connectSocket' });
}
