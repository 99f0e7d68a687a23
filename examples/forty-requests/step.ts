import type { Lane } from './run-record.js';

/** Something worth a line. */
export interface Step {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly lane: Lane;
  /** The number of the request, from 1; `undefined` for what concerns the app. */
  readonly number?: number | undefined;
  readonly what: string;
}

// ASCII, here and wherever columns must line up: in a Chinese locale U+2502 and its like may be two columns wide.
export const LANES: { readonly [L in Lane]: string } = { front: '|', hidden: ': hidden', asleep: '  asleep' };

export const STEP_HEADING = 'time       app      call  what happened';

/** A line of the plain output. */
export function stepLine({ at, lane, number, what }: Step): string {
  const call = number === undefined ? '---' : `#${String(number).padStart(2, '0')}`;
  return `${secondsOf(at).padStart(6)} s  ${LANES[lane].padEnd(8)} ${call}  ${what}`;
}

export function secondsOf(ms: number): string {
  return (ms / 1_000).toFixed(2);
}
