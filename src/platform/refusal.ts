import type { DomainApi, DomainListName } from './domain-apis.js';

/** The clauses of the platform's page that can refuse an address. */
export type DomainRuleId =
  'DOM-1' | 'DOM-2' | 'DOM-3' | 'DOM-4' | 'DOM-5' | 'DOM-7' | 'DOM-8' | 'LAN-1' | 'TCP-1' | 'UDP-1';

/** Why a text is no address that can be compared with a list. */
export type UrlProblemName =
  | 'character'
  | 'relative'
  | 'user-information'
  | 'encoded-host'
  | 'not-ascii'
  | 'port'
  | 'long-host'
  | 'dot-at-end'
  | 'label'
  | 'ip-form';

/** Why an address may not be called. */
export type AddressProblemName =
  | 'not-listed'
  | 'other-list'
  | 'other-port'
  | 'port-written'
  | 'subdomain'
  | 'scheme'
  | 'forbidden-host'
  | 'one-label'
  | 'localhost'
  | 'outside-subnet'
  | 'own-address'
  | 'broadcast'
  | 'forbidden-port';

/** Why a TCP or UDP socket may not go there, beside what is wrong with any address. */
export type PeerProblemName = Extract<AddressProblemName, 'broadcast' | 'forbidden-port'>;

/** Why an entry cannot stand in a list, beside what is wrong with any address. */
export type EntryProblemName = 'not-text' | 'wildcard' | 'entry-address' | 'path';

/** What is wrong, within a rule; the words for it are made elsewhere, in each language. */
export type ProblemName = UrlProblemName | AddressProblemName | EntryProblemName;

/** An entry, and the list that it belongs to. */
export interface ListEntry {
  readonly api: DomainListName;
  readonly entry: string;
}

/**
 * Why an address may not be called, or an entry not be configured, as data: what the library, the command and the simulator
 * say, they make of this. It never holds user information, a path or a query.
 */
export interface Refusal {
  /** The clause. */
  readonly rule: DomainRuleId;
  /** Which case of the clause it is. */
  readonly problem: ProblemName;
  /** The list that was asked. None where the address could not be compared with any: the call fails with `invalid-url`. */
  readonly api?: DomainListName;
  /** What it is about: the origin as it was written, its host, or the piece that is wrong. */
  readonly seen: string;
  /** Where `seen` stands in the text, counted from 0. */
  readonly at?: number;
  /** The entry that comes closest. */
  readonly nearest?: string;
  /** The other list that has the origin. */
  readonly listedIn?: DomainApi;
  /** The schemes that are taken. */
  readonly schemes?: readonly string[];
  /** The device's own address and netmask. */
  readonly subnet?: string;
  /** What to write in place of it. */
  readonly write?: string;
  /** The entry that is missing. Where it is what `write` says, both have to be done; else either. */
  readonly add?: ListEntry;
}

/** Makes one of the parts that all have, and of others. */
export function refusalOf(
  rule: DomainRuleId,
  problem: ProblemName,
  api: DomainListName,
  seen: string,
  more?: Partial<Refusal>,
): Refusal {
  return { rule, problem, api, seen, ...more };
}
