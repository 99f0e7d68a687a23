import { combineLatest, defer, NEVER, of, switchMap, take, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { AppState } from '../../platform/app-state.js';
import { BACKGROUND_GRACE_MS } from '../../platform/limits.js';
import type { NetworkStatus } from '../../platform/wx.js';
import { changeOf } from './network-change.js';

/** From "there is a network again" to the attempt, in milliseconds: the phone says so a little before it is true. */
export const SETTLE_MS = 100;

/** What a wait depends on, and who is told of it. */
export interface ReconnectWait {
  readonly waitMs: number;
  readonly app$: Observable<AppState>;
  readonly device$: Observable<NetworkStatus>;
  readonly scheduler: SchedulerLike;
  /** Gets when the attempt is due, now and whenever that changes; `undefined` while nobody can know: hidden, or without a network. */
  readonly onDue: (dueAt: number | undefined, isConnected: boolean) => void;
  /** The network is another, or there again: what failed before says nothing any more. */
  readonly onFreshNetwork: () => void;
}

/**
 * Emits once, when it is time to connect again.
 *
 * The wait goes on while the app is hidden, and what fell due there is due on the return; after five seconds of absence it is
 * due in any case, because then it is not the server that was ill. Without a network nothing is due; with one again, or with
 * another, it is due at once.
 */
export function timeToReconnect$({
  waitMs,
  app$,
  device$,
  scheduler,
  onDue,
  onFreshNetwork,
}: ReconnectWait): Observable<unknown> {
  return defer(() => {
    let dueAt = scheduler.now() + waitMs;
    let appBefore: AppState | undefined;
    let deviceBefore: NetworkStatus | undefined;

    return combineLatest([app$, device$]).pipe(
      switchMap(([app, device]) => {
        const now = scheduler.now();
        // The clock may have been put back.
        dueAt = Math.min(dueAt, now + waitMs);
        const isFirst = appBefore === undefined;
        const hidden = app.visibility === 'background';
        const longAway = !hidden && app.awayMs >= BACKGROUND_GRACE_MS;
        if (!isFirst && app !== appBefore && longAway) dueAt = now;
        if (deviceBefore && device !== deviceBefore && changeOf(deviceBefore, device) === 'fresh') {
          dueAt = now + SETTLE_MS;
          onFreshNetwork();
        }
        appBefore = app;
        deviceBefore = device;

        const canConnect = !hidden && device.isConnected;
        // On a return in that very turn, but never in the turn of the loss, or one that fails at once would recurse.
        if (canConnect && dueAt <= now && !isFirst) return of(null);
        onDue(canConnect ? Math.max(dueAt, now) : undefined, device.isConnected);
        return canConnect ? timer(Math.max(0, dueAt - now), scheduler) : NEVER;
      }),
      take(1),
    );
  });
}
