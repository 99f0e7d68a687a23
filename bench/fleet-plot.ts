/** What arrives in each second, of one fleet. */
export interface FleetSeries {
  readonly who: string;
  readonly perSecond: readonly number[];
}

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 60;
const RIGHT = 560;
const TOP = 40;
const BOTTOM = 340;
/** Told apart on light and on dark pages, and by those who see fewer colours. */
const COLOURS = ['#0072b2', '#009e73', '#cc79a7', '#d55e00'];

/** Load over time as SVG, in parts of the steady load: a line for each fleet. */
export function fleetPlot(series: readonly FleetSeries[], steady: number): string {
  const seconds = series[0]?.perSecond.length ?? 1;
  const highest = Math.ceil(
    Math.max(1, ...series.flatMap(({ perSecond }) => perSecond.map((count) => count / steady))),
  );
  const x = (second: number) => LEFT + ((RIGHT - LEFT) * second) / Math.max(1, seconds - 1);
  const y = (load: number) => BOTTOM - ((BOTTOM - TOP) * load) / highest;

  const rows = Array.from({ length: highest + 1 }, (_, load) => {
    const at = y(load).toFixed(1);
    return `<line x1="${LEFT}" x2="${RIGHT}" y1="${at}" y2="${at}" class="grid"/>${text(LEFT - 8, y(load) + 4, `${load} ×`, 'end')}`;
  });
  const columns = Array.from({ length: Math.floor(seconds / 10) + 1 }, (_, index) =>
    text(x(index * 10), BOTTOM + 24, String(index * 10), 'middle'),
  );
  const lines = series.map(({ who, perSecond }, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '';
    const points = perSecond.map((count, second) => `${x(second).toFixed(1)},${y(count / steady).toFixed(1)}`);
    const label = TOP + 8 + index * 22;
    return (
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>` +
      `<circle cx="${RIGHT + 24}" cy="${label - 4}" r="4" fill="${colour}"/>${text(RIGHT + 36, label, who)}`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Load of a server that was down">`,
    '<style>text{font:13px sans-serif;fill:#24292f}.grid{stroke:#d0d7de}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#30363d}}</style>',
    text(LEFT, TOP - 18, 'calls a second, of the steady load'),
    ...rows,
    ...columns,
    text((LEFT + RIGHT) / 2, HEIGHT - 12, 'seconds', 'middle'),
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function text(x: number, y: number, words: string, anchor = 'start'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
}
