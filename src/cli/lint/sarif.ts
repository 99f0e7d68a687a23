import { sep } from 'node:path';
import type { Finding, Place } from '../finding.js';
import type { Language } from '../language.js';
import { ownVersion } from '../../desk/own-version.js';
import { RULE_TEXTS } from './rule-texts.js';
import type { LintReport } from './report.js';

/** Makes a log in SARIF 2.1.0, which code hosts show beside the source. */
export function sarifReport({ findings }: Pick<LintReport, 'findings'>, language: Language): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'rx-miniprogram lint',
              version: ownVersion(),
              rules: ids.map((id) => {
                const text = RULE_TEXTS[id];
                return {
                  id,
                  ...(text && {
                    shortDescription: { text: text.rule[language] },
                    help: { text: text.remedy[language] },
                  }),
                };
              }),
            },
          },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: { ROOT: { description: { text: 'The folder in which the command ran.' } } },
          results: findings.map((finding) => resultOf(finding, ids, language)),
        },
      ],
    },
    null,
    2,
  );
}

function resultOf(
  { severity, rule, place, also = [], what, fix }: Finding,
  ids: readonly string[],
  language: Language,
) {
  const todo = fix?.[language] ?? '';
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: severity,
    message: { text: todo === '' ? what[language] : `${what[language]}\n${todo}` },
    locations: [locationOf(place)],
    ...(also.length > 0 && { relatedLocations: also.map(locationOf) }),
  };
}

function locationOf({ file, line, column }: Place) {
  const uri = file.split(sep).map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: 'ROOT' },
      ...(line !== undefined && { region: { startLine: line, ...(column !== undefined && { startColumn: column }) } }),
    },
  };
}
