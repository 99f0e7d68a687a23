// Nothing is cited that a reader of the repository cannot open: pages, headings, files. It reads the text and runs nothing.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|mts|cts|js|mjs|cjs|json|yml|html|css|md)$/.test(file) && existsSync(join(root, file)));

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The anchors of a page, as code hosts make them of its headings. */
function anchorsOf(file: string): ReadonlySet<string> {
  const anchors = new Map<string, number>();
  const fences = /^```[^]*?^```/gm;
  for (const [, heading = ''] of read(file)
    .replace(fences, '')
    .matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replace(/ /g, '-');
    const times = anchors.get(slug) ?? 0;
    anchors.set(slug, times + 1);
    if (times > 0) anchors.set(`${slug}-${times}`, 1);
  }
  return new Set(anchors.keys());
}

/** What is wrong with a place that a file names, if anything is. */
function problemsOf(file: string, target: string, anchor: string | undefined): readonly string[] {
  if (!existsSync(join(root, target))) return [`${file}: there is no ${target}`];
  if (anchor === undefined || !target.endsWith('.md') || anchorsOf(target).has(decodeURIComponent(anchor))) return [];
  return [`${file}: ${target} has no heading #${anchor}`];
}

/** Where a pattern stands, whatever kind of file it is in. */
const found = (pattern: RegExp): readonly string[] =>
  files
    .filter((file) => file !== 'tests/citations.test.ts')
    .flatMap((file) => [...read(file).matchAll(pattern)].map(([words]) => `${file}: ${words}`));

describe('what is cited can be opened', () => {
  it('in code', () => {
    const problems = files
      .filter((file) => !file.endsWith('.md') && file !== 'tests/citations.test.ts')
      .flatMap((file) =>
        [...read(file).matchAll(/\b((?:discoveries|decisions|guide)\/[\w.-]+?\.md)(?:#([\w-]+))?/g)].flatMap(
          ([, page = '', anchor]) => problemsOf(file, page, anchor),
        ),
      );
    expect(problems).toEqual([]);
  });

  it('in pages', () => {
    const problems = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => {
        const prose = read(file)
          .replace(/^```[^]*?^```/gm, '')
          .replace(/`[^`\n]*`/g, '');
        return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
          if (/^[a-z]+:/i.test(link)) return [];
          const [path = '', anchor] = link.split('#');
          const target = path === '' ? file : relative(root, join(root, dirname(file), decodeURIComponent(path)));
          return problemsOf(file, target, anchor);
        });
      });
    expect(problems).toEqual([]);
  });

  it('names no page that is not in the repository', () => {
    const elsewhere =
      /platform.facts|rules of record|(?<![-\w/])(?:aesthetics|capabilities|cases|cost|design|field|review|style|toolchain)\.md/gi;
    expect(found(elsewhere)).toEqual([]);
  });

  it('says whose paragraph it is', () => {
    expect(found(/(?<!\b(?:RFC \d+|ECMA-\d+),? )§+ ?\d[\d.]*/g)).toEqual([]);
  });
});
