import { runInVm } from './support/engines.js';
import { packedModules } from './support/packed.js';

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(180_000);

/** What the phone and the app were told, clause by clause: what was sent, and what came of it. */
const CLAUSES: readonly (readonly [rule: string, lines: readonly string[]])[] = [
  ['DOM-1', ['0 DOM-1 domain-not-allowed DOM-1']],
  ['DOM-2', ['0 DOM-2 domain-not-allowed DOM-2']],
  ['DOM-3', ['0 DOM-3 domain-not-allowed DOM-3']],
  ['DOM-4', ['0 DOM-4 domain-not-allowed DOM-4']],
  ['DOM-5', ['0 DOM-5 domain-not-allowed DOM-5']],
  ['DOM-7', ['0 DOM-7 domain-not-allowed DOM-7']],
  ['DOM-8', ['0 DOM-8 domain-not-allowed DOM-8']],
  ['LAN-1', ['0 LAN-1 domain-not-allowed LAN-1', '100 LAN-1 200 {}']],
  ['TCP-1', ['0 TCP-1 domain-not-allowed LAN-1', '0 TCP-1 connects 192.168.1.7', '3000 TCP-1 timeout undefined']],
  ['UDP-1', ['0 UDP-1 binds 5353']],
  ['LIM-3', Array.from({ length: 5 }, () => '500 LIM-3 connects')],
  ['LIM-1', ['100 LIM-1 200 {}']],
  ['CB-1', ['100 CB-1 404 {}']],
  ['ENC-1', ['100 ENC-1 decode ENC-1']],
  ['ENC-2', ['100 ENC-2 200 "\ufeff\\"你"']],
  ['TIME-1', ['62000 TIME-1 timeout TIME-1']],
  ['TIME-2', ['9000 TIME-2 timeout TIME-1']],
  ['LIM-2', [...Array.from({ length: 10 }, (_, index) => `101000 LIM-2 200 ${index}`), '102000 LIM-2 200 10']],
  ['BG-1', ['205000 BG-1 interrupted BG-1']],
  ['BG-2', ['201000 BG-2 background BG-2']],
];

describe('the mini program build, on a bare engine', () => {
  let trace: readonly string[];
  beforeAll(async () => {
    trace = await runInVm(packedModules(), false, 'clauses.js');
  });

  it.each(CLAUSES)('[%s] is kept', (rule, lines) => {
    expect(trace.filter((line) => line.split(' ')[1] === rule)).toEqual(lines);
  });

  it('[LIM-1][TIME-1] warns of what it changes', () => {
    expect(trace.filter((line) => /^\d+ warn/.test(line)).map((line) => /\[[A-Z]+-\d\]/.exec(line)?.[0])).toEqual([
      '[LIM-1]',
      '[TIME-1]',
    ]);
  });

  it('[LIM-2] never has more than ten at once', () => {
    expect(trace).not.toContain(expect.stringContaining('more than ten'));
  });
});
