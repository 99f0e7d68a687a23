import type { Finding, Severity } from '../finding.js';
import type { Language } from '../language.js';
import type { Look, Paint } from '../terminal/paint.js';
import { visible } from '../terminal/visible.js';

/** What a lint found, and how much it read. */
export interface LintReport {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly durationMs: number;
}

const LOOKS: { readonly [S in Severity]: Look } = { error: 'bad', warning: 'notice', note: 'faint' };
const NAMES: { readonly [S in Severity]: { readonly en: string; readonly zh: string } } = {
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  note: { en: 'note', zh: '提示' },
};

/** A finding in a line, and what to do in another. The place comes first, so that an editor can jump there. */
export function findingLines(
  { severity, rule, place, what, fix }: Finding,
  language: Language,
  paint: Paint,
): string[] {
  const { file, line, column } = place;
  // One line, whatever a file is called.
  const name = visible(file).replace(/\n/g, '\\n');
  const at = [name, line, column].filter((part) => part !== undefined).join(':');
  const lines = [
    `${at}  ${paint(LOOKS[severity], NAMES[severity][language])}  ${paint('strong', rule)}  ${visible(what[language])}`,
  ];
  const todo = fix?.[language] ?? '';
  if (todo !== '') lines.push(`    ${paint('busy', '→')} ${visible(todo)}`);
  return lines;
}

/** The last line. */
export function summaryLine({ findings, files, durationMs }: LintReport, language: Language, paint: Paint): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('note')];
  const seconds = (durationMs / 1000).toFixed(1);
  const text =
    language === 'zh'
      ? `${errors} 个错误，${warnings} 个警告，${notes} 个提示；检查了 ${files} 个源文件，用时 ${seconds} 秒`
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(notes, 'note')}; ${counted(files, 'source file')} in ${seconds} s`;
  return paint(errors > 0 ? 'bad' : warnings > 0 ? 'notice' : 'good', text);
}

/** For scripts: one object. */
export function jsonReport({ findings, files, durationMs }: LintReport, language: Language): string {
  return JSON.stringify(
    {
      files,
      durationMs: Math.round(durationMs),
      errors: findings.filter(({ severity }) => severity === 'error').length,
      findings: findings.map(({ severity, rule, place, what, fix, add }) => ({
        severity,
        rule,
        ...place,
        message: what[language],
        fix: fix?.[language] || undefined,
        add,
      })),
    },
    null,
    2,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
