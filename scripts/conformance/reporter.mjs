import { writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

/**
 * A jest reporter that writes how many tests of each clause passed, file by file, to the file that CONFORMANCE_FILE
 * names, and is silent otherwise: `{ "tests/platform/url-scan.test.ts": { "DOM-5": 3 } }`. A test is one of each clause
 * that stands in brackets in its title or in that of a `describe` around it.
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
      const name = relative(this.rootDir, testFilePath).split(sep).join('/');
      for (const { fullName, status } of tests) {
        if (status !== 'passed') continue;
        for (const id of clausesOf(fullName)) {
          counts[name] ??= {};
          counts[name][id] = (counts[name][id] ?? 0) + 1;
        }
      }
    }
    writeFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}

function clausesOf(title) {
  return new Set([...title.matchAll(/\[([A-Z]+-\d+)\]/g)].map(([, id]) => id));
}
