import type { NetworkError } from '../platform/network-error.js';

/** Where a value came from. */
export type QueryOrigin = 'memory' | 'storage' | 'prefetch' | 'network';

/** What a watcher is shown. */
export interface QueryState<Value> {
  /** Frozen, for all who watch share it: change it by `change()`. */
  readonly value: Value;
  readonly from: QueryOrigin;
  /**
   * When it was shown, it was older than this watcher's `freshMs`, or not yet what the server says. An answer that confirms it
   * emits nothing: who subscribes next is told that it is fresh.
   */
  readonly stale: boolean;
  /** Why there is no newer one. What is no `NetworkError` was thrown by the app's own code. */
  readonly problem?: NetworkError | undefined;
}

/** How an answer is kept, and when it is asked for again. */
export interface QueryOptions {
  /** How old an answer may be before it is asked for again, in milliseconds. @defaultValue `0`: it is shown, and asked for again */
  readonly freshMs?: number | undefined;
  /** How long an answer that nobody watches stays in memory, in milliseconds. @defaultValue `300_000` */
  readonly keepMs?: number | undefined;
  /** What `invalidate()` knows it by. @defaultValue none */
  readonly tags?: readonly string[] | undefined;
  /** Keeps it on the device, too, in the store. @defaultValue `false` */
  readonly persist?: boolean | undefined;
  /**
   * Takes what the platform has fetched before the app was there (数据预拉取: `'pre'`; 周期性更新: `'periodic'`) as the first value,
   * once a start; it is JSON. @defaultValue none
   */
  readonly backgroundFetch?: 'pre' | 'periodic' | undefined;
}
