import { chosenPaint } from '../../src/cli/terminal/paint.js';
import { canShowLive, openScreen } from '../terminal/screen.js';
import { frameLines } from './frame.js';
import { runScenario, type Finished } from './scenario.js';
import { STEP_HEADING, stepLine, type Step } from './step.js';
import { summaryLines } from './summary.js';
import { timelineLines } from './timeline.js';

const FRAME_MS = 100;

/** Runs the scenario and shows it: live where there is a terminal to draw on, else a line for whatever happens. */
export async function showFortyRequests({ json }: { readonly json: boolean }): Promise<void> {
  const live = !json && canShowLive(process.stdout, process.env);
  const { run, endedAt, summary } = await (live ? runLive() : runPlain());
  console.log(['', ...timelineLines(run, endedAt), '', ...summaryLines(summary)].join('\n'));
  if (json) console.log(JSON.stringify(summary));
}

function runPlain(): Promise<Finished> {
  console.log(STEP_HEADING);
  return runScenario({ onStep: (step) => console.log(stepLine(step)) });
}

async function runLive(): Promise<Finished> {
  const screen = openScreen(process.stdout);
  const paint = chosenPaint(process.env);
  let latest: Step | undefined;
  let draw: (() => void) | undefined;
  let frames: NodeJS.Timeout | undefined;
  try {
    const finished = await runScenario({
      onBegin: (run, now) => {
        draw = () => screen.draw(frameLines({ run, at: now(), latest }, paint));
        frames = setInterval(draw, FRAME_MS);
      },
      onStep: (step) => (latest = step),
    });
    draw?.();
    return finished;
  } finally {
    clearInterval(frames);
    screen.close();
  }
}
