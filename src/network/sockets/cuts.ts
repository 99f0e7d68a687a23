import {
  defer,
  delay,
  filter,
  ignoreElements,
  map,
  merge,
  of,
  switchMap,
  takeUntil,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { present } from '../../operators/present.js';
import { isCutByBackground, type AppState } from '../../platform/app-state.js';
import { BACKGROUND_GRACE_MS } from '../../platform/limits.js';
import { NetworkError, type CallDetails } from '../../platform/network-error.js';
import type { NetworkStatus } from '../../platform/wx.js';
import { networkChange$, offlineError } from './network-change.js';
import { followedBy } from './loss.js';

/** The state of an app that nobody tells of its background. */
export const IN_FRONT: AppState = { visibility: 'foreground', since: 0, awayMs: 0 };

/** The app for a socket that ignores the background. */
export const alwaysInFront$: Observable<AppState> = /* @__PURE__ */ of(IN_FRONT);

/**
 * Errors with `interrupted` when the app returns after a background that has cut what began now, whether or not the platform
 * says so: there are phones on which it never does.
 *
 * It was long where the clock says so, or a timer: the clock may have been put back, and timers may have stood still in the sleep of the
 * phone (decisions/0085). To connect once more is cheap; to go on with a dead connection is not.
 */
export function cutOnReturn$(
  app$: Observable<AppState>,
  scheduler: SchedulerLike,
  call: CallDetails,
): Observable<never> {
  return defer(() => {
    const startedAt = scheduler.now();
    // What it begins with is no return; and of what began in the background the clock alone can judge.
    const first = present(app$);
    const later$ = app$.pipe(filter((state) => state !== first));
    const shown$ = later$.pipe(filter(({ visibility }) => visibility !== 'background'));
    const long$ = later$.pipe(
      filter(({ visibility }) => visibility === 'background'),
      // One that was due while the thread was frozen rings before any that is made on the return.
      switchMap(() => timer(BACKGROUND_GRACE_MS, scheduler).pipe(takeUntil(shown$.pipe(delay(0, scheduler))))),
      switchMap(() => shown$),
    );
    return merge(shown$.pipe(filter((state) => isCutByBackground(state, startedAt, scheduler.now()))), long$).pipe(
      map(() => {
        const what = 'the app was in the background, where the platform cuts sockets after 5 s';
        throw new NetworkError(what, { ...call, code: 'interrupted', rule: 'BG-1', phase: 'attempt' });
      }),
    );
  });
}

/**
 * Errors when the phone says that what began now cannot stand any more: `offline` without a network, and `interrupted` on
 * another one.
 *
 * @param canAsk - Whether the connection can find out for itself that it is dead, by its heartbeat.
 */
export function cutByNetwork$(
  device$: Observable<NetworkStatus>,
  canAsk: () => boolean,
  call: CallDetails,
): Observable<never> {
  return networkChange$(device$).pipe(
    map((change) => {
      if (change === 'lost') throw offlineError(call);
      if (change === 'fresh' && !canAsk()) throw followedBy(movedError(call), 'network-moved');
    }),
    ignoreElements(),
  );
}

function movedError(call: CallDetails): NetworkError {
  const what =
    'the phone has changed from Wi-Fi to the mobile network, or back, and no connection survives that for certain';
  return new NetworkError(what, { ...call, code: 'interrupted', phase: 'attempt' });
}
