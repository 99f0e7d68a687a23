import { bar } from '../stage/bar.js';
import { wrap } from '../stage/wrap.js';
import { fit } from '../terminal/display-width.js';
import type { Paint } from '../../src/cli/terminal/paint.js';
import { megabytes, type BytesRecord, type Transfer } from './bytes-record.js';

// One less than the terminal has, or its automatic margin may break the line.
const WIDTH = 79;
const LABEL = 20;
const BAR_COLUMNS = 32;
const TEXT_ROWS = 6;

/** The live display of the second act: always 12 lines, of at most 79 columns. */
export function bytesFrameLines({ upload, download, answer }: BytesRecord, at: number, paint: Paint): string[] {
  const events = `${answer.events} events${brokenAfter(answer.breaks)}`;
  const text = wrap(answer.text, WIDTH - LABEL).slice(-TEXT_ROWS);
  return [
    fit('bytes in and out, all at once', WIDTH - 8) + `${(at / 1_000).toFixed(1)} s`.padStart(8),
    '',
    transferLine('upload', upload, paint),
    transferLine('download', download, paint),
    `${fit('answer', LABEL)}${paint(answer.breaks.length > 0 ? 'notice' : 'plain', events)}`,
    '',
    ...text.map((line) => ' '.repeat(LABEL) + line),
    // So that nothing moves but the bars.
    ...Array.from({ length: TEXT_ROWS - text.length }, () => ''),
  ];
}

function brokenAfter(breaks: readonly number[]): string {
  return breaks.length === 0 ? '' : `; the connection broke after event ${breaks.join(', ')}`;
}

function transferLine(label: string, { file, percent, bytes, totalBytes }: Transfer, paint: Paint): string {
  const done = percent === 100;
  const row = paint(done ? 'good' : 'busy', bar(percent, BAR_COLUMNS));
  const size = `${megabytes(bytes)} of ${megabytes(totalBytes)} MB`;
  return `${fit(label, 9)}${fit(file, LABEL - 9)}${row} ${String(percent).padStart(3)} %  ${size}`;
}
