import type { Finding, Severity } from '../finding.js';
import type { Language } from '../language.js';

const COMMANDS: { readonly [S in Severity]: string } = { error: 'error', warning: 'warning', note: 'notice' };

/** Makes the workflow commands that GitHub shows beside the lines of a change. */
export function githubLines(findings: readonly Finding[], language: Language): string[] {
  return findings.map(({ severity, rule, place, what, fix }) => {
    const { file, line, column } = place;
    const properties = [
      `file=${property(file)}`,
      ...(line === undefined ? [] : [`line=${line}`]),
      ...(column === undefined ? [] : [`col=${column}`]),
      `title=${property(rule)}`,
    ];
    const todo = fix?.[language] ?? '';
    return `::${COMMANDS[severity]} ${properties.join(',')}::${message(todo === '' ? what[language] : `${what[language]}\n${todo}`)}`;
  });
}

function message(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return message(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
