import type { DomainApi } from '../../platform/domain-apis.js';
import { scanUrl } from '../../platform/url-scan.js';
import type { Project } from '../config/load-project.js';
import type { Finding } from '../finding.js';
import type { LintedSource } from './lint-source.js';

/**
 * Finds entries that were meant to cover their subdomains: the source calls those, and never the host itself (DOM-8).
 */
export function idleParents({ lists, truth }: Project, { hosts }: LintedSource): Finding[] {
  const findings: Finding[] = [];
  for (const list of ['request', 'uploadFile', 'downloadFile', 'socket'] satisfies DomainApi[]) {
    for (const { text, path } of lists[list] ?? []) {
      const scanned = scanUrl(text);
      if ('problem' in scanned || hosts.has(scanned.host)) continue;
      const child = [...hosts].find(([host]) => host.endsWith(`.${scanned.host}`));
      if (!child || !truth) continue;
      const [host, { file, line }] = child;
      findings.push({
        severity: 'warning',
        rule: 'DOM-8',
        place: truth.placeOf(path),
        what: {
          en: `${list} "${text}" covers no subdomain, and the source calls only such, as ${host} in ${file}:${line ?? 1}`,
          zh: `${list} "${text}" 不覆盖子域名，而源码只访问子域名，例如 ${file}:${line ?? 1} 的 ${host}`,
        },
        fix: { en: 'list the subdomains that are called', zh: '请逐个列出要访问的子域名' },
      });
    }
  }
  return findings;
}
