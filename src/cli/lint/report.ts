import type { Finding, Place, Severity } from '../finding.js';
import type { Language } from '../language.js';
import type { Look, Paint } from '../terminal/paint.js';
import { visible } from '../terminal/visible.js';
import type { ProposedEntry } from './proposal.js';
import type { ShownHost } from './shown-addresses.js';

/** What a lint found, and how much it read. */
export interface LintReport {
  readonly findings: readonly Finding[];
  /** The entries that the source implies, where there are no lists yet. */
  readonly proposed: readonly ProposedEntry[];
  /** What is named and not called. */
  readonly shown: readonly ShownHost[];
  readonly files: number;
  readonly durationMs: number;
}

const LOOKS: { readonly [S in Severity]: Look } = { error: 'bad', warning: 'notice', note: 'faint' };
const NAMES: { readonly [S in Severity]: { readonly en: string; readonly zh: string } } = {
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  note: { en: 'note', zh: '提示' },
};
/** More places are counted. */
const MAX_PLACES = 3;

/** A finding in a line, and what to do in another. The place comes first, so that an editor can jump there. */
export function findingLines(
  { severity, rule, place, also = [], what, fix }: Finding,
  language: Language,
  paint: Paint,
): string[] {
  const lines = [
    `${shownPlace(place)}  ${paint(LOOKS[severity], NAMES[severity][language])}  ${paint('strong', rule)}  ${visible(what[language])}`,
  ];
  const todo = fix?.[language] ?? '';
  if (todo !== '') lines.push(`    ${paint('busy', '→')} ${visible(todo)}`);
  if (also.length > 0) {
    const more = also.length - MAX_PLACES;
    const places = also.slice(0, MAX_PLACES).map(shownPlace).join(', ');
    const rest = more <= 0 ? '' : language === 'zh' ? ` 等 ${also.length} 处` : `, and ${more} more`;
    lines.push(paint('faint', `    ${language === 'zh' ? '还有' : 'also'} ${places}${rest}`));
  }
  return lines;
}

function shownPlace({ file, line, column }: Place): string {
  // One line, whatever a file is called.
  const name = visible(file).replace(/\n/g, '\\n');
  return [name, line, column].filter((part) => part !== undefined).join(':');
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

/** For scripts: one object, of version 2 of its shape (guide/lint.md). */
export function jsonReport({ findings, proposed, shown, files, durationMs }: LintReport, language: Language): string {
  return JSON.stringify(
    {
      version: 2,
      files,
      durationMs: Math.round(durationMs),
      errors: findings.filter(({ severity }) => severity === 'error').length,
      findings: findings.map(({ severity, rule, place, also, what, fix, add }) => ({
        severity,
        rule,
        ...place,
        also,
        message: what[language],
        fix: fix?.[language] || undefined,
        add,
      })),
      proposed,
      shown,
    },
    null,
    2,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
