import { MAX_TIMER_MS } from '../../platform/limits.js';
import type { Conditions } from './conditions.js';

const PACKET_BYTES = 1_460;
const LEAST_RETRANSMISSION_MS = 200;
const MAX_LOSSES = 6;

/** Whatever crosses the air: one way, for all that runs on the device. */
export interface Link {
  /**
   * Sends so many bytes now.
   *
   * @returns how long they take, in milliseconds, and whether they arrive: if not, that is when the sender gives up.
   */
  readonly cross: (bytes: number, now: number) => { readonly ms: number; readonly arrives: boolean };
  /** Sends so many bytes that nobody sends again. @returns how long they take, in milliseconds; `undefined` for ever */
  readonly cast: (bytes: number, now: number) => number | undefined;
}

/** Makes one. What is sent while it is busy waits for its turn. */
export function createLink(conditions: () => Conditions, random: () => number): Link {
  let freeAt = 0;
  /** Its turn, and its way. */
  const travelMs = (bytes: number, now: number) => {
    const { rttMs, kbps } = conditions();
    freeAt = Math.max(freeAt, now) + (bytes * 8) / kbps;
    // What takes longer than a timer can wait would be there at once.
    return Math.min(freeAt - now + rttMs / 2, MAX_TIMER_MS);
  };
  return {
    cross: (bytes, now) => {
      const { rttMs, lossRate } = conditions();
      const ms = travelMs(bytes, now);
      const waits = lossRate > 0 ? retransmissionsMs(bytes, lossRate, rttMs, random) : { ms: 0, arrives: true };
      return { ms: Math.min(ms + waits.ms, MAX_TIMER_MS), arrives: waits.arrives };
    },
    cast: (bytes, now) => {
      const { lossRate } = conditions();
      const ms = travelMs(bytes, now);
      for (let packets = packetsOf(bytes); lossRate > 0 && packets > 0; packets--) {
        if (random() < lossRate) return undefined;
      }
      return ms;
    },
  };
}

function packetsOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / PACKET_BYTES));
}

/** The packets travel together: what the unluckiest of them waits for, all wait for. */
function retransmissionsMs(bytes: number, lossRate: number, rttMs: number, random: () => number) {
  const firstMs = Math.max(LEAST_RETRANSMISSION_MS, 2 * rttMs);
  let most = 0;
  for (let packets = packetsOf(bytes); packets > 0 && most < MAX_LOSSES; packets--) {
    let losses = 0;
    while (losses < MAX_LOSSES && random() < lossRate) losses++;
    most = Math.max(most, losses);
  }
  return { ms: firstMs * (2 ** most - 1), arrives: most < MAX_LOSSES };
}

/** Numbers from 0 to below 1 that look random: the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
