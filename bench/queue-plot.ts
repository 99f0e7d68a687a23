import { grouped, shown, type Figure } from './measure.js';

const UNIT = 'µs a request';
const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 60;
const RIGHT = 560;
const TOP = 40;
const BOTTOM = 340;
/** Told apart on light and on dark pages, and by those who see fewer colours. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

interface Series {
  readonly who: string;
  readonly points: readonly (readonly [waiting: number, cost: number])[];
}

/** What a request costs by the length of the line, as SVG: both scales logarithmic, a line for each queue. */
export function queuePlot(figures: readonly Figure[]): string {
  const series = seriesOf(figures);
  const all = series.flatMap(({ points }) => points);
  const sizes = [...new Set(all.map(([waiting]) => waiting))].sort((a, b) => a - b);
  const costs = all.map(([, cost]) => cost);
  const x = scale(sizes[0] ?? 1, sizes.at(-1) ?? 10, LEFT, RIGHT);
  const lowest = powerOf10(Math.min(...costs), Math.floor);
  const highest = powerOf10(Math.max(...costs), Math.ceil);
  const y = scale(lowest, highest, BOTTOM, TOP);

  const columns = sizes.map((size) => text(x(size), BOTTOM + 24, grouped(size), 'middle'));
  const rows = powersBetween(lowest, highest).map(
    (cost) =>
      `<line x1="${LEFT}" x2="${RIGHT}" y1="${at(y(cost))}" y2="${at(y(cost))}" class="grid"/>` +
      text(LEFT - 8, y(cost) + 4, shown(cost), 'end'),
  );
  const lines = series.map(({ who, points }, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '';
    const path = points.map(([waiting, cost]) => `${at(x(waiting))},${at(y(cost))}`);
    const dots = path.map((point) => point.split(',')).map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5"/>`);
    return (
      `<g stroke="${colour}" fill="${colour}"><polyline points="${path.join(' ')}" fill="none" stroke-width="2"/>${dots.join('')}` +
      `<circle cx="${RIGHT + 24}" cy="${TOP + 4 + index * 22}" r="4"/></g>${text(RIGHT + 36, TOP + 8 + index * 22, who)}`
    );
  });

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Cost of a request by how many wait">`,
    '<style>text{font:13px sans-serif;fill:#24292f}.grid{stroke:#d0d7de}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#30363d}}</style>',
    text(LEFT, TOP - 18, UNIT),
    ...rows,
    ...columns,
    text((LEFT + RIGHT) / 2, HEIGHT - 12, 'requests waiting', 'middle'),
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function seriesOf(figures: readonly Figure[]): Series[] {
  const points = new Map<string, [number, number][]>();
  for (const { at: where, who, value, unit } of figures) {
    const waiting = /^([\d ]+) waiting$/.exec(where)?.[1];
    if (unit !== UNIT || value === undefined || waiting === undefined) continue;
    points.set(who, [...(points.get(who) ?? []), [Number(waiting.replace(/ /g, '')), value]]);
  }
  return [...points].map(([who, some]) => ({ who, points: some }));
}

function scale(low: number, high: number, from: number, to: number): (value: number) => number {
  const span = Math.log(high / low) || 1;
  return (value) => from + ((to - from) * Math.log(value / low)) / span;
}

function powerOf10(value: number, round: (exponent: number) => number): number {
  return Number.isFinite(value) && value > 0 ? 10 ** round(Math.log10(value)) : 1;
}

function powersBetween(low: number, high: number): number[] {
  const count = Math.round(Math.log10(high / low));
  return Array.from({ length: count + 1 }, (_, index) => low * 10 ** index);
}

function at(value: number): string {
  return value.toFixed(1);
}

function text(x: number, y: number, words: string, anchor = 'start'): string {
  const escaped = words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${escaped}</text>`;
}
