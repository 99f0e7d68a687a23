import { scanUrl } from '../../platform/url-scan.js';
import { findingOfEntry } from '../lint/entry-problem.js';
import { UsageError } from '../usage-error.js';

/** The entries that were given by `--domain`, once they are such as can be listed. */
export function givenDomains(entries: readonly string[]): readonly string[] {
  for (const entry of entries) {
    const problem = findingOfEntry('request', entry);
    if (problem?.severity !== 'error') continue;
    const { what, fix, rule } = problem;
    throw new UsageError({
      en: `--domain "${entry}": [${rule}] ${what.en}${fix ? `; ${fix.en}` : ''}`,
      zh: `--domain "${entry}"：[${rule}] ${what.zh}${fix ? `；${fix.zh}` : ''}`,
    });
  }
  return entries;
}

/** The URL's own origin, so that a first try is not refused for a list that nobody has written yet. */
export function ownDomain(url: string): readonly string[] {
  const scanned = scanUrl(url);
  if ('problem' in scanned) return [];
  const { host, port, scheme } = scanned;
  // For http:// too: the refusal then says that only the scheme is wrong.
  const own = `https://${host}${port === undefined ? '' : `:${port}`}`;
  // What cannot stand in a list (an address, localhost, api.weixin.qq.com) is for the rules to allow or to refuse.
  return ['https', 'http'].includes(scheme) && findingOfEntry('request', own)?.severity !== 'error' ? [own] : [];
}
