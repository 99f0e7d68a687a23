/** More than any test has to do in one frame; some seconds. */
const MAX_TURNS = 200_000;

/** Counts what runs in one frame, and throws where there is no end to it: the clock would never go on. */
export function createTurnCounter(who: string, now: () => number): () => void {
  let frame = now();
  let turns = 0;
  return () => {
    if (frame !== now()) {
      frame = now();
      turns = 0;
    }
    if (++turns > MAX_TURNS) {
      throw new Error(
        `${who}: ${MAX_TURNS} turns at ${frame} ms and no end: something calls or schedules itself again without any ` +
          'delay; give it one',
      );
    }
  };
}
