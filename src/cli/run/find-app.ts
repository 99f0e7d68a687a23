import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.js';

/** What to run: a whole mini program, or a script of Node.js. */
export interface WhatToRun {
  readonly type: 'app' | 'script';
  /** Absolute. */
  readonly path: string;
  /** Where the file of truth and the developer tools' files are looked for. */
  readonly folder: string;
}

/** A folder is a mini program, a file is a script. */
export function findApp(folder: string, given: string | undefined): WhatToRun {
  if (given === undefined) {
    throw new UsageError({
      en: 'expected a script, or a folder with an app.js; got none',
      zh: '应给出一个脚本，或含有 app.js 的文件夹',
    });
  }
  const path = resolve(folder, given);
  if (!existsSync(path)) throw new UsageError({ en: `there is no ${given}`, zh: `不存在 ${given}` });
  const stats = statSync(path);
  if (stats.isDirectory()) return { type: 'app', path, folder: nearestProject(path, path) };
  if (stats.isFile() && !/\.[cm]?[jt]s$/.test(path)) {
    throw new UsageError({
      en: `expected a script (.js, .mjs, .cjs), or the folder of app.json; got ${given}`,
      zh: `应给出脚本（.js、.mjs、.cjs）或 app.json 所在的文件夹，实际是 ${given}`,
    });
  }
  if (stats.isFile()) return { type: 'script', path, folder: nearestProject(folder, dirname(path)) };
  throw new UsageError({ en: `${given} is neither a script nor a folder`, zh: `${given} 既不是脚本也不是文件夹` });
}

/** From the start upwards, the first folder that is a project's; else the other. */
function nearestProject(otherwise: string, start: string): string {
  const marks = ['json', 'js', 'mjs', 'cjs', 'ts', 'mts'].map((ending) => `rx-miniprogram.config.${ending}`);
  for (let here = start; ; here = dirname(here)) {
    if ([...marks, 'project.config.json'].some((mark) => existsSync(join(here, mark)))) return here;
    if (dirname(here) === here) return otherwise;
  }
}
