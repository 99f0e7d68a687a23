import { NetworkError, type CallDetails } from './network-error.js';
import type { ProblemName, Refusal } from './refusal.js';

const SERVER_DOMAINS = '小程序后台 → 开发 → 开发设置 → 服务器域名';

/** What is wrong, in English. What stands in braces is a field of the refusal. */
const WHAT: { readonly [Name in ProblemName]: string } = {
  character: 'it has {seen} at position {at}',
  relative: 'it is not absolute',
  'user-information': 'it has user information (…@) in front of the host',
  'encoded-host': 'its host is percent-encoded',
  ipv6: 'its host is an IPv6 address',
  port: 'its port "{seen}" is not a whole number from 1 to 65535 without leading zeros',
  'port-text': 'its port, after the colon, is not a number',
  'not-ascii': 'its host is not ASCII',
  'no-host': 'it has no host',
  'long-host': 'its host is longer than 253 characters',
  'dot-at-end': 'its host ends with a dot',
  'empty-label': 'its host has an empty label (two dots in a row)',
  'long-label': 'its host has a label longer than 63 characters: "{seen}"',
  label: 'its host has a label that is not letters, digits and inner hyphens: "{seen}"',
  'disguised-ip': 'its host "{seen}" is an IPv4 address in disguise',

  'not-listed': '{seen} is not in the {api} domains',
  'other-list': '{seen} is in the {listedIn} domains, and each API has a list of its own',
  'other-port': '{nearest} allows exactly that port; got {seen}',
  'port-written': '{nearest} is listed without a port, so the URL may not name one, not even :443',
  subdomain: '{nearest} does not cover {seen}: a domain covers neither its subdomains nor its parent',
  scheme: '{api} takes {schemes} only; got {seen}',
  'forbidden-host': '{seen} can be neither configured nor called',
  'one-label': '{seen} cannot be configured: a domain has at least one dot',
  localhost: '{seen} is the phone itself',
  'outside-subnet': "{seen} is an IP address outside the device's own subnet{subnet}",
  'own-address': "{seen} is the device's own address",
  broadcast: '{seen} means everybody on the subnet',
  'forbidden-port': 'the platform connects no TCP socket to port {seen}',

  'not-text': 'expected a text',
  'space-around': 'there is a space around it',
  wildcard: 'there are no wildcards',
  'no-scheme': 'it has no scheme',
  'entry-address': '{seen} cannot be configured: no IP address and no localhost',
  path: 'an entry has no path or query',
};

/** What to do, where it is not to write or to add something. */
const ADVICE: { readonly [Name in ProblemName]?: string } = {
  character: 'encode it or take it out',
  relative: 'begin with the scheme, as in https://api.example.com/path',
  'user-information': 'take it out',
  'encoded-host': 'write it plainly',
  'not-ascii': 'write its xn-- form',
  'dot-at-end': 'take it off',
  'forbidden-host': 'keep the AppSecret on your server and let it call',
  localhost: 'use a configured domain, or an address on the local network',
  'outside-subnet': 'use a configured domain',
  'own-address': 'use its neighbours, such as your computer by its own address on the local network',
  broadcast: 'TCP connects to one of them, UDP reaches all',
  'forbidden-port': 'let your server listen on another, such as 9000',
  wildcard: 'list each subdomain',
  'entry-address': 'take it out, the local network needs no entry (LAN-1)',
};

/** Says what is wrong, in English. */
export function refusalReason(refusal: Refusal): string {
  const reason = filledIn(WHAT[refusal.problem], english(refusal));
  return refusal.problem === 'not-listed' && refusal.nearest !== undefined
    ? `${reason}; the nearest is ${refusal.nearest}`
    : reason;
}

/** Says what to do about it, in English. */
export function refusalAdvice(refusal: Refusal): string | undefined {
  const { problem, write, add } = refusal;
  const advice = [
    ADVICE[problem],
    write && `write ${write}`,
    add && `add ${add.entry} to the ${add.api} domains (${SERVER_DOMAINS})`,
  ].filter((part) => part);
  return advice.join(add?.entry === write ? ', and ' : ', or ') || undefined;
}

/** Says both, in English. */
export function refusalSentence(refusal: Refusal): string {
  const advice = refusalAdvice(refusal);
  return refusalReason(refusal) + (advice ? `; ${advice}` : '');
}

/** Makes the error of a call that is not made, because its address was refused. */
export function refusalError(refusal: Refusal, call: CallDetails): NetworkError {
  const code = refusal.api ? 'domain-not-allowed' : 'invalid-url';
  const what = `${refusal.api ? '' : 'the URL cannot be compared with a list: '}${refusalSentence(refusal)}`;
  return new NetworkError(what, { ...call, code, rule: refusal.rule, refusal, phase: 'check' });
}

/** Puts fields into a text, where their names stand in braces. */
export function filledIn(text: string, fields: { readonly [name: string]: unknown }): string {
  return text.replace(/\{(\w+)\}/g, (_braces, name: string) => String(fields[name]));
}

function english(refusal: Refusal): { readonly [name: string]: unknown } {
  const { problem, seen, schemes = [], subnet } = refusal;
  return {
    ...refusal,
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
