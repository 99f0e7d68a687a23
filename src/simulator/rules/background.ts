import { Subscription, type SchedulerLike } from 'rxjs';
import { BACKGROUND_GRACE_MS } from '../../platform/limits.js';
import type { AppClock } from '../clock.js';
import type { Report } from '../events.js';
import { scheduleQuietly } from '../real-time.js';
import type { Settings } from '../settings.js';
import type { Failure } from './failure.js';

/** In front; hidden but still running; stopped (discoveries/background.md). */
export type AppPhase = 'foreground' | 'background' | 'suspended';

/** The rule of the background: BG-1 and BG-2. */
export interface Background {
  readonly phase: AppPhase;
  /** Why a call may not be made now (BG-2), if it may not. */
  refusal(): Failure | undefined;
  /** @returns whether the app was in front. */
  hide(): boolean;
  /** @returns whether the app was hidden. */
  show(): boolean;
  /** Stops the timers and wakes the thread; the simulator is closing. */
  close(): void;
}

/** What the rule acts upon. */
export interface BackgroundDependencies {
  readonly scheduler: SchedulerLike;
  readonly clock: AppClock;
  readonly report: Report;
  /** Fails every call that has not ended (BG-1). */
  readonly interruptCalls: () => void;
  /** Kills the app. */
  readonly destroy: () => void;
}

/**
 * Cuts calls five seconds after the hide (BG-1), refuses new ones until the return (BG-2), stops the app's thread
 * in between, and kills the app if it does not come back for half an hour.
 *
 * None of its timers keeps the process alive: an app that does nothing is not waited for.
 *
 * - Evidence: discoveries/rules.md; suspension and its end in discoveries/background.md, its timing the same five seconds
 * - Not known: calls in the seconds 0–5 (`backgroundCalls`), when the app hears of a cut (`interruptedCallback`)
 */
export function createBackground(
  {
    backgroundCalls,
    interruptedCallback,
    freeze,
    destroyedAfterMs,
  }: Pick<Settings, 'backgroundCalls' | 'interruptedCallback' | 'freeze' | 'destroyedAfterMs'>,
  { scheduler, clock, report, interruptCalls, destroy }: BackgroundDependencies,
): Background {
  let phase: AppPhase = 'foreground';
  let hiddenAt = 0;
  let timers = new Subscription();

  const stopThread = () => {
    if (freeze) clock.freeze();
  };

  const suspend = () => {
    phase = 'suspended';
    report({ type: 'suspended' });
    if (interruptedCallback === 'on-return') stopThread();
    interruptCalls();
    // A turn later: the callbacks of the cut calls are due in this one.
    if (interruptedCallback === 'before-freeze') timers.add(scheduler.schedule(stopThread));
    if (destroyedAfterMs < Infinity) timers.add(scheduleQuietly(scheduler, destroy, destroyedAfterMs));
  };

  return {
    get phase() {
      return phase;
    },
    refusal: () => {
      if (phase === 'suspended') return { kind: 'suspended' };
      return phase === 'background' && backgroundCalls === 'refuse' ? { kind: 'in-background' } : undefined;
    },
    hide: () => {
      if (phase !== 'foreground') return false;
      phase = 'background';
      hiddenAt = scheduler.now();
      timers = new Subscription();
      timers.add(scheduleQuietly(scheduler, suspend, BACKGROUND_GRACE_MS));
      report({ type: 'hidden' });
      return true;
    },
    show: () => {
      if (phase === 'foreground') return false;
      phase = 'foreground';
      timers.unsubscribe();
      report({ type: 'shown', awayMs: scheduler.now() - hiddenAt });
      clock.thaw();
      return true;
    },
    close: () => {
      timers.unsubscribe();
      clock.thaw();
    },
  };
}
