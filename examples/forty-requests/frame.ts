import { displayWidth, fit, fitEnd } from '../terminal/display-width.js';
import type { Look, Paint } from '../../src/cli/terminal/paint.js';
import { laneRow, scaleFor } from './lane-row.js';
import { attemptAt, laneAt, stateAt, type CallRecord, type RunRecord } from './run-record.js';
import { secondsOf, type Step } from './step.js';

/** What is drawn, at one moment. */
export interface Moment {
  readonly run: RunRecord;
  readonly at: number;
  /** The last thing that happened. */
  readonly latest: Step | undefined;
}

// One less than the terminal has, or its automatic margin may break the line.
const WIDTH = 79;
const PLACES = 10;
const GRID_ROWS = 10;
const GRID_COLUMNS = 4;
const SUSPENDED_AFTER_MS = 5_000;

/** The live display: 23 lines of at most 79 columns, so that it stands in a terminal of 80 by 24. */
export function frameLines({ run, at, latest }: Moment, paint: Paint): string[] {
  return [
    fit(`app      ${laneRow(run, scaleFor(at))}`, WIDTH - 8) + clock(at),
    `         ${laneSentence(run, at, paint)}`,
    '',
    queueLine(run, at, paint),
    `places   ${run.calls.filter((call) => attemptAt(call, at)).length} of ${PLACES} taken`,
    ...placeLines(run, at, paint),
    '',
    ...gridLines(run, at, paint),
    '',
    latest ? fit(`${secondsOf(latest.at)} s  ${callOf(latest)}${latest.what}`, WIDTH).trimEnd() : '',
  ];
}

function clock(at: number): string {
  return `${(at / 1_000).toFixed(1)} s`.padStart(8);
}

function callOf({ number }: Step): string {
  return number === undefined ? '' : `#${String(number).padStart(2, '0')} `;
}

function laneSentence(run: RunRecord, at: number, paint: Paint): string {
  const since = at - (run.lanes.findLast(({ from }) => from <= at)?.from ?? 0);
  switch (laneAt(run, at)) {
    case 'front':
      return paint('good', 'in front: what waits goes as places become free');
    case 'hidden':
      return paint(
        'notice',
        `hidden: what waits is held; in ${(Math.max(SUSPENDED_AFTER_MS - since, 0) / 1_000).toFixed(1)} s what runs is cut`,
      );
    case 'asleep':
      return paint('bad', 'suspended: what ran was cut, nothing is sent');
  }
}

function queueLine(run: RunRecord, at: number, paint: Paint): string {
  const waiting = run.calls.filter((call) => ['waiting', 'held'].includes(stateAt(run, call, at)));
  const parts = (['high', 'normal', 'low'] as const).map((priority) => {
    const count = waiting.filter((call) => call.priority === priority).length;
    return `${priority} ${String(count).padStart(2)} ${paint('busy', '#'.repeat(Math.min(count, 16)))}`;
  });
  return `waiting  ${String(waiting.length).padStart(2)}:  ${parts.join('   ')}`;
}

/** The ten places, five beside five. A call keeps its place as long as it runs. */
function placeLines(run: RunRecord, at: number, paint: Paint): string[] {
  const cells = Array.from({ length: PLACES }, (_, index) => {
    const place = index + 1;
    const call = run.calls.find((candidate) => attemptAt(candidate, at)?.place === place);
    const label = String(place).padStart(2);
    if (!call) return paint('faint', fit(`${label}  -`, 38));
    const ms = at - (attemptAt(call, at)?.from ?? at);
    const bar = '='.repeat(Math.min(Math.floor(ms / 1_000) + 1, 8));
    return `${label}  #${String(call.number).padStart(2, '0')} ${fitEnd(shortNameOf(call), 13)} ${clock(ms).slice(1)} ${paint('busy', bar.padEnd(8))}`;
  });
  return cells.slice(0, PLACES / 2).map((cell, index) => `${cell} ${cells[index + PLACES / 2] ?? ''}`.trimEnd());
}

/** One cell a request, in the order in which the app made them, down and then right. */
function gridLines(run: RunRecord, at: number, paint: Paint): string[] {
  return Array.from({ length: GRID_ROWS }, (_, row) =>
    Array.from({ length: GRID_COLUMNS }, (__, column) => run.calls[column * GRID_ROWS + row])
      .map((call) => (call ? cellOf(run, call, at, paint) : ''))
      .join(' ')
      .trimEnd(),
  );
}

function cellOf(run: RunRecord, call: CallRecord, at: number, paint: Paint): string {
  const [look, word] = wordOf(run, call, at);
  const shown = word.slice(0, 5);
  const number = String(call.number).padStart(2, '0');
  return `${number} ${fitEnd(shortNameOf(call), 10)} ${paint(look, shown)}${' '.repeat(5 - displayWidth(shown))}`;
}

function wordOf(run: RunRecord, call: CallRecord, at: number): readonly [Look, string] {
  switch (stateAt(run, call, at)) {
    case 'unmade':
      return ['plain', ''];
    case 'waiting':
      return ['faint', 'wait'];
    case 'held':
      return ['notice', call.attempts.some(({ from }) => from <= at) ? 'cut' : 'held'];
    case 'running':
      return ['busy', attemptAt(call, at) === call.attempts[0] ? 'runs' : 'again'];
    case 'ended':
      if (call.end?.kind !== 'answered') return ['bad', call.end?.word ?? ''];
      return [call.end.word.startsWith('2') ? 'good' : 'notice', call.end.word];
  }
}

/** The last part of an address: the part that tells calls apart. */
function shortNameOf({ name }: CallRecord): string {
  return name.includes('://') ? name.replace(/^.*\//, '/') : name;
}
