import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { applyEdits, modify } from 'jsonc-parser';
import type { DomainListName } from '../../platform/domain-apis.js';
import { DOMAIN_LIST_NAMES } from '../config/domain-list-name.js';
import { isPlatformAnswer } from '../config/domain-shapes.js';
import type { Located } from '../config/located.js';
import type { Project } from '../config/load-project.js';
import { child, exportedObject } from '../config/read-module.js';
import type { Finding } from '../finding.js';
import type { ProposedEntry } from './proposal.js';
import type { Language, Said } from '../language.js';
import type { Paint } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';

/** What is to be written. */
export interface Changes {
  /** The diff, and what becomes of it. */
  readonly lines: (language: Language, paint: Paint) => string[];
  /** Writes it; missing where there is nothing to write. */
  readonly write?: () => void;
}

type Missing = ReadonlyMap<DomainListName, readonly string[]>;

/** Puts the entries that the findings ask for into the file of truth, as far as a diff; `write()` does it. */
export function fixProject(
  { folder, truth, truthFile }: Project,
  findings: readonly Finding[],
  proposed: readonly ProposedEntry[],
  dryRun: boolean,
): Changes {
  const missing = missingIn([...findings, ...proposed.map((add) => ({ add }))]);
  if (missing.size === 0) return told({ en: 'nothing to add', zh: '没有需要添加的域名' });

  const before = truth?.text ?? '';
  const after = /\.json[c5]?$/.test(truthFile) ? inJson(truth, missing) : truth && inModule(truth, missing);
  if (after === undefined || (truth === undefined && findings.some(isUnreadable(truthFile)))) {
    return told({
      en: `${truthFile} is not written as plain lists; add the entries by hand`,
      zh: `${truthFile} 不是普通的列表写法，请手动添加上面的域名`,
    });
  }
  const patch = createTwoFilesPatch(truthFile, truthFile, before, after).split('\n').slice(1);
  const ending = dryRun
    ? { en: `${truthFile} was not changed (--dry-run)`, zh: `未修改 ${truthFile}（--dry-run）` }
    : {
        en: `${truthFile} is being written; add them at 小程序后台 → 开发 → 开发设置 → 服务器域名 too`,
        zh: `写入 ${truthFile}；还需在 小程序后台 → 开发 → 开发设置 → 服务器域名 中添加`,
      };
  return {
    ...(!dryRun && { write: () => written(resolve(folder, truthFile), truthFile, after) }),
    lines: (language, paint) => [
      ...patch.map((line) => paint(line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : 'plain', line)),
      ending[language],
      '',
    ],
  };
}

function written(path: string, file: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError({ en: `${file} cannot be written (${code})`, zh: `无法写入 ${file}（${code}）` });
  }
}

function told(text: Said): Changes {
  return { lines: (language) => [text[language], ''] };
}

function isUnreadable(file: string) {
  // A file that is there and cannot be read must not be written over.
  return ({ rule, place, severity }: Finding) => rule === 'config' && place.file === file && severity === 'error';
}

function missingIn(findings: readonly Pick<Finding, 'add'>[]): Missing {
  const missing = new Map<DomainListName, string[]>();
  for (const { add } of findings) {
    if (!add) continue;
    const entries = missing.get(add.list) ?? [];
    if (!entries.includes(add.entry)) missing.set(add.list, [...entries, add.entry]);
  }
  return missing;
}

function inJson(truth: Located | undefined, missing: Missing): string | undefined {
  if (!truth) {
    const domains = Object.fromEntries(
      DOMAIN_LIST_NAMES.flatMap((name) => (missing.has(name) ? [[name, missing.get(name)]] : [])),
    );
    return `${JSON.stringify({ domains }, null, 2)}\n`;
  }
  if (!isRecord(truth.value) || isPlatformAnswer(truth.value)) return undefined;
  const { domains: lists = {} } = truth.value;
  if (!isRecord(lists) || isPlatformAnswer(lists)) return undefined;

  let text = truth.text;
  const formattingOptions = formattingOf(text);
  for (const [name, entries] of missing) {
    const list = lists[name];
    if (list !== undefined && typeof list !== 'string' && !Array.isArray(list)) return undefined;
    if (typeof list === 'string') {
      const edits = modify(text, ['domains', name], [list, ...entries].join(';'), { formattingOptions });
      text = applyEdits(text, edits);
      continue;
    }
    const start = Array.isArray(list) ? list.length : 0;
    if (list === undefined) text = applyEdits(text, modify(text, ['domains', name], [], { formattingOptions }));
    entries.forEach((entry, index) => {
      const edits = modify(text, ['domains', name, start + index], entry, {
        formattingOptions,
        isArrayInsertion: true,
      });
      text = applyEdits(text, edits);
    });
  }
  return text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the file is written already. */
function formattingOf(text: string) {
  const [, indent = '  '] = /^([ \t]+)"/m.exec(text) ?? [];
  return { insertSpaces: !indent.includes('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

function inModule({ text }: Located, missing: Missing): string | undefined {
  let after = text;
  for (const [name, entries] of missing) {
    const lists = child(exportedObject(after), 'domains');
    const list = child(lists, name);
    const written = entries.map((entry) => `'${entry}'`).join(', ');
    if (list?.node.type === 'ArrayExpression' && list.node.end != null) {
      const last = list.node.elements.at(-1);
      const at = last?.end ?? list.node.end - 1;
      after = `${after.slice(0, at)}${last ? ', ' : ''}${written}${after.slice(at)}`;
    } else if (list === undefined && lists?.node.type === 'ObjectExpression' && lists.node.end != null) {
      const last = lists.node.properties.at(-1);
      const at = last?.end ?? lists.node.end - 1;
      after = `${after.slice(0, at)}${last ? ', ' : ' '}${name}: [${written}]${last ? '' : ' '}${after.slice(at)}`;
    } else {
      return undefined;
    }
  }
  return after;
}
