import { isWait } from '../option-rule.js';
import { isOptions } from '../option-values.js';

/** How good the device's connection is, to whatever it is connected. */
export interface NetworkConditions {
  /** A round trip, in milliseconds: what each answer, and the opening of each socket, takes at the least. @defaultValue 0 */
  readonly rttMs?: number | undefined;
  /**
   * Which part of the packets (1460 bytes) is lost, from 0 to below 1. A lost one is sent again, after 200 ms, or two round
   * trips where those are longer, and after twice as long each further time; the sixth loss of the same packet ends the
   * connection. @defaultValue 0
   */
  readonly lossRate?: number | undefined;
  /** Kilobits a second, each way, for all that runs. @defaultValue Infinity */
  readonly kbps?: number | undefined;
  /** Whether the platform calls it weak: `weakNet` of `wx.getNetworkType` and `wx.onNetworkWeakChange`. You say so; it is not measured. @defaultValue false */
  readonly weak?: boolean | undefined;
  /** Which packets are lost: the same for the same seed and the same order of calls. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** All of it, said. */
export type Conditions = { readonly [Name in keyof NetworkConditions]-?: Exclude<NetworkConditions[Name], undefined> };

const PERFECT: Conditions = { rttMs: 0, lossRate: 0, kbps: Infinity, weak: false, seed: 1 };

/** What to write. */
export const EXPECTED_CONDITIONS =
  'an object such as { rttMs: 300, lossRate: 0.02, kbps: 400, weak: true, seed: 7 }: milliseconds from 0, a rate from 0 to below 1, kilobits a second above 0';

/** The conditions with what has changed; what is not named stays. */
export function conditionsOf(changed: NetworkConditions, before: Conditions = PERFECT): Conditions {
  const {
    rttMs = before.rttMs,
    lossRate = before.lossRate,
    kbps = before.kbps,
    weak = before.weak,
    seed = before.seed,
  } = changed;
  return { rttMs, lossRate, kbps, weak, seed };
}

/** Whether it is such an object, with nothing else in it. */
export function isConditions(value: unknown): boolean {
  if (!isOptions(value)) return false;
  return Object.keys(value).every((name) => {
    const check = CHECKS.get(name);
    return check !== undefined && (value[name] === undefined || check(value[name]));
  });
}

const CHECKS = new Map<string, (value: unknown) => boolean>([
  ['rttMs', isWait],
  ['lossRate', (value) => typeof value === 'number' && value >= 0 && value < 1],
  ['kbps', (value) => typeof value === 'number' && value > 0],
  ['weak', (value) => typeof value === 'boolean'],
  ['seed', (value) => Number.isInteger(value)],
]);
