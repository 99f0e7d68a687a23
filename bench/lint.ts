/** The claim: `rx-miniprogram lint` reads a thousand source files in less than five seconds, also when each names a server. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintProject } from '../src/cli/lint/lint-project.js';
import { atMost, grouped, QUICK, report, sideBySide } from './measure.js';

const FILES = QUICK ? 100 : 1_000;
const LIMIT_S = (5 * FILES) / 1_000;

/** A page of some 230 lines, 8 kB, as they are written. */
function page(index: number, callsEverywhere: boolean): string {
  const method = (n: number) => `
  async load${n}({ page = 1, size = 20 }: { page?: number; size?: number } = {}): Promise<void> {
    const { keyword, items } = this.data;
    const found = items.filter((item) => item.title.includes(keyword)).map((item) => ({ ...item, seen: true }));
    for (const [position, item] of found.entries()) {
      if (position > size) break;
      this.setData({ [\`items[\${position}].label\`]: item.title ?? \`\${page}-\${position}\` });
    }
  },`;
  const call =
    callsEverywhere || index % 10 === 0 ? `wx.request({ url: 'https://api${index % 7}.example.com/items' });` : '';
  return `import { format } from '../format';\nPage({\n  data: { keyword: '', items: [] },${Array.from({ length: 22 }, (_, n) => method(n)).join('\n')}\n  onLoad() { ${call} format(this) },\n});\n`;
}

function projectOf(callsEverywhere: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-bench-lint-'));
  const domains = { request: ['https://api1.example.com'] };
  writeFileSync(join(folder, 'rx-miniprogram.config.json'), JSON.stringify({ domains }));
  for (let index = 0; index < FILES; index++) {
    const pages = join(folder, 'pages', String(index % 50));
    mkdirSync(pages, { recursive: true });
    writeFileSync(join(pages, `page-${index}.ts`), page(index, callsEverywhere));
  }
  return folder;
}

const folders = { 'a tenth name a server': projectOf(false), 'all name a server': projectOf(true) };
try {
  const results = await sideBySide(
    Object.fromEntries(
      Object.entries(folders).map(([who, folder]) => [
        who,
        async () => (await lintProject({ folder, paths: [], configFile: undefined })).durationMs / 1_000,
      ]),
    ),
  );
  report(
    Object.entries(results).map(([who, value]) => ({
      at: `${grouped(FILES)} source files`,
      who,
      value,
      unit: 's',
      verdict: atMost(value, LIMIT_S, 's'),
    })),
  );
} finally {
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
}
