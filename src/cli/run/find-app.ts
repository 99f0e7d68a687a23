import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIG_FILES } from '../config/load-project.js';
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

/**
 * The file of truth of an app: beside its `project.config.json`, or above it. What a bundler builds has a
 * `project.config.json` of its own, and the lists stand beside the source.
 */
export function nearestTruth(folder: string): string | undefined {
  const found = upwards(folder, CONFIG_FILES);
  if (found === undefined) return undefined;
  const file = CONFIG_FILES.find((name) => existsSync(join(found, name)));
  // Where it is expected it is read with what else is to be said of it, such as that there are two.
  return found === folder || file === undefined ? undefined : join(found, file);
}

/** From the start upwards, the first folder that is a project's; else the other. */
function nearestProject(otherwise: string, start: string): string {
  return upwards(start, [...CONFIG_FILES, 'project.config.json']) ?? otherwise;
}

/** The first folder that has one of some files. */
function upwards(start: string, names: readonly string[]): string | undefined {
  for (let here = start; ; here = dirname(here)) {
    if (names.some((name) => existsSync(join(here, name)))) return here;
    if (dirname(here) === here) return undefined;
  }
}
