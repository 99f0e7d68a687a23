/**
 * The claim: a day with an outbox loses nothing, doubles nothing, keeps each lane in order, and its heap stays flat. In virtual time; a short
 * form is a test, tests/bench/outbox-life.test.ts. `npx tsx bench/outbox-day.ts [hours] [seed]`
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { liveWithOutbox } from './outbox-life.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const [hours = 24, seed = 1] = process.argv.slice(2).map(Number);
const heapsKb: number[] = [];
const tally = liveWithOutbox({
  seed,
  hours,
  onHour(hour, { puts, effects, kills }) {
    collect();
    heapsKb.push(process.memoryUsage().heapUsed / 1_024);
    console.log(
      `hour ${hour}: ${puts} puts, ${effects} effects, ${kills} kills, ${Math.round(heapsKb.at(-1) ?? 0)} kB`,
    );
  },
});

/** The first hours fill what is kept once. */
const settledKb = heapsKb.slice(Math.floor(heapsKb.length / 4));
const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const half = Math.floor(settledKb.length / 2);
const grewKb = middle(settledKb.slice(half)) - middle(settledKb.slice(0, half));

console.log(`seed ${seed}`, tally);
console.log(`the heap grew by ${Math.round(grewKb)} kB from the first half to the second, the first quarter apart`);
const isGood = tally.lost + tally.doubled + tally.disordered === 0 && (hours < 8 || grewKb < 1_024);
process.exitCode = isGood ? 0 : 1;
