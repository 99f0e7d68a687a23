import { laneRow, scaleFor, secondsRow, type Scale } from './lane-row.js';
import { stateAt, type CallRecord, type RunRecord } from './run-record.js';
import { fit } from '../terminal/display-width.js';

const LABEL_COLUMNS = 14;
const WIDTH = 79;
const MOST_CALL_ROWS = 13;

const LEGEND = [
  '. waits for a place  ~ held: the app is away  = runs  X cut by the background',
  'o an answer (2-9: so many)   ! refused by a rule   # failed   * more than nine',
];

/** The whole run as marbles: at most 20 lines of 79 columns. */
export function timelineLines(run: RunRecord, endedAt: number): string[] {
  const scale = scaleFor(endedAt);
  const numbers = (state: 'running' | 'waiting' | 'held') =>
    rowOf(scale, (at) => digit(run.calls.filter((call) => stateAt(run, call, at) === state).length));
  const line = (label: string, row: string) => fit(label, LABEL_COLUMNS) + row.trimEnd();

  return [
    `The run as marbles: a mark is ${scale.msPerColumn} ms`,
    line('seconds', secondsRow(scale)),
    line('app', laneRow(run, scale)),
    line('how many run', numbers('running')),
    line('how many wait', waitingRow(run, scale)),
    ...rowsOf(run).map((calls) => line(labelOf(calls), withNote(marblesOf(run, calls, scale), calls))),
    ...LEGEND,
  ];
}

function waitingRow(run: RunRecord, scale: Scale): string {
  const waits = (call: CallRecord, at: number) => ['waiting', 'held'].includes(stateAt(run, call, at));
  return rowOf(scale, (at) => digit(run.calls.filter((call) => waits(call, at)).length));
}

/** The calls by what they have in common, and then by what became of them: a row tells one story. */
function rowsOf({ calls }: RunRecord): CallRecord[][] {
  const byFate = grouped(calls, ({ group, held, end, attempts }) =>
    [group.title, held, end?.kind, attempts.some(({ cut }) => cut)].join(),
  );
  return byFate.length <= MOST_CALL_ROWS ? byFate : grouped(calls, ({ group }) => group.title);
}

function grouped(calls: readonly CallRecord[], keyOf: (call: CallRecord) => string): CallRecord[][] {
  const groups = new Map<string, CallRecord[]>();
  for (const call of calls) {
    const group = groups.get(keyOf(call));
    if (group) group.push(call);
    else groups.set(keyOf(call), [call]);
  }
  return [...groups.values()];
}

function labelOf(calls: readonly CallRecord[]): string {
  const [first] = calls;
  if (!first) return '';
  return calls.length === 1 ? first.name.replace(/^.*\/(?=.)/, '/') : `${first.group.title} x${calls.length}`;
}

function marblesOf(run: RunRecord, calls: readonly CallRecord[], scale: Scale): string {
  const { msPerColumn } = scale;
  return rowOf(scale, (middle) => {
    const from = middle - msPerColumn / 2;
    const within = (at = -1) => at >= from && at < from + msPerColumn;
    const ended = calls.filter(({ end }) => within(end?.at));
    const answers = ended.filter(({ end }) => end?.kind === 'answered').length;

    if (calls.some(({ attempts }) => attempts.some(({ cut, to }) => cut === true && within(to)))) return 'X';
    if (ended.some(({ end }) => end?.kind === 'refused')) return '!';
    if (ended.some(({ end }) => end?.kind === 'failed')) return '#';
    if (answers > 0) return answers === 1 ? 'o' : digit(answers);

    const states = calls.map((call) => stateAt(run, call, middle));
    if (states.includes('running')) return '=';
    if (states.includes('held')) return '~';
    return states.includes('waiting') ? '.' : ' ';
  });
}

/** Says behind the last mark what the marks cannot, if there is room. */
function withNote(marbles: string, calls: readonly CallRecord[]): string {
  const row = marbles.trimEnd();
  const note = noteOf(calls);
  const fits = LABEL_COLUMNS + row.length + 2 + note.length <= WIDTH;
  return fits ? `${row}  ${note}` : row;
}

function noteOf(calls: readonly CallRecord[]): string {
  const words = [...new Set(calls.map(({ end }) => end?.word))].join(' ');
  switch (calls[0]?.end?.kind) {
    case 'refused':
      return words;
    case 'cut':
      return `${words}: not safe to send again`;
    case 'failed':
      return words === 'ENC-1' ? 'ENC-1: no decoder for the body' : words;
    default:
      return calls[0]?.group.note ?? '';
  }
}

function rowOf({ msPerColumn, columns }: Scale, markAt: (middle: number) => string): string {
  return Array.from({ length: columns }, (_, column) => markAt((column + 0.5) * msPerColumn)).join('');
}

function digit(count: number): string {
  return count === 0 ? ' ' : count > 9 ? '*' : String(count);
}
