/**
 * The claim: the domain check costs less than `new URL()` and a set, and lets nothing hostile through. `tldts` costs about as
 * much, and lets a good part of it through.
 */
import { getHostname } from 'tldts';
import type { DomainApi } from '../src/platform/domain-apis.js';
import { compileDomains, type DomainLists } from '../src/platform/domain-lists.js';
import { checkDomain } from '../src/platform/domain-rule.js';
import type { DeviceAddress } from '../src/platform/lan-address.js';
import { DOMAIN_VECTORS } from '../tests/support/domain-vectors.js';
import { atLeast, atMost, grouped, NO_JIT, QUICK, report, sideBySide, type Figure } from './measure.js';

const OURS = 'rx-miniprogram';
const WITH_URL = 'new URL() + Set';

type Allows = (api: DomainApi, url: string, device?: DeviceAddress) => boolean;

/** Node's URL: a phone has none, and its polyfills are slower. */
const { URL } = globalThis;

/** Each gets the lists once and makes of them what it looks up fastest. */
const CHECKS: { readonly [who: string]: (lists: DomainLists) => Allows } = {
  [OURS]: (lists) => {
    const compiled = compileDomains(lists);
    return (api, url, device) => checkDomain(api, url, compiled, device) === undefined;
  },
  [WITH_URL]: (lists) => {
    const origins = setsOf(lists, (entry) => new URL(entry).origin);
    return (api, url) => {
      try {
        return origins.get(api)?.has(new URL(url).origin) ?? true;
      } catch {
        return false;
      }
    };
  },
  'tldts + Set': (lists) => {
    const hosts = setsOf(lists, (entry) => getHostname(entry) ?? '');
    return (api, url) => hosts.get(api)?.has(getHostname(url) ?? '') ?? true;
  },
};

function setsOf(lists: DomainLists, keyOf: (entry: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(lists).map(([api, list]) => [api, new Set(list?.map(keyOf))]));
}

const figures: Figure[] = [];
for (const entries of [20, 200, 1_000]) {
  const request = Array.from({ length: entries }, (_, index) => `https://api${index}.example.com`);
  const urls = Array.from({ length: 1_000 }, (_, index) => `${request[index % entries]}/v1/items/${index}?page=2`);
  const passes = (QUICK ? 20 : 200) / (NO_JIT ? 10 : 1);
  const results = await sideBySide(
    Object.fromEntries(
      Object.entries(CHECKS).map(([who, compile]) => {
        const allows = compile({ request });
        return [who, () => nanosecondsEach(urls, passes, allows)];
      }),
    ),
  );
  const ours = results[OURS] as number;
  for (const [who, value] of Object.entries(results)) {
    const verdict = who === WITH_URL ? atLeast(value / ours, 1, '× ours') : undefined;
    figures.push({ at: `${grouped(entries)} entries`, who, value, unit: 'ns a URL', ours: who === OURS, verdict });
  }
}

// What the platform refuses, where there is a list to compare with.
const hostile = DOMAIN_VECTORS.filter(({ verdict, api, lists }) => verdict === 'refused' && lists[api]);
if (!NO_JIT) {
  for (const [who, compile] of Object.entries(CHECKS)) {
    const value = hostile.filter(({ lists, api, url, device }) => compile(lists)(api, url, device)).length;
    const verdict = who === OURS ? atMost(value, 0, 'let through') : undefined;
    figures.push({
      at: `${hostile.length} hostile URLs`,
      who,
      value,
      unit: 'let through',
      ours: who === OURS,
      verdict,
    });
  }
}
report(figures);

function nanosecondsEach(urls: readonly string[], passes: number, allows: Allows): number {
  let allowed = 0;
  const startedAt = performance.now();
  for (let pass = 0; pass < passes; pass++) for (const url of urls) if (allows('request', url)) allowed++;
  const ms = performance.now() - startedAt;
  if (allowed !== passes * urls.length) throw new Error(`refused ${passes * urls.length - allowed} listed URLs`);
  return (ms * 1e6) / allowed;
}
