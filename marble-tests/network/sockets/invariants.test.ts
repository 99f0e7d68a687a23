import fc from 'fast-check';
import { asyncScheduler } from 'rxjs';
import { marbles } from '../../../src/testing/index.js';
import { liveHistory } from './live-history.js';
import { history, type History } from './socket-history.js';

/** How many lives of an app are looked at: `npm run test:sockets` looks at 5 000. */
const HISTORIES = Number(process.env['SOCKET_HISTORIES'] ?? 150);

describe('whatever happens to the sockets of an app', () => {
  it('[LIM-3][BG-2][K2.6][K2.7][K5.4][K9.1][K9.2][K9.4][K9.7][K9.9] never more than five, no place lost, nothing lost, doubled or out of order, every message accounted for, no status stuck', () => {
    fc.assert(
      fc.property(history, (what) => expect(faultsOf(what)).toEqual([])),
      { numRuns: HISTORIES },
    );
  }, 1_200_000);
});

function faultsOf(what: History): string[] {
  const faults = new Set<string>();
  marbles(({ flush }) => {
    liveHistory(what, (fault) => faults.add(`${fault} (${asyncScheduler.now()} ms)`.replace(/ \(.*/, '')));
    flush();
  })();
  return [...faults];
}
