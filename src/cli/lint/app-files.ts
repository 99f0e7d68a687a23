import { relative } from 'node:path';
import { readText } from '../config/read-text.js';
import type { Finding } from '../finding.js';
import type { AppFile } from './followed-app.js';
import { componentParts, withoutComments } from './syntax/component-parts.js';
import { isThirdParty } from './third-party.js';

/** The files, read and taken apart. What cannot be read is told of. */
export interface ReadFiles {
  readonly files: readonly AppFile[];
  readonly findings: readonly Finding[];
}

/** Reads the files of an app. */
export function readAppFiles(paths: readonly string[], folder: string): ReadFiles {
  const files: AppFile[] = [];
  const findings: Finding[] = [];
  for (const path of paths) {
    const file = relative(folder, path) || path;
    const read = readText(path);
    if ('problem' in read) {
      findings.push({ severity: 'warning', rule: 'source', place: { file }, what: read.problem });
      continue;
    }
    files.push(partsOf(path, file, read.text));
  }
  return { files, findings };
}

function partsOf(path: string, file: string, text: string): AppFile {
  const base = { path, file, thirdParty: isThirdParty(file, text) };
  if (/\.(?:wxml|axml|ttml|swan|wxss|css|less|scss|styl)$/i.test(file)) {
    return { ...base, script: '', markup: text.includes('://') ? withoutComments(text) : '' };
  }
  if (!/\.(?:vue|mpx|wpy)$/i.test(file)) return { ...base, script: text, markup: '' };
  const { script, shown } = componentParts(text);
  return { ...base, script, markup: shown.includes('://') ? shown : '' };
}
