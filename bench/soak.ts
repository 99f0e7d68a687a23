/**
 * The claim: an app of a whole day loses no call, doubles none, lets none hang, and its heap stays flat. In virtual time; a
 * short form is a test, marble-tests/network/soak/soak.test.ts. `npm run soak -- [hours] [seed]`
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { soak } from '../marble-tests/network/soak/soak.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const [hours = 24, seed = 1] = process.argv.slice(2).map(Number);
const heapsMb: number[] = [];

const startedAt = Date.now();
const report = await soak({
  seed,
  hours,
  onHour(hour, { calls, messages, faults }) {
    collect();
    const heapMb = process.memoryUsage().heapUsed / 2 ** 20;
    heapsMb.push(heapMb);
    const told = faults.length > 0 ? faults.join(', ') : 'no fault';
    console.log(`hour ${hour}: ${calls} calls, ${messages.heard} messages, ${heapMb.toFixed(1)} MB, ${told}`);
  },
});

/** The first hours fill what is kept once. */
const settledMb = heapsMb.slice(Math.floor(heapsMb.length / 4));
const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const half = Math.floor(settledMb.length / 2);
const grewMb = middle(settledMb.slice(half)) - middle(settledMb.slice(0, half));

console.log(`seed ${seed}, ${hours} h in ${Math.round((Date.now() - startedAt) / 1_000)} s`, report);
console.log(`the heap grew by ${grewMb.toFixed(2)} MB from the first half to the second, the first quarter apart`);
const isFlat = hours < 8 || grewMb < 1;
if (!isFlat) console.log('it is not flat: at most 1 MB');
process.exitCode = isFlat && report.faults.length === 0 ? 0 : 1;
