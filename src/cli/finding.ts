import type { RuleId } from '../platform/network-error.js';
import type { DomainListName } from '../platform/domain-apis.js';
import type { Said } from './language.js';

/** How much a finding matters: an error makes the exit code 1. */
export type Severity = 'error' | 'warning' | 'note';

/** The clauses of the platform's page, those that no call can break, and what is only good order. */
export type FindingRule =
  | RuleId
  | 'DOM-6'
  | 'TIME-2'
  | 'LIM-1'
  | 'config'
  | 'duplicate'
  | 'list-size'
  | 'public-suffix'
  | 'url-check'
  | 'source'
  | 'lost';

/** A place in a file. Lines and columns count from 1, as editors do. */
export interface Place {
  /** Relative to the folder in which the command runs. */
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Something to tell: what is wrong, where, and what to do. */
export interface Finding {
  readonly severity: Severity;
  readonly rule: FindingRule;
  readonly place: Place;
  /** The other places of the same. */
  readonly also?: readonly Place[] | undefined;
  readonly what: Said;
  readonly fix?: Said | undefined;
  /** The entry that would allow it. */
  readonly add?: { readonly list: DomainListName; readonly entry: string } | undefined;
}
