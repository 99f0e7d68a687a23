import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { docMarbles, firstTestStrings } from '../../scripts/diagrams/doc-marbles.js';
import { swirlySpec } from '../../scripts/diagrams/swirly-spec.js';

const ROOT = join(__dirname, '..', '..');
const source = (name: string) => join(ROOT, 'src/operators', name);

const drawn = readdirSync(source('')).filter((name) => docMarbles(source(name)).length > 0);

describe('the diagram of each operator', () => {
  it('is there', () => {
    expect(drawn.length).toBeGreaterThan(10);
  });

  it.each(drawn)('is what its first marble test says: %s', (name) => {
    const test = join(ROOT, 'marble-tests/operators', `${basename(name, '.ts')}.test.ts`);
    expect(existsSync(test)).toBe(true);
    const strings = firstTestStrings(test);
    const elsewhere = docMarbles(source(name)).filter(({ marbles }) => !strings.includes(marbles));
    expect(elsewhere).toEqual([]);
  });
});

describe('swirlySpec', () => {
  it('puts what goes in above the operator, and what comes out below', () => {
    expect(
      swirlySpec('timeLimit', [
        { name: 'source', offset: 0, marbles: '--a--|', note: '' },
        { name: 'later', offset: 2, marbles: '-b|', note: 'a note' },
        { name: 'result', offset: 0, marbles: '--#', note: '{ attemptMs: 2 }' },
        { name: 'result', offset: 0, marbles: '--a#', note: '' },
      ]),
    ).toBe(
      [
        '--a--|\ntitle = source',
        '---b|\ntitle = later',
        '> timeLimit({ attemptMs: 2 })',
        '--#',
        '> timeLimit',
        '--a#',
      ].join('\n\n'),
    );
  });
});
