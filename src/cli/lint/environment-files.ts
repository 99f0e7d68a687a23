import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readText } from '../config/read-text.js';
import { isDevelopmentName } from './follow/development.js';
import { emptyFacts, type Spot } from './follow/module-facts.js';
import { textValue, type Values } from './follow/values.js';

/** What bundlers read before the source: `.env`, `.env.production`, `.env.development.local` … */
export interface EnvironmentFiles {
  readonly valuesOf: (name: string) => Values;
}

const LINE = /^[ \t]*(?:export[ \t]+)?([\w.]+)[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n#]*))/gm;

/**
 * Reads the environment files of some folders.
 *
 * @param folder - The one that names are shown relative to.
 */
export function environmentFiles(folders: readonly string[], folder: string): EnvironmentFiles {
  const values = new Map<string, Values>();
  for (const where of new Set(folders)) {
    if (!existsSync(where) || !statSync(where).isDirectory()) continue;
    for (const name of readdirSync(where).sort()) {
      if (!/^\.env(?:\.[\w-]+)*$/.test(name)) continue;
      const read = readText(join(where, name));
      if (!('text' in read)) continue;
      const mode = name.slice('.env'.length).replace(/^\.|\.local$/g, '');
      const development = isDevelopmentName(mode);
      const path = join(where, name);
      const source = { path, file: relative(folder, path), script: read.text, thirdParty: false };
      const { scope } = emptyFacts(source, { type: 'EmptyStatement' });
      for (const match of read.text.matchAll(LINE)) {
        const [whole, key = '', double, single, plain = ''] = match;
        const text = double ?? single ?? plain.trim();
        const start = match.index + whole.length - 1 - text.length;
        const origin: Spot = {
          node: { type: 'StringLiteral', value: text, start, end: start },
          scope,
        };
        values.set(key, [...(values.get(key) ?? []), { ...textValue(text, origin), development }]);
      }
    }
  }
  return { valuesOf: (name) => values.get(name) ?? [] };
}
