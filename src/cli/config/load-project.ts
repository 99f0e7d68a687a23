import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import type { Finding } from '../finding.js';
import { isPlatformAnswer, listsOf, type WrittenLists } from './domain-shapes.js';
import type { Located } from './located.js';
import { readJson } from './read-json.js';
import { readModule } from './read-module.js';
import { readProjectFiles, type ProjectFiles } from './project-files.js';
import { parsedObject } from './schema-issues.js';

/** Where the truth stands, in the order in which it is looked for. */
export const CONFIG_FILES = ['json', 'js', 'mjs', 'cjs', 'ts', 'mts'].map(
  (ending) => `rx-miniprogram.config.${ending}`,
);

const KEYS = ['domains', 'ignore', 'source'] as const;
const config = v.strictObject({
  $schema: v.optional(v.string()),
  // Has shapes of its own: domain-shapes.ts.
  domains: v.optional(v.unknown()),
  ignore: v.optional(v.array(v.string())),
  source: v.optional(v.string()),
});

/** A mini program, as far as its network is concerned. */
export interface Project extends Omit<ProjectFiles, 'findings'> {
  /** Absolute. */
  readonly folder: string;
  /** The file of truth; without one there is none. */
  readonly truth: Located | undefined;
  /** Its name, the one to write if there is none. */
  readonly truthFile: string;
  readonly lists: WrittenLists;
  /** What the source names and nobody calls: beginnings of URLs. */
  readonly ignore: readonly string[];
  /** The folder of the source, where the file of truth says it. */
  readonly source: string | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Reads the file of truth and the developer tools' files. Never throws over their content: what is wrong is a finding,
 * and the rest is read without it.
 *
 * @param asked - Another file of truth, by `--config`.
 */
export async function loadProject(folder: string, asked?: string): Promise<Project> {
  const { findings: found, ...files } = readProjectFiles(folder);
  const findings = [...found];
  const present = asked === undefined ? CONFIG_FILES.filter((name) => existsSync(join(folder, name))) : [asked];
  const truthFile = present[0] ?? 'rx-miniprogram.config.json';
  const without = { ...files, folder: resolve(folder), truth: undefined, truthFile, lists: {}, ignore: [] };

  if (present.length === 0) return { ...without, source: undefined, findings: [...findings, missing(truthFile)] };
  if (present.length > 1) findings.push(several(present));

  const path = resolve(folder, truthFile);
  const read = /\.json[c5]?$/.test(truthFile) ? readJson(path, truthFile) : await readModule(path, truthFile);
  if ('finding' in read) return { ...without, source: undefined, findings: [...findings, read.finding] };

  const truth = read.located;
  // A saved answer of the platform may be the whole file.
  const value = isPlatformAnswer(truth.value) ? { domains: truth.value } : truth.value;
  const base = value === truth.value ? ['domains'] : [];
  const { output, findings: misread } = parsedObject(config, value, truth, { keys: KEYS });
  findings.push(...misread);
  // A key that is misspelt is no reason to forget the domains.
  const { ignore = [], source } = output ?? {};
  const domains = (value as { readonly domains?: unknown } | null)?.domains;
  const { lists, findings: wrong } = listsOf(domains, truth, base);
  return { ...without, truth, lists, ignore, source, findings: [...findings, ...wrong] };
}

function missing(file: string): Finding {
  return {
    severity: 'warning',
    rule: 'config',
    place: { file },
    what: {
      en: 'there is no such file yet, so no domain is compared; below is what the source implies',
      zh: '还没有这个文件，因此没有比较域名；下面是按源码推断的列表',
    },
    fix: {
      en: `write { "domains": { "request": ["https://api.example.com"] } }, or let 'rx-miniprogram lint --fix' write it from the source`,
      zh: `写入 { "domains": { "request": ["https://api.example.com"] } }，或用 'rx-miniprogram lint --fix' 按源码生成`,
    },
  };
}

function several(files: readonly string[]): Finding {
  const [used = '', ...others] = files;
  return {
    severity: 'warning',
    rule: 'config',
    place: { file: used },
    what: { en: `${used} is used, ${others.join(', ')} is not`, zh: `使用 ${used}，未使用 ${others.join('、')}` },
    fix: { en: 'keep one', zh: '只保留一个' },
  };
}
