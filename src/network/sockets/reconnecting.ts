import {
  catchError,
  defer,
  endWith,
  from,
  ignoreElements,
  switchMap,
  throwError,
  timeout,
  type Observable,
  type ObservableInput,
} from 'rxjs';
import { isCutByBackground, type AppState } from '../../platform/app-state.js';
import { isNetworkError, NetworkError, type CallDetails } from '../../platform/network-error.js';
import { internalsOf } from '../internals.js';
import { attemptLimit } from '../calls/attempt-limit.js';
import { createBackoff } from './backoff.js';
import type { SocketContext } from './connection.js';
import { IN_FRONT } from './cuts.js';
import { isOnline } from '../device-network.js';
import { offlineError } from './network-change.js';
import { stepAfter, type NextStep } from './loss.js';
import { present } from '../../operators/present.js';
import { SETTLE_MS, timeToReconnect$ } from './reconnect-wait.js';
import type { KeptStatus } from './status.js';

/** Decides whether, and when, a socket connects again. */
export interface Reconnecting {
  /** A session begins: nothing counts that was before. */
  begin(): void;
  opened(): void;
  /**
   * Emits once, when it is time to connect again.
   *
   * @throws What ended the connection, where there is no use in connecting again.
   */
  after$(error: unknown): Observable<unknown>;
}

/** Makes it for one socket; `tell` gets how the socket stands while it waits. */
export function createReconnecting<In, Out>(
  { network, options, call, app$, device$, current }: SocketContext<In, Out>,
  tell: (status: Omit<KeptStatus, 'generation'>) => void,
): Reconnecting {
  const { scheduler, warn } = internalsOf(network);
  const { reconnect = {}, background = internalsOf(network).settings.background } = options;
  const backoff = createBackoff(reconnect || {}, scheduler);

  /** One background excuses one loss: by a clock that was put back it would seem to have cut all that come after it. */
  let excused: AppState | undefined;

  /** How long to wait, in milliseconds; `undefined` when there were enough attempts. */
  const waitMsAfter = (error: unknown, step: NextStep): number | undefined => {
    // By our own record: a platform may say "interrupted" again and again, and must not be asked without a pause.
    const state = present(app$) ?? IN_FRONT;
    const isCut =
      isNetworkError(error) &&
      error.rule === 'BG-1' &&
      state !== excused &&
      isCutByBackground(state, current.attemptedAt, scheduler.now());
    if (isCut) excused = state;
    if (isCut || step === 'network-moved') {
      backoff.reset();
      return isCut ? 0 : SETTLE_MS;
    }
    // Without a network no attempt is made, so none has failed.
    if (!isOnline(device$)) return 0;
    const waitMs = backoff.next();
    if (waitMs !== undefined && isNetworkError(error, 'tls')) {
      warn(
        `tls ${call.url}`,
        `${call.url.split(/[?#]/)[0]}: ${error.what}; the server's certificate has to be mended, so there is an attempt every ${backoff.longestMs} ms only`,
      );
      return backoff.longestMs;
    }
    const isQuick = step === 'at-once' || typeof step === 'object';
    return isQuick && backoff.failures === 1 ? 0 : waitMs;
  };

  const wait$ = (error: unknown, waitMs: number) => {
    let shown = error;
    return timeToReconnect$({
      waitMs,
      app$,
      device$,
      scheduler,
      onDue(retryAt, isConnected) {
        if (!isConnected && !isNetworkError(shown, 'offline')) shown = offlineError(call, error);
        tell({ state: 'down', error: shown, retryAt });
      },
      onFreshNetwork: () => backoff.reset(),
    });
  };

  const loggedIn$ = (error: unknown, login$: ObservableInput<unknown>): Observable<unknown> => {
    const firstMs = attemptLimit(internalsOf(network), 'connectSocket', options.attemptMs);
    return defer(() => {
      tell({ state: 'down', error });
      return from(login$);
    }).pipe(
      ignoreElements(),
      timeout({ first: firstMs, with: () => throwError(() => slowLogin(firstMs, call)), scheduler }),
      endWith(undefined),
      catchError((failed: unknown) => after$(failed)),
    );
  };

  const after$ = (error: unknown): Observable<unknown> => {
    const step = stepAfter(error);
    const isRefused = background === 'refuse' && isNetworkError(error, 'background');
    if (reconnect === false || isRefused || step === 'never') throw error;
    const waitMs = waitMsAfter(error, step);
    if (waitMs === undefined) throw error;
    const waited$ = wait$(error, waitMs);
    return typeof step === 'object' ? waited$.pipe(switchMap(() => loggedIn$(error, step.login$))) : waited$;
  };

  return { begin: () => backoff.reset(), opened: () => backoff.opened(), after$ };
}

function slowLogin(limitMs: number, call: CallDetails): NetworkError {
  const what = `what afterClose returned took longer than attemptMs allows, ${limitMs} ms`;
  return new NetworkError(what, { ...call, code: 'timeout', rule: 'TIME-1', phase: 'wait' });
}
