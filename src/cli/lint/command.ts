import type { CommandInput } from '../command-input.js';
import { UsageError } from '../usage-error.js';
import { explanation } from './explain.js';
import { fixProject } from './fix.js';
import { githubLines } from './github-annotations.js';
import { lintProject } from './lint-project.js';
import { findingLines, jsonReport, summaryLine } from './report.js';
import { proposalLines, shownLines } from './report-lists.js';
import { sarifReport } from './sarif.js';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof FORMATS)[number];

/** `rx-miniprogram lint`. Resolves to the exit code: 1 where there is an error. */
export async function lintCommand({ values, positionals, language, paint, context }: CommandInput): Promise<number> {
  const { folder, print } = context;
  if (values.explain !== undefined) {
    for (const line of explanation(values.explain, language)) print(line);
    return 0;
  }
  const format = formatOf(values.format, values.json === true);
  const request = { folder, paths: positionals, configFile: values.config };
  let report = await lintProject(request);

  if (values.fix === true || values['dry-run'] === true) {
    const changes = fixProject(report.project, report.findings, report.proposed, values['dry-run'] === true);
    // What a machine reads stays whole; the diff goes where it does no harm.
    for (const line of changes.lines(language, paint)) (format === 'text' ? print : context.printError)(line);
    if (changes.write) {
      changes.write();
      report = await lintProject(request);
    }
  }

  if (format === 'json') print(jsonReport(report, language));
  else if (format === 'sarif') print(sarifReport(report, language));
  else if (format === 'github') for (const line of githubLines(report.findings, language)) print(line);
  else {
    const isNew = report.findings.some(({ rule, severity }) => rule === 'config' && severity === 'warning');
    if (isNew && report.project.truth === undefined) {
      for (const line of proposalLines(report.proposed, language, paint)) print(line);
    }
    for (const finding of report.findings) for (const line of findingLines(finding, language, paint)) print(line);
    for (const line of shownLines(report.shown, language, paint)) print(line);
    print(summaryLine(report, language, paint));
  }
  return report.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function formatOf(asked: string | undefined, json: boolean): Format {
  if (asked === undefined) return json ? 'json' : 'text';
  const format = FORMATS.find((known) => known === asked);
  if (format !== undefined) return format;
  throw new UsageError({
    en: `--format: expected ${FORMATS.join(', ')}; got '${asked}'`,
    zh: `--format：应为 ${FORMATS.join('、')}，实际是 '${asked}'`,
  });
}
