import { drawn } from '../stage/play.js';
import { wrap } from '../stage/wrap.js';
import { fit } from '../terminal/display-width.js';
import { chosenPaint } from '../../src/cli/terminal/paint.js';
import type { PhoneName } from '../../src/simulator/phones.js';
import { bytesFrameLines } from './frame.js';
import { runBytes, type BytesStep } from './scenario.js';
import { bytesSummaryLines, type BytesSummary } from './summary.js';

/** The second act: a file goes up, a file comes down, a language model answers. */
export async function showBytes(live: boolean, phone: PhoneName): Promise<BytesSummary> {
  console.log('');
  const summary = await (live ? runLive(phone) : runPlain(phone));
  console.log(['', ...bytesSummaryLines(summary)].join('\n'));
  return summary;
}

function runPlain(phone: PhoneName): Promise<BytesSummary> {
  console.log('time       bytes     what happened');
  return runBytes({ phone, onStep: (step) => console.log(stepLines(step).join('\n')) });
}

function stepLines({ at, of, what }: BytesStep): string[] {
  const head = `${(at / 1_000).toFixed(2).padStart(6)} s  ${fit(of, 10)}`;
  return wrap(what, 79 - head.length).map((line, index) => (index === 0 ? head : ' '.repeat(head.length)) + line);
}

function runLive(phone: PhoneName): Promise<BytesSummary> {
  const paint = chosenPaint(process.env);
  let frame: (() => string[]) | undefined;
  return drawn(
    () => frame?.(),
    () =>
      runBytes({
        phone,
        onBegin: (record, now) => (frame = () => bytesFrameLines(record, now(), paint)),
        onStep: () => undefined,
      }),
  );
}
