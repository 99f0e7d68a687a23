import { asyncScheduler, BehaviorSubject, type Observable, type SchedulerLike } from 'rxjs';
import type { AppState, AppVisibility } from '../platform/app-state.js';
import { globalWx, type WxLifecyclePort } from '../platform/wx.js';

/** The seams of {@link appLifecycle$}. */
export interface AppLifecycleOptions {
  /** @defaultValue the global `wx`, looked up at the call */
  readonly wx?: WxLifecyclePort | undefined;
  /** Its clock. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Tells when the app goes to the background and returns, and replays the present state.
 *
 * ```text
 * platform       ---h-------s------      h = onAppHide, s = onAppShow
 * appLifecycle$  f--b-------f------      f = foreground, b = background
 * late           ------b----f------      (subscribed while hidden)
 * ```
 *
 * Unlike the other sources it listens from the moment it is made and never stops: one who subscribes while the app
 * is already hidden must be told so. Make it once, when the app starts; the listeners live as long as the app.
 * It takes `onAppShow`/`onAppHide`, or `onShow`/`onHide` as mini games call them; where there is neither, the state
 * is `'unknown'` for ever.
 */
export function appLifecycle$({ wx, scheduler = asyncScheduler }: AppLifecycleOptions = {}): Observable<AppState> {
  const port = wx ?? globalWx<WxLifecyclePort>();
  const onShow = port.onAppShow?.bind(port) ?? port.onShow?.bind(port);
  const onHide = port.onAppHide?.bind(port) ?? port.onHide?.bind(port);
  const known = onShow !== undefined && onHide !== undefined;

  const state$ = new BehaviorSubject<AppState>({
    visibility: known ? 'foreground' : 'unknown',
    since: scheduler.now(),
    awayMs: 0,
  });

  const enter = (visibility: AppVisibility) => {
    const { visibility: before, since } = state$.value;
    if (visibility === before) return;
    const now = scheduler.now();
    state$.next({ visibility, since: now, awayMs: before === 'background' ? now - since : 0 });
  };

  if (known) {
    onShow(() => enter('foreground'));
    onHide(() => enter('background'));
  }
  return state$.asObservable();
}
