import type { OperatorFunction } from 'rxjs';
import { obeysTheLaws as declareLaws, type LawLetters } from '../../src/testing/index.js';

/** The kit's laws, with the letters as arguments. */
export function obeysTheLaws<T, R = T>(
  makeIdle: () => OperatorFunction<T, R>,
  values?: LawLetters<T>,
  results?: LawLetters<R>,
): void {
  declareLaws(makeIdle, { values, results });
}
