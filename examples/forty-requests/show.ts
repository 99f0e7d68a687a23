import { drawn } from '../stage/play.js';
import { chosenPaint } from '../../src/cli/terminal/paint.js';
import type { PhoneName } from '../../src/simulator/phones.js';
import { frameLines } from './frame.js';
import { runScenario, type Finished } from './scenario.js';
import { STEP_HEADING, stepLine, type Step } from './step.js';
import { summaryLines, type Summary } from './summary.js';
import { timelineLines } from './timeline.js';

/** The first act: forty requests, live where there is a terminal to draw on, else a line for whatever happens. */
export async function showFortyRequests(live: boolean, phone: PhoneName): Promise<Summary> {
  const { run, endedAt, summary } = await (live ? runLive(phone) : runPlain(phone));
  console.log(['', ...timelineLines(run, endedAt), '', ...summaryLines(summary)].join('\n'));
  return summary;
}

function runPlain(phone: PhoneName): Promise<Finished> {
  console.log(STEP_HEADING);
  return runScenario({ phone, onStep: (step) => console.log(stepLine(step)) });
}

function runLive(phone: PhoneName): Promise<Finished> {
  const paint = chosenPaint(process.env);
  let latest: Step | undefined;
  let frame: (() => string[]) | undefined;
  return drawn(
    () => frame?.(),
    () =>
      runScenario({
        phone,
        onBegin: (run, now) => (frame = () => frameLines({ run, at: now(), latest }, paint)),
        onStep: (step) => (latest = step),
      }),
  );
}
