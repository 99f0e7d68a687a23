import { BehaviorSubject, type Observable } from 'rxjs';
import type { AppState } from '../platform/app-state.js';
import type { NetworkType } from '../platform/wx.js';
import type { NetworkStatus } from '../platform/wx.js';
import type { Stage } from './stage.js';

/** What a lane does to the phone, where the test has one. */
export interface LaneTarget {
  enterBackground(): void;
  enterForeground(): void;
  setNetwork(networkType: NetworkType): void;
}

/** The letters of `network('-o--w')`. */
const NETWORKS: { readonly [mark: string]: NetworkType } = {
  o: 'none',
  w: '2g',
  b: 'wifi',
};

/**
 * Hides and shows the app as drawn.
 *
 * ```text
 * app('--h----s')   --h----s
 * result            f-b----f      f = foreground, b = background; replayed
 * ```
 */
export function appLane$(stage: Stage, phone: LaneTarget, drawn: string): Observable<AppState> {
  const lane = checked('app', drawn, 'hs', 'h (hide) and s (show)');
  const hiddenAtFirst = lane.startsWith('h');
  const state$ = new BehaviorSubject<AppState>({
    visibility: hiddenAtFirst ? 'background' : 'foreground',
    since: 0,
    awayMs: 0,
  });
  if (hiddenAtFirst) phone.enterBackground();

  stage.hot(hiddenAtFirst ? `-${lane.slice(1)}` : lane).subscribe((mark) => {
    const since = stage.now();
    const awayMs = since - state$.value.since;
    if (mark === 'h') phone.enterBackground();
    else phone.enterForeground();
    state$.next(
      mark === 'h' ? { visibility: 'background', since, awayMs: 0 } : { visibility: 'foreground', since, awayMs },
    );
  });
  return state$.asObservable();
}

/**
 * Takes the connection away and gives it back as drawn: `o` offline, `w` weak (2G), `b` back (Wi-Fi).
 *
 * ```text
 * network('--o--w--b')   --o--w--b
 * result                 b-o--w--b      replayed
 * ```
 */
export function networkLane$(stage: Stage, phone: LaneTarget, drawn: string): Observable<NetworkStatus> {
  const lane = checked('network', drawn, 'owb', 'o (offline), w (weak) and b (back)');
  const first = /^[owb]/.exec(lane)?.[0];
  const status = (mark: string): NetworkStatus => {
    const networkType = NETWORKS[mark] as NetworkType;
    return { isConnected: networkType !== 'none', networkType };
  };
  const status$ = new BehaviorSubject(status(first ?? 'b'));
  if (first !== undefined) phone.setNetwork(status$.value.networkType);

  stage.hot(first === undefined ? lane : `-${lane.slice(1)}`).subscribe((mark) => {
    const next = status(mark);
    phone.setNetwork(next.networkType);
    status$.next(next);
  });
  return status$.asObservable();
}

function checked(name: string, drawn: string, letters: string, words: string): string {
  const lane = drawn.trim();
  const strange = lane
    .replace(/(^| )\d+(\.\d+)?(ms|s|m)(?= )|[-() ]/g, '')
    .replace(new RegExp(`[${letters}]`, 'g'), '');
  if (strange !== '') throw new TypeError(`${name}: a lane has ${words}; got '${drawn}'`);
  return lane;
}
