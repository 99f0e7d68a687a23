import { concatWith, NEVER, of, type Observable } from 'rxjs';
import type { AppState } from '../../src/index.js';

/** An app that is in front and stays there. */
export const inForeground$: Observable<AppState> = of({ visibility: 'foreground', since: 0, awayMs: 0 } as const).pipe(
  concatWith(NEVER),
);
