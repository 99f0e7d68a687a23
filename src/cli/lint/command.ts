import type { CommandInput } from '../command-input.js';
import { findingLines, jsonReport, summaryLine } from './report.js';
import { fixProject } from './fix.js';
import { lintProject } from './lint-project.js';

/** `rx-miniprogram lint`. Resolves to the exit code: 1 where there is an error. */
export async function lintCommand({ values, positionals, language, paint, around }: CommandInput): Promise<number> {
  const { folder, print } = around;
  const request = { folder, paths: positionals, configFile: values.config };
  let report = await lintProject(request);

  if (values.fix === true || values['dry-run'] === true) {
    const changes = fixProject(report.project, report.findings, values['dry-run'] === true);
    // With --json the output is one object; the diff goes where it does no harm.
    for (const line of changes.lines(language, paint)) (values.json === true ? around.complain : print)(line);
    if (changes.write) {
      changes.write();
      report = await lintProject(request);
    }
  }

  if (values.json === true) print(jsonReport(report, language));
  else {
    for (const finding of report.findings) for (const line of findingLines(finding, language, paint)) print(line);
    print(summaryLine(report, language, paint));
  }
  return report.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}
