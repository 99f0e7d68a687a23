import { relative } from 'node:path';
import { compileDomains, type CompiledDomains, type DomainApi } from '../../platform/domain-lists.js';
import { checkDomain } from '../../platform/domain-rule.js';
import type { ListEntry, Refusal } from '../../platform/refusal.js';
import { scanUrl } from '../../platform/url-scan.js';
import { linesOf, type Lines } from '../config/located.js';
import { readText } from '../config/read-text.js';
import type { Finding } from '../finding.js';
import { refusalFix, refusalText } from '../refusal-text.js';
import type { FoundUrl } from './found-url.js';
import type { LintedLists } from './lint-lists.js';
import { urlsOfFile } from './urls-of-file.js';

/** Names, not addresses: nobody calls them. */
const NAMESPACES = [
  'http://www.w3.org/',
  'https://www.w3.org/',
  'http://json-schema.org/',
  'https://json-schema.org/',
  'http://schemas.',
  'http://xmlns.',
  'http://purl.org/',
];
const MEDIA = /\.(?:png|jpe?g|gif|webp|svg|mp[34]|m4a|wav|ttf|woff2?)(?:[?#]|$)/i;

/** What the source was found to call. */
export interface LintedSource {
  readonly findings: readonly Finding[];
  /** The hosts that URLs name, in lower case. */
  readonly hosts: ReadonlyMap<string, Finding['place']>;
}

/** Compares the URLs in some files with the lists. */
export function lintSource(
  files: readonly string[],
  folder: string,
  domains: LintedLists['domains'],
  ignore: readonly string[],
): LintedSource {
  const compiled = compileDomains(domains);
  const ignored = [...NAMESPACES, ...ignore];
  const findings: Finding[] = [];
  const hosts = new Map<string, Finding['place']>();

  for (const path of files) {
    const file = relative(folder, path) || path;
    const read = readText(path);
    if ('problem' in read) {
      findings.push({ severity: 'warning', rule: 'source', place: { file }, what: read.problem });
      continue;
    }
    const { text } = read;
    const { urls, readAs } = urlsOfFile(text, file);
    if (readAs === 'text') findings.push(notParsed(file));
    const lines = linesOf(text);
    // A bundle says the same a thousand times.
    const told = new Set<string>();
    for (const found of urls) {
      if (readAs === 'text' && told.has(found.url)) continue;
      told.add(found.url);
      const place = { file, ...lines.at(found.offset) };
      const scanned = scanUrl(found.url);
      if (!('problem' in scanned) && !hosts.has(scanned.host)) hosts.set(scanned.host, place);
      if (ignored.some((beginning) => found.url.startsWith(beginning)) || waived(lines, place.line)) continue;
      const finding = findingOf(found, compiled, place);
      if (finding) findings.push(finding);
    }
  }
  return { findings, hosts };
}

function findingOf(found: FoundUrl, domains: CompiledDomains, place: Finding['place']): Finding | undefined {
  const { url } = found;
  const apis: readonly DomainApi[] =
    found.api !== undefined
      ? [found.api]
      : /^wss?:/i.test(url)
        ? ['socket']
        : ['request', 'uploadFile', 'downloadFile'];
  const refusals: Refusal[] = [];
  for (const api of apis) {
    const refusal = checkDomain(api, url, domains);
    if (!refusal) return undefined;
    refusals.push(refusal);
  }
  // Of several lists the one that came close: a port or a subdomain away says more than "not listed".
  const refusal = refusals.find(({ rule }) => rule !== 'DOM-1') ?? refusals[0];
  if (!refusal) return undefined;

  const media = found.api === undefined && MEDIA.test(url);
  // The entry alone would not do where the URL is to be written in another way, too.
  const add = refusal.rule === 'DOM-2' ? undefined : refusal.add;
  return {
    severity: media ? 'note' : 'error',
    rule: refusal.rule,
    place,
    what: media ? mediaText(url) : refusalText(refusal),
    ...(!media && { fix: add ? addText(add, refusal.write, found.api === undefined) : refusalFix(refusal) }),
    ...(!media && add && { add: { list: add.api, entry: add.entry } }),
  };
}

function addText({ api, entry }: ListEntry, write: string | undefined, guessed: boolean): Finding['fix'] {
  return {
    en: `${write === undefined ? '' : `write ${write}, or `}add ${entry} to the ${api} domains${guessed ? ' (or to those of the call that uses it), or to "ignore"' : ''}`,
    zh: `${write === undefined ? '' : `请写 ${write}，或`}在 ${api} 域名中添加 ${entry}${guessed ? '（或添加到实际调用的接口，或写入 "ignore"）' : ''}`,
  };
}

function mediaText(url: string): Finding['what'] {
  return {
    en: `${url}: fine in an <image> or <video>; a download needs it in the downloadFile domains`,
    zh: `${url}：在 <image>、<video> 中使用没有问题；下载则需要加入 downloadFile 域名`,
  };
}

function notParsed(file: string): Finding {
  return {
    severity: 'note',
    rule: 'source',
    place: { file },
    what: {
      en: 'too big or not parsable: searched as text, so calls and constants were not followed',
      zh: '文件过大或无法解析：按文本查找，没有分析调用和常量',
    },
  };
}

/** A comment on the same line, or on the one before, that says so. */
function waived(lines: Lines, line: number): boolean {
  return (
    lines.text(line).includes('rx-miniprogram-ignore-line') ||
    lines.text(line - 1).includes('rx-miniprogram-ignore-next-line')
  );
}
