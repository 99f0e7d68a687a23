import { writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

/**
 * A jest reporter that writes how many tests of each clause passed, file by file, to the file that CONFORMANCE_FILE
 * names, and is silent otherwise: `{ "tests/platform/url-scan.test.ts": { "DOM-5": 3 } }`. A test is one of each clause
 * that stands in brackets in its title or in that of a `describe` around it. Those of a file whose titles end in the
 * name of a phone are counted apart: `{ "a.test.ts#android": { "DOM-5": 1 } }`.
 */
export default class ConformanceReporter {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const file = process.env.CONFORMANCE_FILE;
    if (!file) return;
    const counts = {};
    for (const { testFilePath, testResults: tests } of testResults) {
      const file = relative(this.rootDir, testFilePath).split(sep).join('/');
      for (const { fullName, status } of tests) {
        if (status !== 'passed') continue;
        const [, phone] = ON_PHONE.exec(fullName) ?? [];
        const name = phone ? `${file}#${phone}` : file;
        for (const id of clausesOf(fullName)) {
          counts[name] ??= {};
          counts[name][id] = (counts[name][id] ?? 0) + 1;
        }
      }
    }
    writeFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}

const ON_PHONE = / on (android|ios|harmony|windows|mac|devtools)$/;

function clausesOf(title) {
  return new Set([...title.matchAll(/\[([A-Z]+-\d+)\]/g)].map(([, id]) => id));
}
