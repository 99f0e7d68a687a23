import { laneAt, type Lane, type RunRecord } from './run-record.js';

/** How wide a mark is in time. Wider for a longer run, so that it fits. */
const STEPS_MS = [250, 500, 1_000, 2_000, 5_000];
const MOST_COLUMNS = 62;

/** How many milliseconds a column stands for, and how many columns there are. */
export interface Scale {
  readonly msPerColumn: number;
  readonly columns: number;
}

export function scaleFor(endedAt: number): Scale {
  const msPerColumn = STEPS_MS.find((step) => endedAt / step < MOST_COLUMNS) ?? Math.ceil(endedAt / MOST_COLUMNS);
  return { msPerColumn, columns: Math.floor(endedAt / msPerColumn) + 1 };
}

const WORDS: { readonly [L in Lane]: string } = { front: 'front', hidden: 'hidden', asleep: 'asleep' };

/** The app as a row of marks: the name of where it is, where there is room, else a bar where it moves there. */
export function laneRow(run: RunRecord, { msPerColumn, columns }: Scale): string {
  const lanes = Array.from({ length: columns }, (_, column) => laneAt(run, (column + 0.5) * msPerColumn));
  let row = '';
  while (row.length < columns) {
    const lane = lanes[row.length] ?? 'front';
    const rest = lanes.slice(row.length);
    const change = rest.findIndex((other) => other !== lane);
    const length = change === -1 ? rest.length : change;
    row += stretch(WORDS[lane], length);
  }
  return row;
}

function stretch(word: string, length: number): string {
  if (word.length > length) return '|'.padEnd(length, '-');
  return (word.length === length ? word : `|${word}`).padEnd(length, '-');
}

/** Where the whole seconds are. */
export function secondsRow({ msPerColumn, columns }: Scale): string {
  const marks = Array.from({ length: columns }, () => ' ');
  const every = msPerColumn <= 250 ? 1_000 : msPerColumn * 5;
  for (let at = 0; at / msPerColumn < columns; at += every) {
    const label = String(at / 1_000);
    // A label that would stick out is left out.
    if (at / msPerColumn + label.length <= columns) marks.splice(at / msPerColumn, label.length, ...Array.from(label));
  }
  return marks.join('');
}
