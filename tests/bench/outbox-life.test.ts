import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { liveWithOutbox } from '../../bench/outbox-life.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
// Or each later context of this worker has a global that no phone has.
setFlagsFromString('--no-expose-gc');

describe('createOutbox, day in, day out', () => {
  // `npx tsx bench/outbox-day.ts` is a whole day, and more.
  it('loses nothing, doubles nothing, keeps each lane in order, and its heap stays flat', () => {
    const heapsMb: number[] = [];
    const tally = liveWithOutbox({
      seed: 7,
      hours: 3,
      onHour() {
        collect();
        heapsMb.push(process.memoryUsage().heapUsed / 2 ** 20);
      },
    });
    expect(tally).toMatchObject({ lost: 0, doubled: 0, disordered: 0, effects: tally.told });
    expect(tally.kills).toBeGreaterThan(0);
    // The first hour fills what is kept once.
    expect((heapsMb[2] ?? NaN) - (heapsMb[0] ?? NaN)).toBeLessThan(3);
  });
});
