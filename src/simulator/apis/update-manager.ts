import type { SchedulerLike } from 'rxjs';
import type { UpdateOutcome } from '../api-options.js';
import { createListeners } from '../listeners.js';
import type { GeneralResult } from './callbacks.js';

/** What `wx.getUpdateManager` returns. */
export interface UpdateManager {
  /** Starts the app anew, once the new version is there. */
  applyUpdate(): void;
  onCheckForUpdate(listener: (result: { hasUpdate: boolean }) => void): void;
  onUpdateReady(listener: (result: GeneralResult) => void): void;
  onUpdateFailed(listener: (result: GeneralResult) => void): void;
}

/** The part of `wx` that brings new versions. */
export interface UpdateManagerApi {
  getUpdateManager(): UpdateManager;
}

/** What it stands on. */
export interface UpdateDependencies {
  readonly update: UpdateOutcome;
  readonly scheduler: SchedulerLike;
  readonly deliver: (callback: () => void) => void;
  readonly restart: () => void;
}

/**
 * Makes `wx.getUpdateManager`, which gives the same object each time. It looks once the app's first turn is over, and
 * tells of what it found right after.
 *
 * - Evidence: official page
 */
export function createUpdateManager({ update, scheduler, deliver, restart }: UpdateDependencies): UpdateManagerApi {
  const checks = createListeners<{ hasUpdate: boolean }>();
  const readies = createListeners<GeneralResult>();
  const failures = createListeners<GeneralResult>();
  let manager: UpdateManager | undefined;

  const look = () => {
    deliver(() => checks.emit({ hasUpdate: update !== 'none' }));
    if (update === 'ready') deliver(() => readies.emit({ errMsg: 'onUpdateReady:ok' }));
    if (update === 'failed') deliver(() => failures.emit({ errMsg: 'onUpdateFailed:ok' }));
  };
  return {
    getUpdateManager: () => {
      if (!manager) {
        manager = {
          applyUpdate: () => {
            if (update === 'ready') restart();
          },
          onCheckForUpdate: checks.on,
          onUpdateReady: readies.on,
          onUpdateFailed: failures.on,
        };
        scheduler.schedule(look);
      }
      return manager;
    },
  };
}
