import type { HttpResponse } from './http-response.js';
import type { Diagnosis, RequestException } from './request-profile.js';
import type { DomainRuleId, Refusal } from './refusal.js';

/** The clauses whose breach ends a call; every id stands in the README's table of rules. */
export type RuleId = DomainRuleId | 'BG-1' | 'BG-2' | 'CB-1' | 'ENC-1' | 'ENC-2' | 'LIM-2' | 'LIM-3' | 'TIME-1';

/**
 * What can go wrong, once and for all:
 *
 * | code | meaning | what to do |
 * | --- | --- | --- |
 * | `domain-not-allowed` | no configured domain allows the URL (DOM-*, LAN-1) | the message names the entry to add |
 * | `invalid-url` | the URL cannot be compared with a list, or the platform refused it | the message says which part |
 * | `invalid-argument` | an option makes no sense, or data cannot be sent | the message says what was expected |
 * | `interrupted` | cut, after it was sent, by the background (BG-1) or by a change of network | send again if that is safe |
 * | `background` | not sent, because the app is in the background (BG-2) | send again in the foreground |
 * | `timeout` | a deadline passed; `phase` tells which | |
 * | `aborted` | the platform reports an abort that did not come from unsubscribing | |
 * | `offline` | no network, or none any more: a call that was running may have arrived | wait for `networkStatus$` |
 * | `dns`, `tls`, `connection` | the server could not be found, trusted, reached | |
 * | `too-many-tasks` | the platform refused one call too many (LIM-2, LIM-3) | send everything through one queue |
 * | `too-many-redirects` | | |
 * | `too-large` | the answer is over the platform's size limit, or a line or an event of a stream over yours | |
 * | `decode` | an answer came, but its body is not what was asked for (ENC-1, ENC-2); see `response`, which a stream has not | |
 * | `status` | an answer came with a status outside 200–299, and the caller asked for an error; see `response` | |
 * | `storage-full` | a value has no room on the device, or in its store | remove something |
 * | `storage` | the platform failed to keep a value, or to read one; see `errMsg` | try again, and tell the user |
 * | `unknown` | nothing of the above; see `errno`, `errMsg` and `cause` | |
 */
export type NetworkErrorCode =
  | 'domain-not-allowed'
  | 'invalid-url'
  | 'invalid-argument'
  | 'interrupted'
  | 'background'
  | 'timeout'
  | 'aborted'
  | 'offline'
  | 'dns'
  | 'tls'
  | 'connection'
  | 'too-many-tasks'
  | 'too-many-redirects'
  | 'too-large'
  | 'decode'
  | 'status'
  | 'storage-full'
  | 'storage'
  | 'unknown';

/** Where a call was when it ended: checked, waiting for a place, on the wire, having its body decoded, or anywhere (a total deadline). */
export type CallPhase = 'check' | 'wait' | 'attempt' | 'body' | 'total';

/** The call that an error is about. */
export interface CallDetails {
  /** The name of the `wx` member that was, or would have been, called. */
  readonly api: string;
  readonly method?: string | undefined;
  /** Shown without user information, query and fragment. */
  readonly url: string;
}

/** What a schema found wrong, and where: as Standard Schema has it. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Everything a {@link NetworkError} tells beyond its message. */
export interface NetworkErrorDetails extends Diagnosis {
  readonly code: NetworkErrorCode;
  /** The name of the `wx` member that was, or would have been, called. */
  readonly api?: string | undefined;
  readonly method?: string | undefined;
  /** As it was called; the error keeps it without user information, query and fragment: tokens live there. */
  readonly url?: string | undefined;
  /** The clause of the platform's page that was broken. */
  readonly rule?: RuleId | undefined;
  /** Why the address was refused, as data, for `domain-not-allowed` and `invalid-url` that were not asked of the platform. */
  readonly refusal?: Refusal | undefined;
  readonly phase?: CallPhase | undefined;
  /** The platform's number, where it gave one. */
  readonly errno?: number | undefined;
  /** The platform's own words. They differ between phones and languages: show them, do not compare them. */
  readonly errMsg?: string | undefined;
  /** The answer, for `status` and `decode`. */
  readonly response?: HttpResponse<unknown> | undefined;
  /** What a schema found wrong with the body, for `decode` of `parse()`. */
  readonly issues?: readonly SchemaIssue[] | undefined;
  /** What the platform, or the code that failed, reported. */
  readonly cause?: unknown;
}

