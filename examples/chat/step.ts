import type { PhoneName } from '../../src/simulator/phones.js';
import type { Lane } from '../forty-requests/run-record.js';
import { LANES, secondsOf } from '../forty-requests/step.js';
import type { ChatRecord } from './chat-record.js';

/** Something worth a line. */
export interface ChatStep {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly lane: Lane;
  readonly what: string;
}

/** Somebody who looks on. */
export interface ChatSpectator {
  /** Whose phone it is. */
  readonly phone?: PhoneName;
  readonly onBegin?: (record: ChatRecord, now: () => number) => void;
  readonly onStep: (step: ChatStep) => void;
}

export const CHAT_STEP_HEADING = 'time       app       what happened';

/** A line of the plain output. */
export function chatStepLine({ at, lane, what }: ChatStep): string {
  return `${secondsOf(at).padStart(6)} s  ${LANES[lane].padEnd(9)} ${what}`;
}
