import { MAX_CONCURRENT_REQUESTS } from '../../platform/limits.js';
import type { CallApi } from '../events.js';
import type { Settings } from '../settings.js';

/** A call's place among the running, or in the line before them. */
export interface Place {
  /** Whether it is still in the line. */
  readonly waiting: boolean;
  /** Gives it back, from wherever it stands; a second time does nothing. */
  leave(): void;
}

/** The ten places of LIM-2 and the line in front of them. */
export interface Pool {
  readonly running: number;
  readonly waiting: number;
  /**
   * Takes a place. When none is free it stands in line and `start` is called on its turn, or there is no place at all.
   *
   * @returns `undefined` when all are taken and nobody may wait.
   */
  enter(start: () => void): Place | undefined;
}

/** The pools of all APIs. */
export interface Pools {
  of(api: CallApi): Pool;
  /** Nobody leaves a line until `resume()`. */
  pause(): void;
  resume(): void;
}

/**
 * Runs ten at once and keeps the others in line, first come first served (LIM-2).
 *
 * - Evidence: base library ≥ 1.4.0 queues; before, and in some clients still, the eleventh fails (discoveries/concurrency.md)
 * - Whether the ten are shared by the three APIs is not known: `concurrencyScope`
 */
export function createPools({ overLimit, concurrencyScope }: Pick<Settings, 'overLimit' | 'concurrencyScope'>): Pools {
  const pools = new Map<string, ReturnType<typeof createPool>>();
  let paused = false;

  return {
    of: (api) => {
      const key = concurrencyScope === 'shared' ? 'shared' : api;
      const pool = pools.get(key) ?? createPool(overLimit, () => paused);
      pools.set(key, pool);
      return pool;
    },
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
      for (const pool of pools.values()) pool.drain();
    },
  };
}

function createPool(overLimit: Settings['overLimit'], isPaused: () => boolean): Pool & { drain(): void } {
  const line = new Set<() => void>();
  let running = 0;
  let draining = false;

  // A loop, not recursion: a thousand calls that settle in the turn they start must not grow the stack.
  const drain = () => {
    if (draining) return;
    draining = true;
    try {
      for (const next of line) {
        if (running >= MAX_CONCURRENT_REQUESTS || isPaused()) break;
        line.delete(next);
        running++;
        next();
      }
    } finally {
      draining = false;
    }
  };

  return {
    get running() {
      return running;
    },
    get waiting() {
      return line.size;
    },
    drain,
    enter: (start) => {
      const full = running >= MAX_CONCURRENT_REQUESTS || line.size > 0;
      if (full && overLimit === 'fail') return undefined;

      let left = false;
      const begin = () => {
        place.waiting = false;
        start();
      };
      const place = {
        waiting: full,
        leave: () => {
          if (left) return;
          left = true;
          if (!place.waiting) running--;
          place.waiting = false;
          line.delete(begin);
          drain();
        },
      };
      if (full) line.add(begin);
      else running++;
      return place;
    },
  };
}
