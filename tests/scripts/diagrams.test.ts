import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { docMarbles, firstTestStrings } from '../../scripts/diagrams/doc-marbles.js';
import { slimSvg } from '../../scripts/diagrams/slim-svg.js';
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

describe('diagrams/', () => {
  it('are what the doc blocks say now', () => {
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    const { status, stderr } = spawnSync(process.execPath, [tsx, 'scripts/diagrams/render.ts', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }, 60_000);

  it.each(['README.md', 'README.zh-CN.md'])('are all in %s, for dark pages and for light ones, with words', (name) => {
    const readme = readFileSync(join(ROOT, name), 'utf8');
    const pictures = [
      ...readme.matchAll(
        /<picture><source media="\(prefers-color-scheme: dark\)" srcset="diagrams\/(.+?)"><img alt="(.+?)" src="diagrams\/(.+?)"><\/picture>/g,
      ),
    ];

    expect(pictures.flatMap(([, darkFile, , lightFile]) => [darkFile, lightFile]).sort()).toEqual(
      readdirSync(join(ROOT, 'diagrams')).sort(),
    );
    const words = pictures.map(([, , alt = '']) => /\p{Script=Han}/u.test(alt));
    expect(words).toEqual(pictures.map(() => name.includes('zh-CN')));
  });
});

describe('slimSvg', () => {
  it('takes out what says nothing, and names the font once', () => {
    const text =
      '<text x="0" y="9.123456" fill="black" font-family="Arial" font-size="18px" font-weight="normal" dominant-baseline="middle"';
    expect(slimSvg(`<svg width="9"><ellipse cx="14" cy="17" rx="13" ry="13"/>${text}>a</text>${text}/></svg>`)).toBe(
      '<svg font-family="Arial" fill="black" width="9"><circle cx="14" cy="17" r="13"/>' +
        '<text y="9.1" font-size="18" dy=".35em">a</text></svg>',
    );
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
        '  -b|\ntitle = later',
        '> timeLimit({ attemptMs: 2 })',
        '--#',
        '> timeLimit',
        '--a#',
      ].join('\n\n'),
    );
  });

  it('names the state of the app, where an operator takes it', () => {
    const app = { name: 'app$', offset: 0, marbles: '--h', note: '' };
    const result = { name: 'result', offset: 0, marbles: '-a-#', note: 'graceMs: 7' };
    expect(swirlySpec('cut', [app, result])).toContain('> cut(app$, { graceMs: 7 })');
    expect(swirlySpec('cut', [app, { ...result, note: '' }])).toContain('> cut(app$)');
  });
});
