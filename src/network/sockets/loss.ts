import {
  defer,
  filter,
  map,
  merge,
  NEVER,
  of,
  skip,
  switchMap,
  take,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { isCutByBackground, type AppState } from '../../platform/app-state.js';
import { meaningOfClose, type CloseReason } from '../../platform/close-code.js';
import { BACKGROUND_GRACE_MS } from '../../platform/limits.js';
import { isNetworkError, NetworkError, type CallDetails, type NetworkErrorCode } from '../../platform/network-error.js';

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

/** Whether a connection, or an attempt at one, ended in a way after which to connect again. */
export function isLoss(error: unknown): error is NetworkError {
  if (!isNetworkError(error) || !LOSSES.includes(error.code)) return false;
  const { cause } = error;
  return !(isClose(cause) && meaningOfClose(cause) === 'refused');
}

function isClose(cause: unknown): cause is CloseReason {
  return typeof cause === 'object' && cause !== null && 'code' in cause && 'reason' in cause;
}

/**
 * Errors with `interrupted` when the app returns after a background that has cut what began now, whether or not the platform
 * says so: there are phones on which it never does.
 */
export function cutOnReturn$(
  app$: Observable<AppState>,
  scheduler: SchedulerLike,
  call: CallDetails,
): Observable<never> {
  return defer(() => {
    const startedAt = scheduler.now();
    return app$.pipe(
      filter((state) => state.visibility !== 'background' && isCutByBackground(state, startedAt, scheduler.now())),
      map(({ awayMs }) => {
        const what = `the app was in the background for ${awayMs} ms, and the platform cuts sockets after 5 s of it`;
        throw new NetworkError(what, { ...call, code: 'interrupted', rule: 'BG-1', phase: 'attempt' });
      }),
    );
  });
}

/**
 * Emits once, when it is time to connect again: after the wait; on the return to the foreground, if the app is hidden; and at
 * once on a return after five seconds and more, because then it is not the server that was ill.
 */
export function timeToReconnect$(
  app$: Observable<AppState>,
  waitMs: number,
  scheduler: SchedulerLike,
): Observable<unknown> {
  const wait$ = app$.pipe(
    switchMap(({ visibility }) => (visibility === 'background' ? NEVER : timer(waitMs, scheduler))),
  );
  const return$ = app$.pipe(
    skip(1),
    filter(({ visibility, awayMs }) => visibility !== 'background' && awayMs >= BACKGROUND_GRACE_MS),
  );
  // The return first: it must win over a wait that begins anew with it.
  return merge(return$, wait$).pipe(take(1));
}

const IN_FRONT: AppState = { visibility: 'foreground', since: 0, awayMs: 0 };

/** The app of one who does not care for the background. */
export const alwaysInFront$: Observable<AppState> = /* @__PURE__ */ of(IN_FRONT);

/** The present state: `app$` replays it. */
export function presentState(app$: Observable<AppState>): AppState {
  let present = IN_FRONT;
  app$.pipe(take(1)).subscribe((state) => (present = state));
  return present;
}