/**
 * The one error of this library. Tell the cases apart by `code`, with {@link isNetworkError}.
 *
 * @example
 * ```ts
 * http$('https://api.example.com/me').subscribe({
 *   error: (error) => {
 *     if (isNetworkError(error, 'interrupted')) toast('切到后台太久，请求被中断');
 *     else if (isNetworkError(error, 'offline')) toast('没有网络');
 *     else throw error;
 *   },
 * });
 * ```
 */
export class NetworkError extends Error implements NetworkErrorDetails {
  declare readonly code: NetworkErrorCode;
  declare readonly api?: string;
  declare readonly method?: string;
  declare readonly url?: string;
  declare readonly rule?: RuleId;
  declare readonly refusal?: Refusal;
  declare readonly phase?: CallPhase;
  declare readonly errno?: number;
  declare readonly errMsg?: string;
  declare readonly exception?: RequestException;
  declare readonly usedHttpDns?: boolean;
  declare readonly response?: HttpResponse<unknown>;
  declare readonly issues?: readonly SchemaIssue[];
  declare readonly cause?: unknown;

  /**
   * @param what - One sentence, without code, rule and address: what happened, and what to do where that is known.
   * @param details - The rest; what is `undefined` is left out.
   */
  constructor(
    readonly what: string,
    details: NetworkErrorDetails,
  ) {
    const { url } = details;
    const shown = { ...details, url: url === undefined ? url : withoutSecrets(String(url)) };
    super(messageOf(what, shown));
    // `instanceof` fails without this once the platform has compiled classes to ES5.
    Object.setPrototypeOf(this, NetworkError.prototype);
    this.name = 'NetworkError';
    for (const [key, value] of Object.entries<unknown>(shown)) {
      if (value === undefined) continue;
      // The cause is the platform's own words, with whatever they quote: to be asked for, not to be printed along.
      Object.defineProperty(this, key, { value, enumerable: key !== 'cause', configurable: true });
    }
  }

  /** The same error with other details, and other words if they are given: what is `undefined` is left out. */
  as(details: Partial<NetworkErrorDetails>, what = this.what): NetworkError {
    // The cause is not among what can be enumerated.
    return new NetworkError(what, Object.assign({}, this, { what, cause: this.cause }, details));
  }
}

/** What comes with the error of an answer that did come. */
export interface ErrorWithResponse {
  readonly response: HttpResponse<unknown>;
}

/**
 * Whether a value is a {@link NetworkError}, and of the given code. Works across copies of the library and in ES5,
 * where `instanceof` may not.
 */
export function isNetworkError<Code extends NetworkErrorCode = NetworkErrorCode>(
  error: unknown,
  code?: Code,
): error is NetworkError & { readonly code: Code } & (Code extends 'status' ? ErrorWithResponse : unknown) {
  const candidate: Partial<NetworkError> = error ?? {};
  return (
    candidate.name === 'NetworkError' &&
    typeof candidate.code === 'string' &&
    (code === undefined || candidate.code === code)
  );
}

// What stands before the user information, loosely: errors are made of broken addresses too, such as ` https:\\user@…`.
const BEFORE_USER = [/^[^/\\@:]*:[/\\]*/, /^[^/\\@]*[/\\]{2,}/];

/** The address as far as it may stand in a log: no user information, no query, no fragment. */
export function withoutSecrets(url: string): string {
  const address = url.replace(/[?#][^]*/, '');
  for (const pattern of BEFORE_USER) {
    const before = pattern.exec(address)?.[0];
    if (before === undefined) continue;
    // By hand: a pattern that looks for the last @ as well takes quadratic time on a row of backslashes.
    const [authority = ''] = address.slice(before.length).split('/', 1);
    const at = authority.lastIndexOf('@');
    if (at !== -1) return before + address.slice(before.length + at + 1);
  }
  return address;
}

function messageOf(what: string, { code, rule, method, url }: NetworkErrorDetails): string {
  const call = [method, url].filter((part) => part).join(' ');
  return `${code}${rule ? ` [${rule}]` : ''}: ${what}${call && ` (${call})`}`;
}
