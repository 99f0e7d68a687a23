import { ignoreElements, map, Observable, of, Subscription, type SchedulerLike } from 'rxjs';
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
 * How long after the return a timer has rung that was due while the thread was frozen, in milliseconds. One that rings later was
 * not due.
 */
const THAW_MS = 50;

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
  return new Observable((subscriber) => {
    const startedAt = scheduler.now();
    let last: AppState | undefined;
    let graceIsOver = false;
    let grace = Subscription.EMPTY;

    const cut = (awayMs: number) => {
      const what = `the app was in the background for ${Math.max(awayMs, BACKGROUND_GRACE_MS)} ms, and the platform cuts sockets after 5 s of it`;
      subscriber.error(new NetworkError(what, { ...call, code: 'interrupted', rule: 'BG-1', phase: 'attempt' }));
    };
    const hide = ({ since }: AppState, isFirst: boolean) => {
      grace.unsubscribe();
      graceIsOver = false;
      // Of one that began in the background, too, unless it began after the cut.
      const leftMs = isFirst ? since + BACKGROUND_GRACE_MS - startedAt : BACKGROUND_GRACE_MS;
      if (leftMs <= 0) return;
      const over = () => {
        graceIsOver = true;
        if (last?.visibility !== 'background') cut(0);
      };
      grace = scheduler.schedule(over, Math.min(leftMs, BACKGROUND_GRACE_MS));
      subscriber.add(grace);
    };
    const show = (state: AppState) => {
      if (graceIsOver || isCutByBackground(state, startedAt, scheduler.now())) cut(state.awayMs);
      // One that was nearly long enough is over before its timer rings.
      else if (state.awayMs > BACKGROUND_GRACE_MS - THAW_MS) grace.unsubscribe();
      else {
        const mine = grace;
        subscriber.add(scheduler.schedule(() => mine.unsubscribe(), THAW_MS));
      }
    };

    subscriber.add(
      app$.subscribe((state) => {
        const before = last;
        last = state;
        if (state.visibility === 'background') hide(state, before === undefined);
        // What it begins with is no return.
        else if (before) show(state);
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
