import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readJson } from '../config/read-json.js';
import { readProjectFiles } from '../config/project-files.js';
import { UsageError } from '../usage-error.js';

/** What to run. */
export interface AppFiles {
  /** Absolute, in the order in which they are run. */
  readonly scripts: readonly string[];
  /** Where the file of truth and the developer tools' files are looked for. */
  readonly folder: string;
}

/** A script; or of a folder its `app.js` or `game.js`, and the first page that `app.json` names. */
export function findApp(folder: string, given: string | undefined): AppFiles {
  if (given === undefined) {
    throw new UsageError({
      en: 'expected a script, or a folder with an app.js; got none',
      zh: '应给出一个脚本，或含有 app.js 的文件夹',
    });
  }
  const path = resolve(folder, given);
  if (!existsSync(path)) throw new UsageError({ en: `there is no ${given}`, zh: `不存在 ${given}` });
  const stats = statSync(path);
  if (!stats.isFile() && !stats.isDirectory())
    throw new UsageError({ en: `${given} is neither a script nor a folder`, zh: `${given} 既不是脚本也不是文件夹` });
  if (stats.isFile()) return { scripts: [path], folder: nearestProject(folder, dirname(path)) };

  const { miniprogramRoot } = readProjectFiles(path);
  const roots = [miniprogramRoot, '.', 'miniprogram', 'src', 'dist'].filter((root) => root !== undefined);
  for (const root of roots) {
    for (const name of ['app.js', 'game.js']) {
      const script = join(path, root, name);
      if (existsSync(script)) return { scripts: [script, ...firstPage(join(path, root))], folder: path };
    }
  }
  throw new UsageError({
    en: `${given} has no app.js; build it first, or name a script`,
    zh: `${given} 中没有 app.js；请先构建，或直接给出脚本`,
  });
}

function firstPage(root: string): string[] {
  const app = join(root, 'app.json');
  const read = existsSync(app) ? readJson(app, 'app.json') : undefined;
  const pages = read && 'located' in read ? (read.located.value as { readonly pages?: unknown } | null)?.pages : [];
  const [first] = Array.isArray(pages) ? (pages as unknown[]) : [];
  const script = typeof first === 'string' ? join(root, `${first}.js`) : '';
  return script !== '' && existsSync(script) ? [script] : [];
}

/** From the script upwards, the first folder that is a project's; else where the command runs. */
function nearestProject(folder: string, start: string): string {
  const marks = ['json', 'js', 'mjs', 'cjs', 'ts', 'mts'].map((ending) => `rx-miniprogram.config.${ending}`);
  for (let here = start; ; here = dirname(here)) {
    if ([...marks, 'project.config.json'].some((mark) => existsSync(join(here, mark)))) return here;
    if (dirname(here) === here) return folder;
  }
}
