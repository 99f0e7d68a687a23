import { drawn } from '../stage/play.js';
import { chosenPaint } from '../../src/cli/terminal/paint.js';
import type { PhoneName } from '../../src/simulator/phones.js';
import { errandsFrameLines } from './frame.js';
import { runErrands } from './scenario.js';
import { ERRAND_STEP_HEADING, errandStepLine } from './step.js';
import { errandsSummaryLines, type ErrandsFinished } from './summary.js';

/** The fourth act: likes and an order in a tunnel, and an app that is killed twice. */
export async function showErrands(live: boolean, phone: PhoneName): Promise<ErrandsFinished> {
  console.log('');
  const finished = await (live ? runLive(phone) : runPlain(phone));
  console.log(['', ...errandsSummaryLines(finished)].join('\n'));
  return finished;
}

function runPlain(phone: PhoneName): Promise<ErrandsFinished> {
  console.log(ERRAND_STEP_HEADING);
  return runErrands({ phone, onStep: (step) => console.log(errandStepLine(step)) });
}

function runLive(phone: PhoneName): Promise<ErrandsFinished> {
  const paint = chosenPaint(process.env);
  let frame: (() => string[]) | undefined;
  return drawn(
    () => frame?.(),
    () =>
      runErrands({
        phone,
        onBegin: (record, now) => (frame = () => errandsFrameLines(record, now(), paint)),
        onStep: () => undefined,
      }),
  );
}
