import type { Observable } from 'rxjs';
import { holdInBackground } from '../operators/hold-in-background.js';
import { refuseInBackground } from '../operators/refuse-in-background.js';
import type { BackgroundPolicy } from '../platform/app-state.js';
import type { CallDetails } from '../platform/network-error.js';
import type { NetworkInternals } from './internals.js';

/** Holds, refuses or sends a call that has no queue, while the app is in the background (BG-2). */
export function inForeground(
  { app$, settings }: NetworkInternals,
  background: BackgroundPolicy = settings.background,
  call: CallDetails,
): <T>(source: Observable<T>) => Observable<T> {
  if (!settings.interruptInBackground || background === 'send') return (source) => source;
  return background === 'hold' ? holdInBackground(app$) : refuseInBackground(app$, { call });
}
