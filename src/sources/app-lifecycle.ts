import { asyncScheduler, BehaviorSubject, type Observable } from 'rxjs';
import type { AppState, AppVisibility } from '../platform/app-state.js';
import { globalWx, type WxLifecyclePort } from '../platform/wx.js';
import { callWx, type WithWxAndScheduler } from './call-wx.js';

type Listen = (listener: () => void) => void;

const CALL = { api: 'onAppShow', url: '' };

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
 *
 * @param dependencies - `wx` is looked up at the call here, where the other sources look it up at each subscription.
 * @throws NetworkError where there is no `wx`, or it throws.
 */
export function appLifecycle$({
  wx,
  scheduler = asyncScheduler,
}: WithWxAndScheduler<WxLifecyclePort> = {}): Observable<AppState> {
  const port = wx ?? globalWx<WxLifecyclePort>();
  const show = port.onAppShow ? 'onAppShow' : 'onShow';
  const hide = port.onAppHide ? 'onAppHide' : 'onHide';
  const known = typeof port[show] === 'function' && typeof port[hide] === 'function';

  const state$ = new BehaviorSubject<AppState>({
    visibility: known ? 'foreground' : 'unknown',
    since: scheduler.now(),
    awayMs: 0,
  });

  const enter = (visibility: AppVisibility) => {
    const { visibility: before, since } = state$.value;
    if (visibility === before) return;
    const now = scheduler.now();
    state$.next({ visibility, since: now, awayMs: before === 'background' ? Math.max(0, now - since) : 0 });
  };

  if (known) {
    callWx('onAppShow', CALL, () => (port[show] as Listen)(() => enter('foreground')));
    callWx('onAppHide', CALL, () => (port[hide] as Listen)(() => enter('background')));
  }
  return state$.asObservable();
}
