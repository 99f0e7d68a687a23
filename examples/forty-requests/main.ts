/**
 * `npm start`: forty requests queue, run ten at a time, get cut in the background, come back, and arrive decoded; over
 * real TLS sockets, against a server on this machine. `--json` prints the figures as one object, on the last line.
 */
import { parseArgs } from 'node:util';
import { runScenario, type Lane, type Step, type Summary } from './scenario.js';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const LANES: { readonly [L in Lane]: string } = { front: '│      ', hidden: '┊ hidden', asleep: '  asleep' };

function lineOf({ at, lane, number, what }: Step): string {
  const time = (at / 1_000).toFixed(2).padStart(6);
  const call = number === undefined ? '───' : `#${String(number).padStart(2, '0')}`;
  return `${time} s  ${LANES[lane].padEnd(8)} ${call}  ${what}`;
}

function textOf(summary: Summary): string {
  const {
    requests,
    maxInFlight,
    queued,
    interrupted,
    held,
    replayed,
    refused,
    decoded,
    statuses,
    errors,
    reachedWhileSuspended,
    seconds,
  } = summary;
  const list = (counts: { readonly [key: string]: number }) =>
    Object.entries(counts)
      .map(([key, count]) => `${key} × ${count}`)
      .join(', ');
  return [
    '',
    `${requests} requests in ${seconds} s`,
    `  at the server   at most ${maxInFlight} at once; ${reachedWhileSuspended} while the app was suspended`,
    `  waited          ${queued}, of which ${held} while the app was away`,
    `  interrupted     ${interrupted}, of which ${replayed} were sent again`,
    `  refused         ${list(refused)}`,
    `  answered        ${list(statuses)}; ${decoded} decoded`,
    `  errors          ${list(errors)}`,
  ].join('\n');
}

console.log('time       app      call  what happened');
const summary = await runScenario((step) => console.log(lineOf(step)));
console.log(textOf(summary));
if (values.json) console.log(JSON.stringify(summary));
