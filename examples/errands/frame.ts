import { fit } from '../terminal/display-width.js';
import type { Paint } from '../../src/cli/terminal/paint.js';
import { bar } from '../stage/bar.js';
import { errandStepLine, type ErrandsRecord } from './step.js';

// One less than the terminal has, or its automatic margin may break the line.
const WIDTH = 79;
const STEP_ROWS = 14;

const WORDS = {
  online: ['good', 'in front, with a network'],
  tunnel: ['notice', 'in front, in a tunnel: nothing is sent'],
  killed: ['bad', 'killed: what is on the phone stays'],
} as const;

/** The live display of the fourth act: always 19 lines, of at most 79 columns. */
export function errandsFrameLines(record: ErrandsRecord, at: number, paint: Paint): string[] {
  const [look, words] = WORDS[record.condition];
  const [kept, done] = [record.kept(), record.done()];
  const steps = record.steps.slice(-STEP_ROWS);
  const percent = kept + done === 0 ? 0 : (100 * done) / (kept + done);
  return [
    `app      ${paint(look, fit(words, WIDTH - 17))}${`${(at / 1_000).toFixed(1)} s`.padStart(8)}`,
    `outbox   ${kept} on the phone`,
    `server   ${paint('busy', bar(percent, 40))} ${done} done`,
    '',
    ...steps.map((step) => fit(errandStepLine(step), WIDTH).trimEnd()),
    // So that nothing moves but the steps.
    ...Array.from({ length: STEP_ROWS - steps.length }, () => ''),
    '',
  ];
}
