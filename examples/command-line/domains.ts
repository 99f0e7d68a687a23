import { compileDomains } from '../../src/platform/domain-lists.js';
import { UsageError } from './usage-error.js';

/**
 * The request domains: those given, else the URL's own origin, so that a first try is not refused for a list that
 * nobody has written yet.
 */
export function domainsFor(url: string, given: readonly string[] | undefined): readonly string[] {
  if (given) {
    const problem = problemOf(given);
    if (problem !== undefined) throw new UsageError(`--domain: ${problem}`);
    return given;
  }
  const { protocol, host } = new URL(url);
  // For http:// too: the refusal then says that only the scheme is wrong.
  const own = [`https://${host}`];
  // What cannot stand in a list (an address, localhost, api.weixin.qq.com) is for the rules to allow or to refuse.
  return ['https:', 'http:'].includes(protocol) && problemOf(own) === undefined ? own : [];
}

function problemOf(entries: readonly string[]): string | undefined {
  try {
    compileDomains({ request: entries });
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^rx-miniprogram: /, '').replace(/domains\.request\[\d+\] /g, '');
  }
}
