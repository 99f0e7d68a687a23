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

/** The clients; the reporter tells their tests apart, and each must keep what the simulator keeps in virtual time. */
const PHONES = ['android', 'ios', 'harmony', 'windows', 'mac', 'devtools'];

export const BEGIN = '<!-- conformance: written by `npm run conformance`, from the test run -->';
export const END = '<!-- /conformance -->';

/** Adds up what the reporter counted: `{ 'DOM-1': { library: 12, … } }`. */
export function cellsOf(countsByFile) {
  const cells = Object.fromEntries(CLAUSES.map(({ id }) => [id, {}]));
  const unknown = new Set();
  for (const [file, counts] of Object.entries(countsByFile)) {
    const [name, phone] = file.split('#');
    const { key } = COLUMNS.find(({ files }) => files.test(name));
    for (const [id, count] of Object.entries(counts)) {
      if (!cells[id]) unknown.add(`${id} in ${file}`);
      else for (const cell of phone ? [key, phone] : [key]) cells[id][cell] = (cells[id][cell] ?? 0) + count;
    }
  }
  return { cells, unknown: [...unknown] };
}

/** What is missing, a line each: clauses that nobody tests somewhere, and ids that are no clause. */
export function problemsOf({ cells, unknown }) {
  const empty = CLAUSES.flatMap(({ id, notApplicable = {} }) =>
    SHOWN.filter(({ key }) => !cells[id][key] && !notApplicable[key]).map(({ en }) => `${id}: no test of the ${en}`),
  );
  const emptyPhones = CLAUSES.filter(({ notApplicable }) => !notApplicable?.virtual).flatMap(({ id }) =>
    PHONES.filter((phone) => !cells[id][phone]).map((phone) => `${id}: no test on ${phone}`),
  );
  return [...empty, ...emptyPhones, ...unknown.map((where) => `${where}: there is no such clause`)];
}

/** Both tables in Markdown, by what runs the tests and by phone. */
export function tableOf(result, language) {
  return `${tableByWorld(result, language)}\n\n${tableByPhone(result, language)}`;
}

// The ids are code, so that the table of the rules stays the only one of its kind.
function tableByWorld({ cells }, language) {
  const head = [language === 'zh' ? '条款' : 'clause', ...SHOWN.map((column) => column[language])];
  const rows = CLAUSES.map(({ id, notApplicable = {} }) => [
    `\`${id}\``,
    ...SHOWN.map(({ key }) => {
      if (cells[id][key]) return String(cells[id][key]);
      return notApplicable[key] ? `n/a: ${notApplicable[key][language]}` : '–';
    }),
  ]);
  return inMarkdown(head, rows);
}

function tableByPhone({ cells }, language) {
  const head = [language === 'zh' ? '条款' : 'clause', ...PHONES.map((phone) => `\`${phone}\``)];
  const shown = CLAUSES.filter(({ notApplicable }) => !notApplicable?.virtual);
  const rows = shown.map(({ id }) => [`\`${id}\``, ...PHONES.map((phone) => String(cells[id][phone] ?? '–'))]);
  return inMarkdown(head, rows);
}

function inMarkdown(head, rows) {
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
