import type { Simulator } from '../../simulator/create-simulator.js';
import type { TimeSpan } from './time-spans.js';

/** When the app is in the background, and when the phone has no network. */
export interface PlannedSpans {
  readonly background: readonly TimeSpan[];
  readonly offline: readonly TimeSpan[];
}

/** When the last of them begins or ends, in milliseconds since the start. */
export function lastPlannedMs({ background, offline }: PlannedSpans): number {
  return Math.max(0, ...[...background, ...offline].map(({ fromMs, toMs }) => toMs ?? fromMs));
}

/** Makes it so, each at its time. @returns the timers. */
export function* plan(simulator: Simulator, { background, offline }: PlannedSpans): Generator<NodeJS.Timeout> {
  const at = (ms: number, act: () => void) => setTimeout(act, ms);
  for (const { fromMs, toMs } of background) {
    yield at(fromMs, () => simulator.enterBackground());
    if (toMs !== undefined) yield at(toMs, () => simulator.enterForeground());
  }
  for (const { fromMs, toMs } of offline) {
    if (fromMs === 0) simulator.setNetwork('none');
    else yield at(fromMs, () => simulator.setNetwork('none'));
    if (toMs !== undefined) yield at(toMs, () => simulator.setNetwork('wifi'));
  }
}
