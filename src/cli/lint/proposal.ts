import type { DomainListName } from '../../platform/domain-apis.js';
import { DOMAIN_LIST_NAMES } from '../config/domain-list-name.js';
import type { Place } from '../finding.js';
import { entryFor, type CalledHost } from './judge-addresses.js';

/** How sure it is that an entry is needed. */
export type Confidence = 'certain' | 'likely';

/** An entry that the source implies, where there are no lists yet. */
export interface ProposedEntry {
  readonly list: DomainListName;
  readonly entry: string;
  /** `'likely'`: by way of a library, or somebody else's code. */
  readonly confidence: Confidence;
  readonly place: Place;
}

/** Makes the lists that the source implies. */
export function proposal(hosts: readonly CalledHost[]): readonly ProposedEntry[] {
  const entries = hosts.flatMap(({ api, calls }): ProposedEntry[] => {
    const serious = calls.filter(({ development }) => !development);
    const [first] = serious;
    const entry = first && entryFor(api, first.url);
    if (!first || entry === undefined) return [];
    const isCertain = serious.some(({ guessed, thirdParty }) => !guessed && !thirdParty);
    return [{ list: api, entry, confidence: isCertain ? 'certain' : 'likely', place: first.place }];
  });
  const order = (name: DomainListName): number => DOMAIN_LIST_NAMES.indexOf(name);
  return entries.sort((a, b) => order(a.list) - order(b.list) || (a.entry < b.entry ? -1 : 1));
}
