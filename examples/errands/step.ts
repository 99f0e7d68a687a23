import type { PhoneName } from '../../src/simulator/phones.js';
import { secondsOf } from '../forty-requests/step.js';

/** How the phone is: the app may be gone, and so may the network. */
export type Condition = 'online' | 'tunnel' | 'killed';

/** Something worth a line. */
export interface ErrandStep {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly condition: Condition;
  readonly what: string;
}

/** What has happened so far. */
export interface ErrandsRecord {
  readonly steps: ErrandStep[];
  condition: Condition;
  /** What is kept on the phone. */
  readonly kept: () => number;
  /** What the server has done. */
  readonly done: () => number;
}

/** Somebody who looks on. */
export interface ErrandsSpectator {
  /** Whose phone it is. */
  readonly phone?: PhoneName;
  readonly onBegin?: (record: ErrandsRecord, now: () => number) => void;
  readonly onStep: (step: ErrandStep) => void;
}

// ASCII, as wherever columns must line up.
const CONDITIONS: { readonly [C in Condition]: string } = { online: '|', tunnel: ': tunnel', killed: '  killed' };

export const ERRAND_STEP_HEADING = 'time       app       what happened';

/** A line of the plain output. */
export function errandStepLine({ at, condition, what }: ErrandStep): string {
  return `${secondsOf(at).padStart(6)} s  ${CONDITIONS[condition].padEnd(9)} ${what}`;
}
