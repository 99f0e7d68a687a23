import { BACKGROUND_GRACE_MS } from './limits.js';

/**
 * Whether the app is in front. `'unknown'`, where the platform does not tell (plugins), counts as foreground.
 */
export type AppVisibility = 'foreground' | 'background' | 'unknown';

/** What a call does while the app is in the background (BG-2): waits for the return, fails at once, or goes all the same. */
export type BackgroundPolicy = 'hold' | 'refuse' | 'send';

/** All of them, for checks. */
export const BACKGROUND_POLICIES: readonly BackgroundPolicy[] = ['hold', 'refuse', 'send'];

/** One state of the app, with what one must know who comes late. */
export interface AppState {
  readonly visibility: AppVisibility;
  /** When the state began, in milliseconds, by the clock of the scheduler that the lifecycle was made with. */
  readonly since: number;
  /** How long the background before it lasted, in milliseconds; 0 unless the app has just been returned to. */
  readonly awayMs: number;
}

/**
 * How long a timer may be late before it must be taken for frozen: with the app's thread (BG-1), not by load.
 * Milliseconds.
 */
export const FROZEN_AFTER_MS = 500;

/** How long after the return the platform's own verdict on an interrupted call is waited for, in milliseconds. */
export const RETURN_SETTLE_MS = 1_000;

/**
 * Whether the background has cut (or on the return will have cut) a call that began at `startedAt`: one that ran when the
 * grace was over. Then `interrupted` is the truth, and a timeout that fell due at the same time is not.
 */
export function isCutByBackground(
  state: AppState,
  startedAt: number,
  now: number,
  graceMs = BACKGROUND_GRACE_MS,
): boolean {
  const hidden = state.visibility === 'background';
  const cutAt = (hidden ? state.since : state.since - state.awayMs) + graceMs;
  return startedAt < cutAt && cutAt <= (hidden ? now : state.since);
}
