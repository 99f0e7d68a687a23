import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const BEGIN = '<!-- conformance: written by `npm run conformance`, from the test run -->';
const END = '<!-- /conformance -->';

interface Clause {
  readonly id: string;
  readonly notApplicable?: Readonly<Record<string, object>>;
}
const CLAUSES = JSON.parse(readFileSync(join(ROOT, 'scripts/conformance/clauses.json'), 'utf8')) as Clause[];

/** A file of each column. */
const FILES = [
  ['virtual', 'marble-tests/simulator/a.test.ts'],
  ['sockets', 'tests/simulator/a.test.ts'],
  ['package', 'tests/package/a.test.ts'],
  ['library', 'marble-tests/operators/a.test.ts'],
  // A test that says on which phone it ran is one of its column as well.
  ...(['android', 'ios', 'harmony', 'windows', 'mac', 'devtools'] as const).map(
    (phone) => ['virtual', `marble-tests/simulator/a.test.ts#${phone}`] as const,
  ),
] as const;

/** A run in which each cell that must have a test has one. */
const complete = () =>
  Object.fromEntries(
    FILES.map(([column, file]) => [
      file,
      Object.fromEntries(CLAUSES.filter(({ notApplicable }) => !notApplicable?.[column]).map(({ id }) => [id, 1])),
    ]),
  );

describe('npm run conformance', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    mkdirSync(join(folder, 'guide'));
    for (const name of ['guide/rules.md', 'guide/rules.zh-CN.md']) {
      writeFileSync(join(folder, name), `# before\n\n${BEGIN}\nold\n${END}\n\nafter\n`);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (counts: object, ...args: string[]) => {
    const from = join(folder, 'counts.json');
    writeFileSync(from, JSON.stringify(counts));
    const script = join(ROOT, 'scripts/conformance/run.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--root', folder, '--from', from, ...args], {
      encoding: 'utf8',
    });
    return { status, stderr };
  };
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('writes the tables between their markers, and finds them fresh afterwards', () => {
    const counts = { ...complete(), 'tests/platform/a.test.ts': { 'DOM-1': 11 } };
    expect(run(counts)).toEqual({ status: 0, stderr: '' });

    const english = read('guide/rules.md');
    expect(english).toMatch(/^# before\n\n<!--[^\n]*-->\n\n\| clause \| library \| simulator, virtual time \|/);
    expect(english).toContain('\n| `DOM-1` | 12 | 7 | 1 | 1 |\n');
    expect(english).toContain(
      '\n| `DOM-6` | 1 | n/a: not modelled | n/a: not modelled | n/a: cannot be known from code |\n',
    );
    expect(english).toContain('\n\n| clause | `android` | `ios` | `harmony` | `windows` | `mac` | `devtools` |\n');
    expect(english).toContain('\n| `DOM-1` | 1 | 1 | 1 | 1 | 1 | 1 |\n');
    expect(english).toMatch(/\|\n\n<!-- \/conformance -->\n\nafter\n$/);
    expect(read('guide/rules.zh-CN.md')).toContain('\n| `DOM-6` | 1 | n/a: 不模拟 |');

    expect(run(counts, '--check')).toEqual({ status: 0, stderr: '' });
    expect(run(counts)).toEqual({ status: 0, stderr: '' });
    expect(read('guide/rules.md')).toBe(english);
  });

  it('fails for a stale table, and writes nothing when it only checks', () => {
    const { status, stderr } = run(complete(), '--check');
    expect(status).toBe(1);
    expect(stderr).toContain('guide/rules.md: its table is stale; npm run conformance writes it anew');
    expect(stderr).toContain('guide/rules.zh-CN.md: its table is stale');
    expect(read('guide/rules.md')).toContain('\nold\n');
  });

  it('fails for an empty cell, and for an id that is no clause', () => {
    const counts = complete();
    delete counts['tests/simulator/a.test.ts']!['BG-1'];
    delete counts['marble-tests/simulator/a.test.ts#mac']!['ENC-2'];
    const { status, stderr } = run({ ...counts, 'tests/b.test.ts': { 'DOM-9': 1 } });

    expect(status).toBe(1);
    expect(stderr.split('\n').slice(1, -1)).toEqual([
      '  BG-1: no test of the simulator, real sockets',
      '  ENC-2: no test on mac',
      '  DOM-9 in tests/b.test.ts: there is no such clause',
    ]);
    expect(read('guide/rules.md')).toContain('| `BG-1` | 1 | 7 | – | 1 |');
  });

  it('asks for the markers where there are none', () => {
    writeFileSync(join(folder, 'guide/rules.md'), 'no place');
    expect(run(complete()).stderr).toContain(`guide/rules.md: put the table's place into it:\n${BEGIN}\n${END}`);
  });
});

describe('the clauses', () => {
  it('are those of the guide', () => {
    const page = readFileSync(join(ROOT, 'guide/rules.md'), 'utf8');
    const inPage = [...page.matchAll(/^\| ([A-Z]+-\d+) +\|/gm)].map(([, id]) => id);
    expect(CLAUSES.map(({ id }) => id).sort()).toEqual(inPage.sort());
  });
});
