import { NetworkError, type CallDetails } from './network-error.js';
import type { PeerProblemName, ProblemName, Refusal } from './refusal.js';

const SERVER_DOMAINS = '小程序后台 → 开发 → 开发设置 → 服务器域名';

/** What is wrong, and what to do where that is not to write or to add something. In braces: a field of the refusal. */
export type RefusalWords = { readonly [Name in ProblemName]: readonly [what: string, advice?: string] };

/** The words for what an address by URL, or an entry of a list, can be refused for. */
export const WORDS = {
  character: ['it has {seen} at position {at}', 'encode it or take it out'],
  relative: ['it has no scheme', 'begin with one, as in https://api.example.com'],
  'user-information': ['it has user information (…@) in front of the host', 'take it out'],
  'encoded-host': ['its host is percent-encoded', 'write it plainly'],
  'not-ascii': ['its host is not ASCII', 'write its xn-- form'],
  port: ['its port "{seen}" is not a whole number from 1 to 65535 without leading zeros'],
  'long-host': ['its host is longer than 253 characters'],
  'dot-at-end': ['its host ends with a dot', 'take it off'],
  label: ['its host has a part that is not 1 to 63 letters, digits and inner hyphens: "{seen}"'],
  'ip-form': ['its host "{seen}" is an IP address, but not four decimal numbers'],

  'not-listed': ['{seen} is not in the {api} domains{near}'],
  'other-list': ['{seen} is in the {listedIn} domains, and each API has a list of its own'],
  'other-port': ['{nearest} allows exactly that port; got {seen}'],
  'port-written': ['{nearest} is listed without a port, so the URL may not name one, not even :443'],
  subdomain: ['{nearest} does not cover {seen}: a domain covers neither its subdomains nor its parent'],
  scheme: ['{api} takes {schemes} only; got {seen}'],
  'forbidden-host': [
    '{seen} can be neither configured nor called',
    'keep the AppSecret on your server and let it call',
  ],
  'one-label': ['{seen} cannot be configured: a domain has at least one dot'],
  localhost: ['{seen} is the phone itself', 'use a configured domain, or an address on the local network'],
  'outside-subnet': ["{seen} is an IP address outside the device's own subnet{subnet}", 'use a configured domain'],
  'own-address': [
    "{seen} is the device's own address",
    'use another of the local network, such as that of your computer',
  ],

  'not-text': ['expected a text'],
  wildcard: ['there are no wildcards', 'list each subdomain'],
  'entry-address': ['no IP address can be configured, nor localhost', 'take it out, the local network needs no entry'],
  path: ['an entry has no path or query'],
} satisfies Omit<RefusalWords, PeerProblemName>;

/**
 * Says what is wrong, in English.
 *
 * @param words - `ALL_WORDS` where the address may be that of a TCP or UDP socket.
 */
export function refusalReason(refusal: Refusal, words: Partial<RefusalWords> = WORDS): string {
  const [what] = words[refusal.problem] ?? [refusal.problem];
  return filledIn(what, english(refusal));
}

/** Says what to do about it, in English. */
export function refusalAdvice(
  { problem, write, add }: Refusal,
  words: Partial<RefusalWords> = WORDS,
): string | undefined {
  const advice = [
    // What to write says it better.
    !write && words[problem]?.[1],
    write && `write ${write}`,
    add && `add ${add.entry} to the ${add.api} domains (${SERVER_DOMAINS})`,
  ].filter((part) => part);
  return advice.join(add?.entry === write ? ', and ' : ', or ') || undefined;
}

/** Says both, in English. */
export function refusalSentence(refusal: Refusal, words?: Partial<RefusalWords>): string {
  const advice = refusalAdvice(refusal, words);
  return refusalReason(refusal, words) + (advice ? `; ${advice}` : '');
}

/**
 * Makes the error of a call that is not made, because its address was refused.
 *
 * @param otherwise - What else may be done about it.
 */
export function refusalError(
  refusal: Refusal,
  call: CallDetails,
  otherwise?: string,
  words?: Partial<RefusalWords>,
): NetworkError {
  const [code, about] = refusal.api
    ? (['domain-not-allowed', ''] as const)
    : (['invalid-url', 'the URL cannot be compared with a list: '] as const);
  const what = about + refusalSentence(refusal, words) + (otherwise ? `; ${otherwise}` : '');
  return new NetworkError(what, { ...call, code, rule: refusal.rule, refusal, phase: 'check' });
}

/** Puts fields into a text, where their names stand in braces. */
export function filledIn(text: string, fields: { readonly [name: string]: unknown }): string {
  return text.replace(/\{(\w+)\}/g, (_braces, name: string) => String(fields[name]));
}

function english(refusal: Refusal): { readonly [name: string]: unknown } {
  const { problem, seen, schemes = [], subnet, nearest } = refusal;
  return {
    ...refusal,
    near: nearest ? `; the nearest is ${nearest}` : '',
    seen: problem === 'character' ? nameOf(seen) : seen,
    schemes: schemes.map((scheme) => `${scheme}://`).join(' or '),
    subnet: subnet ? ` (${subnet})` : '',
  };
}

function nameOf(character: string): string {
  if (character === '\\') return 'a backslash';
  if (character === ' ') return 'a space';
  return `the character U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
