import type { Observable, SchedulerLike } from 'rxjs';

/** What a test is played on: a clock, and streams drawn by it. `marbles()` has one, `scenario()` another. */
export interface Stage {
  readonly scheduler: SchedulerLike;
  /** Milliseconds since the test began. */
  readonly now: () => number;
  readonly cold: <T>(marbles: string, values?: { readonly [mark: string]: T }, error?: unknown) => Observable<T>;
  readonly hot: (marbles: string) => Observable<string>;
}
