import { deepStrictEqual } from 'node:assert';
import { asapScheduler, asyncScheduler, BehaviorSubject, concatWith, NEVER, of, type Observable } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import type { AppState } from '../../src/index.js';

/** The usual helpers, and the platform's lane beside them. */
export interface MarbleHelpers extends RunHelpers {
  /** The app's lifecycle: `h` hides it, `s` shows it; in front until then, unless the first character is `h`. */
  app(marbles: string): Observable<AppState>;
}

/** Runs a test body in virtual time: `it('…', marbles(({ cold }) => …))`. One character is one millisecond. */
export const marbles = (body: (helpers: MarbleHelpers) => void) => () => {
  try {
    new TestScheduler((actual, expected) => deepStrictEqual(actual, expected)).run((helpers) => {
      body({ ...helpers, app: (lane) => appLane(helpers, lane) });
    });
  } finally {
    // asap is one global queue: what a red test leaves in it must not redden the next.
    if (asapScheduler.actions.length > 0) asapScheduler.flush();
  }
};

function appLane({ hot }: RunHelpers, alignedLane: string): Observable<AppState> {
  const lane = alignedLane.trim();
  const hiddenAtFirst = lane.startsWith('h');
  const state$ = new BehaviorSubject<AppState>({
    visibility: hiddenAtFirst ? 'background' : 'foreground',
    since: 0,
    awayMs: 0,
  });

  hot(hiddenAtFirst ? `-${lane.slice(1)}` : lane).subscribe((mark) => {
    const since = asyncScheduler.now();
    const awayMs = since - state$.value.since;
    state$.next(
      mark === 'h' ? { visibility: 'background', since, awayMs: 0 } : { visibility: 'foreground', since, awayMs },
    );
  });
  return state$.asObservable();
}

/** An app that is in front and stays there. */
export const inForeground$: Observable<AppState> = of({ visibility: 'foreground', since: 0, awayMs: 0 } as const).pipe(
  concatWith(NEVER),
);
