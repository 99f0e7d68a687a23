import { readFileSync } from 'node:fs';

/** The clauses of discoveries/rules.md, in their order; a column that the rules exempt has its reason. */
export const CLAUSES = JSON.parse(readFileSync(new URL('clauses.json', import.meta.url), 'utf8'));

/** Who must keep each clause, and whose tests show it: the first pattern that fits a file takes it. */
const COLUMNS = [
  {
    key: 'package',
    files: /^tests\/package\//,
    en: 'mini program build, bare engine',
    zh: '小程序构建，裸引擎',
  },
  {
    key: 'virtual',
    files: /^(marble-tests\/(simulator|testing)|tests\/testing)\//,
    en: 'simulator, virtual time',
    zh: '模拟器，虚拟时间',
  },
  {
    key: 'sockets',
    files: /^tests\/simulator\//,
    en: 'simulator, real sockets',
    zh: '模拟器，真实套接字',
  },
  { key: 'library', files: /./, en: 'library', zh: '库' },
];
const SHOWN = ['library', 'virtual', 'sockets', 'package'].map((key) => COLUMNS.find((column) => column.key === key));

export const BEGIN = '<!-- conformance: written by `npm run conformance`, from the test run -->';
export const END = '<!-- /conformance -->';

/** Adds up what the reporter counted: `{ 'DOM-1': { library: 12, … } }`. */
export function cellsOf(countsByFile) {
  const cells = Object.fromEntries(CLAUSES.map(({ id }) => [id, {}]));
  const unknown = new Set();
  for (const [file, counts] of Object.entries(countsByFile)) {
    const { key } = COLUMNS.find(({ files }) => files.test(file));
    for (const [id, count] of Object.entries(counts)) {
      if (!cells[id]) unknown.add(`${id} in ${file}`);
      else cells[id][key] = (cells[id][key] ?? 0) + count;
    }
  }
  return { cells, unknown: [...unknown] };
}

/** What is missing, a line each: clauses that nobody tests somewhere, and ids that are no clause. */
export function problemsOf({ cells, unknown }) {
  const empty = CLAUSES.flatMap(({ id, notApplicable = {} }) =>
    SHOWN.filter(({ key }) => !cells[id][key] && !notApplicable[key]).map(({ en }) => `${id}: no test of the ${en}`),
  );
  return [...empty, ...unknown.map((where) => `${where}: there is no such clause`)];
}

/** The table in Markdown; the ids are code, so that the table of the rules stays the only one of its kind. */
export function tableOf({ cells }, language) {
  const head = [language === 'zh' ? '条款' : 'clause', ...SHOWN.map((column) => column[language])];
  const rows = CLAUSES.map(({ id, notApplicable = {} }) => [
    `\`${id}\``,
    ...SHOWN.map(({ key }) => {
      if (cells[id][key]) return String(cells[id][key]);
      return notApplicable[key] ? `n/a: ${notApplicable[key][language]}` : '–';
    }),
  ]);
  const line = (row) => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** A text with the table between its markers. */
export function withTable(text, table, name) {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error(`${name}: put the table's place into it:\n${BEGIN}\n${END}`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
}
