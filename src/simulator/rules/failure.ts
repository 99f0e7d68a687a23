import type { RuleId } from '../../platform/network-error.js';
import type { Refusal } from '../../platform/refusal.js';
import { refusalSentence } from '../../platform/refusal-words.js';
import type { WireFailureKind } from '../wires/wire.js';

/** Why a call failed, before any dialect has put it into words (discoveries/failures.md#words). */
export type Failure =
  | { readonly kind: 'not-in-domain-list'; readonly refusal: Refusal; readonly list?: string }
  | { readonly kind: 'protocol'; readonly refusal: Refusal }
  | { readonly kind: 'invalid-url'; readonly url: string; readonly refusal?: Refusal | undefined }
  | { readonly kind: 'parameter'; readonly detail: string }
  | { readonly kind: 'data'; readonly detail: string }
  | { readonly kind: 'header'; readonly detail: string }
  | { readonly kind: 'file'; readonly detail: string; readonly errno?: number | undefined }
  | { readonly kind: 'wire'; readonly cause: WireFailureKind }
  | { readonly kind: PlainKind };

/** The failures of which nothing more is to be said. */
export type PlainKind =
  | 'timeout'
  | 'abort'
  | 'interrupted'
  | 'in-background'
  | 'suspended'
  | 'too-many-tasks'
  | 'too-many-redirects'
  | 'offline'
  | 'network-changed'
  | 'charset'
  | 'too-large'
  | 'file-too-large'
  | 'file-empty'
  | 'http-dns';

const RULE_OF_KIND: { readonly [Kind in Failure['kind']]?: RuleId } = {
  timeout: 'TIME-1',
  interrupted: 'BG-1',
  'in-background': 'BG-2',
  suspended: 'BG-2',
  'too-many-tasks': 'LIM-2',
  charset: 'ENC-1',
};

/** The clause that a failure enforces, where it is one. */
export function ruleOf(failure: Failure): RuleId | undefined {
  return refusalOf(failure)?.rule ?? RULE_OF_KIND[failure.kind];
}

/** Why the address was refused, where that is what failed. */
export function refusalOf(failure: Failure): Refusal | undefined {
  return 'refusal' in failure ? failure.refusal : undefined;
}

/** What to tell the developer, beyond the platform's own words. */
export function detailOf(failure: Failure): string {
  if ('detail' in failure) return failure.detail;
  const refusal = refusalOf(failure);
  if (refusal) return refusalSentence(refusal);
  switch (failure.kind) {
    case 'in-background':
    case 'suspended':
      return 'the app is in the background; call again when it is back in front';
    case 'invalid-url':
      return 'it is not a URL';
    case 'abort':
      return 'the simulator has been closed; make another';
    case 'too-many-tasks':
      return 'ten calls are running already; wait for one of them';
    default:
      return failure.kind;
  }
}

/** Carries a failure out of what works on a call: thrown, or through the error channel of an observable. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';

  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}
