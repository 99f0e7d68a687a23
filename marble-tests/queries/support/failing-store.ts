import { Observable } from 'rxjs';
import { NetworkError } from '../../../src/index.js';
import type { StoredAnswer } from '../../../src/queries.js';
import type { Store } from '../../../src/resilience.js';

/** A device whose operations wait until they are done, one by one, and of which some fail. */
export class FailingDevice {
  readonly values = new Map<string, StoredAnswer>();
  /** How many operations have failed. */
  failures = 0;
  private readonly waiting: (() => void)[] = [];
  private asked = 0;

  /** @param outcomes - Of each operation in its turn, begun anew at the end; none for a device that never fails. */
  constructor(private readonly outcomes: readonly ('done' | 'full' | 'broken')[]) {}

  readonly store: Store<StoredAnswer> = {
    get: (key) => this.operation(() => this.values.get(key)),
    entries: () => this.operation(() => new Map(this.values)),
    set: (key, value) => this.operation(() => void this.values.set(key, value), false),
    remove: (key) => this.operation(() => void this.values.delete(key), false),
    clear: () => this.operation(() => this.values.clear(), false),
    snapshot: () => ({ items: this.values.size, bytes: 0, pending: this.waiting.length, dropped: 0 }),
  };

  /** Does the oldest operation that waits, or all of them. */
  work(all = false): void {
    do this.waiting.shift()?.();
    while (all && this.waiting.length > 0);
  }

  private operation<Value>(act: () => Value): Observable<Value>;
  private operation(act: () => unknown, emits: false): Observable<never>;
  private operation<Value>(act: () => Value, emits = true): Observable<Value> {
    return new Observable((subscriber) => {
      const outcome = this.outcomes[this.asked++ % this.outcomes.length] ?? 'done';
      this.waiting.push(() => {
        if (outcome !== 'done') {
          this.failures++;
          const code = outcome === 'full' ? 'storage-full' : 'storage';
          return subscriber.error(new NetworkError(outcome, { code }));
        }
        const value = act();
        if (emits) subscriber.next(value);
        return subscriber.complete();
      });
    });
  }
}
