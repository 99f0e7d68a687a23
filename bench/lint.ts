/**
 * The claim: `rx-miniprogram lint` reads a thousand source files in less than five seconds, also when each names a server,
 * and when each calls it through 25 wrappers.
 */
import { rmSync } from 'node:fs';
import { lintProject } from '../src/cli/lint/lint-project.js';
import { chainProject, plainProject, wrapperProject } from './lint-projects.js';
import { atMost, grouped, QUICK, report, sideBySide } from './measure.js';

const FILES = QUICK ? 100 : 1_000;
const LIMIT_S = (5 * FILES) / 1_000;

const folders = {
  'a tenth name a server': plainProject(FILES, 10),
  'all name a server': plainProject(FILES, 1),
  'all call 25 wrappers': wrapperProject(FILES),
  'all call a chain of 25 wrappers': chainProject(FILES),
};
try {
  const results = await sideBySide(
    Object.fromEntries(
      Object.entries(folders).map(([who, folder]) => [
        who,
        async () => (await lintProject({ folder, paths: [], configFile: undefined })).durationMs / 1_000,
      ]),
    ),
  );
  report(
    Object.entries(results).map(([who, value]) => ({
      at: `${grouped(FILES)} source files`,
      who,
      value,
      unit: 's',
      verdict: atMost(value, LIMIT_S, 's'),
    })),
  );
} finally {
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
}
