// A regular expression of src reads any text in a time that grows with its length, and not with the square of it: what it
// reads comes from servers, from users and from other people's source.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { RegExpParser } from '@eslint-community/regexpp';
import { analyse } from 'scslre';
import { pumpedInputs } from './support/pumped-inputs.js';
import { regExpsOf, type RegExpInSource } from './support/regexp-literals.js';

const root = join(__dirname, '..');
const LENGTH = 20_000;
/** Ten times what the slowest linear one takes here, a tenth of what a quadratic one does. */
const SLOW_MS = 10;

/** Not linear, and what they read is short. A new line says what keeps it short. */
const READS_LITTLE = new Map([
  [String.raw`[*+}].*[*+{]`, 'expressions in the source of an app, of at most 40 letters'],
  [String.raw`(?:[.-]min\.[cm]?js|(?:^|[-_.])(?:js)?sdk(?:[-_.][\w.-]*)?\.[cm]?js)$`, 'the name of a file'],
  [String.raw`<meta[\s/]((?:"[^"]*"|'[^']*'|[^"'>])*)>`, 'the first 1,024 bytes of a page'],
  [String.raw`charset\s*=\s*["']?\s*([^\s"';]+)`, 'an attribute in these bytes'],
]);

/** They look as if they were not linear; what follows the parts in question always fits. They are tried all the same. */
const ALWAYS_FITS = new Set([String.raw`^[ \t]*([^]*[^ \t])?[ \t]*$`]);

/** What can be found without running it: parts that can share a text out between them in many ways. */
function foundByReading({ source, flags }: RegExpInSource): readonly string[] {
  return analyse({ source, flags }).reports.map(({ type }) => `${type}: ${source}`);
}

/** What is slow when it is tried. */
function foundByTrying({ source, flags }: RegExpInSource): readonly string[] {
  const unicode = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, unicode);
  const expression = new RegExp(source, /[gy]/.test(flags) ? flags : `${flags}g`);
  const slow = pumpedInputs(pattern, flags, LENGTH).find(
    (text) => leastMs(() => text.replace(expression, '')) > SLOW_MS,
  );
  return slow === undefined ? [] : [`slow on ${JSON.stringify(slow.slice(0, 20))}…: ${source}`];
}

/** The least of five, and no more of them than are needed: other work on the machine makes no expression guilty. */
function leastMs(run: () => void): number {
  let least = Infinity;
  for (let turn = 0; turn < 5 && least > SLOW_MS; turn += 1) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function problemsOf(expression: RegExpInSource): readonly string[] {
  const read = ALWAYS_FITS.has(expression.source) ? [] : foundByReading(expression);
  // What is exponential would not come back from a trial.
  return read.length > 0 ? read : foundByTrying(expression);
}

describe('[K7] each regular expression is linear', () => {
  const expressions = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => regExpsOf(join(root, file)));
  const sources = new Set(expressions.map(({ source }) => source));

  it('in src', () => {
    expect(expressions.filter(({ source }) => !READS_LITTLE.has(source)).flatMap(problemsOf)).toEqual([]);
  });

  it('and no exception outlives its expression', () => {
    expect([...READS_LITTLE.keys(), ...ALWAYS_FITS].filter((source) => !sources.has(source))).toEqual([]);
  });

  it.each([
    ['a repetition within a repetition', String.raw`^(?:\w+\s?)+$`, /Self/],
    ['two that share a text out between them', String.raw`^\s*=?\s*;`, /Trade/],
    ['a row that is begun anew at each of its letters', String.raw`\s+;`, /Move/],
    ['a beginning without an end, again and again', '<!--[^]*?-->', /slow on "<!--/],
  ])('finds %s', (_what, source, found) => {
    expect(problemsOf({ place: 'here', source, flags: '' })[0]).toMatch(found);
  });
});
