import { useRef, useState } from 'preact/hooks';
import type { Band, Step, Timeline } from './timeline.js';
import { shownTime, type Words } from './words.js';

const WIDTH = 1_000;

interface OverviewProps {
  readonly timeline: Timeline;
  readonly range: readonly [number, number] | undefined;
  readonly words: Words;
  readonly onRange: (range: readonly [number, number] | undefined) => void;
}

/** The lanes of time: the app, the network, the places, the sockets, the line. Drag over them to look at a part. */
export function Overview({ timeline, range, words, onRange }: OverviewProps) {
  const { fromMs, toMs } = timeline;
  const lanes = useRef<HTMLDivElement>(null);
  const [dragFrom, setDragFrom] = useState<number | undefined>(undefined);
  const x = (atMs: number) => ((Math.min(Math.max(atMs, fromMs), toMs) - fromMs) / (toMs - fromMs)) * WIDTH;
  const timeAt = (event: PointerEvent) => {
    const box = (lanes.current as HTMLDivElement).getBoundingClientRect();
    return fromMs + ((event.clientX - box.left) / box.width) * (toMs - fromMs);
  };
  const drag = (event: PointerEvent) => {
    if (dragFrom === undefined) return;
    const at = timeAt(event);
    if (Math.abs(at - dragFrom) > (toMs - fromMs) / 200) onRange([Math.min(at, dragFrom), Math.max(at, dragFrom)]);
  };
  const most = Math.max(1, ...timeline.waiting.map(({ count }) => count));
  const background = timeline.background.length > 0 ? words.inBackground : words.inFront;
  return (
    <section class="overview" aria-label={words.wholeTime}>
      <div class="lane-names" aria-hidden="true">
        <span>{words.app}</span>
        <span>{words.network}</span>
        <span>{words.places}</span>
        <span>{words.socketPlaces}</span>
        <span>{`${words.inLine} ≤ ${most === 1 && timeline.waiting.length === 0 ? 0 : most}`}</span>
      </div>
      <div
        class="lanes"
        ref={lanes}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragFrom(timeAt(event));
        }}
        onPointerMove={drag}
        onPointerUp={() => setDragFrom(undefined)}
        onDblClick={() => onRange(undefined)}
      >
        <svg
          viewBox={`0 0 ${WIDTH} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${words.app}: ${background}`}
        >
          <Bands bands={timeline.background} x={x} y={2} name="band-background" title={words.inBackground} />
          <Bands bands={timeline.offline} x={x} y={22} name="band-offline" title={words.noNetwork} />
          <Steps steps={timeline.running} x={x} end={WIDTH} y={40} height={18} most={10} name="area-running" />
          <Steps steps={timeline.sockets} x={x} end={WIDTH} y={60} height={18} most={5} name="area-sockets" />
          <Steps steps={timeline.waiting} x={x} end={WIDTH} y={80} height={18} most={most} name="area-waiting" />
          {[20, 40, 60, 80].map((y) => (
            <line x1={0} x2={WIDTH} y1={y} y2={y} class="lane-line" />
          ))}
        </svg>
        {range && (
          <div
            class="range"
            style={{ left: `${x(range[0]) / 10}%`, width: `${Math.max(0.2, (x(range[1]) - x(range[0])) / 10)}%` }}
          />
        )}
      </div>
      <div class="time-scale" aria-hidden="true">
        <span>0</span>
        <span>{shownTime((toMs - fromMs) / 2)}</span>
        <span>{shownTime(toMs - fromMs)}</span>
      </div>
    </section>
  );
}

interface BandsProps {
  readonly bands: readonly Band[];
  readonly x: (atMs: number) => number;
  readonly y: number;
  readonly name: string;
  readonly title: string;
}

function Bands({ bands, x, y, name, title }: BandsProps) {
  return (
    <g>
      <rect x={0} y={y} width={WIDTH} height={16} class="band-calm" />
      {bands.map(({ fromMs, toMs }) => (
        <rect x={x(fromMs)} y={y} width={Math.max(2, x(toMs) - x(fromMs))} height={16} class={name}>
          <title>{`${title}: ${shownTime(toMs - fromMs)}`}</title>
        </rect>
      ))}
    </g>
  );
}

interface StepsProps {
  readonly steps: readonly Step[];
  readonly x: (atMs: number) => number;
  readonly end: number;
  readonly y: number;
  readonly height: number;
  readonly most: number;
  readonly name: string;
}

/** No more corners than can be told apart: of each pixel the highest. */
function Steps({ steps, x, end, y, height, most, name }: StepsProps) {
  const highest = new Map<number, number>();
  const last = new Map<number, number>();
  for (const { atMs, count } of steps) {
    const column = Math.floor(x(atMs));
    highest.set(column, Math.max(highest.get(column) ?? 0, count));
    last.set(column, count);
  }
  const level = (count: number) => y + height - (Math.min(count, most) / most) * height;
  let path = `M0 ${y + height}`;
  for (const [column, count] of highest)
    path += `H${column}V${level(count)}H${column + 1}V${level(last.get(column) ?? 0)}`;
  return <path d={`${path}H${end}V${y + height}Z`} class={name} />;
}
