import type { BackgroundPolicy, HttpMethod, HttpRequest, Priority } from '../../src/index.js';

/** What the platform answers to one attempt. */
export interface Reply {
  /** 0: from inside the call of `wx`. */
  readonly afterMs: number;
  readonly how: 'ok' | 'interrupted' | 'timeout' | 'offline' | 'refused' | 'silence';
}

/** One life of an app, all of it decided beforehand. Times are no whole numbers, so that no two things fall on one moment. */
export interface History {
  readonly concurrency: number;
  /** Whether the platform calls `fail` of what is aborted, as phones do. */
  readonly tellsAborts: boolean;
  readonly calls: readonly {
    readonly atMs: number;
    readonly request: Omit<HttpRequest, 'url'>;
    readonly replies: readonly Reply[];
    readonly leavesAtMs: number | undefined;
  }[];
  readonly hides: readonly {
    readonly hideMs: number;
    readonly showMs: number;
    /** From when to when no timer fires; equal where the thread is not frozen. */
    readonly freezesMs: number;
    readonly thawsMs: number;
  }[];
  readonly offline: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/** The history of that number. */
export function randomHistory(seed: number): History {
  const random = randomOf(seed + 1);
  const one = <T>(...values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const ms = (max: number) => random() * max;
  const maybe = <T>(chance: number, value: () => T) => (random() < chance ? value() : undefined);
  const lengthMs = one(3_000, 15_000, 60_000);

  const hides: History['hides'][number][] = [];
  for (let hideMs = ms(lengthMs); hides.length < 4 && hideMs < lengthMs;) {
    const showMs = hideMs + one(ms(50), 100 + ms(4_800), 4_900 + ms(300), 5_000 + ms(30_000), 120_000 + ms(1_000));
    const frozen = random() < 0.5;
    const freezesMs = hideMs + one(0.01, ms(showMs - hideMs), 4_999 + ms(10));
    // A little before the event of the return, or a little after it.
    const thawsMs = frozen && freezesMs < showMs ? showMs + one(-0.001, 0.001) : freezesMs;
    hides.push({ hideMs, showMs, freezesMs, thawsMs });
    hideMs = showMs + one(ms(900), 1_000 + ms(lengthMs));
  }

  const calls = Array.from({ length: 1 + Math.floor(random() * 9) }, () => {
    const atMs = one(0, ms(5), ms(lengthMs), ms(lengthMs));
    return {
      atMs,
      request: {
        method: one<HttpMethod>('GET', 'GET', 'POST', 'PUT'),
        priority: one<Priority>('high', 'normal', 'normal', 'low'),
        background: one<BackgroundPolicy>('hold', 'hold', 'hold', 'refuse', 'send'),
        idempotencyKey: maybe(0.2, () => 'key'),
        interruptInBackground: maybe(0.1, () => false),
        maxWaitMs: maybe(0.2, () => 1 + ms(6_000)),
        attemptMs: maybe(0.3, () => 1 + ms(9_000)),
        idleMs: maybe(0.2, () => 1 + ms(8_000)),
        totalMs: maybe(0.2, () => 1 + ms(20_000)),
      },
      replies: Array.from({ length: 7 }, (): Reply => ({
        afterMs: one(0, ms(20), ms(1_000), ms(9_000), ms(9_000), 61_000 + ms(10)),
        how: one('ok', 'ok', 'ok', 'interrupted', 'timeout', 'offline', 'refused', 'silence'),
      })),
      leavesAtMs: maybe(0.2, () => atMs + one(ms(3), ms(10_000))),
    };
  });
  const offline = Array.from({ length: one(0, 0, 1, 1) }, () => {
    const fromMs = ms(lengthMs);
    return { fromMs, toMs: fromMs + ms(8_000) };
  });
  return { concurrency: one(1, 1, 2, 3), tellsAborts: random() < 0.5, calls, hides, offline };
}

/** A sequence from 0 to 1 that is the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
