import { Observable, type Subscription } from 'rxjs';
import type { Network } from '../network/create-network.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import type { NetworkRecord } from './advance.js';
import type { CallRecord } from './call-record.js';
import { RecordBook } from './record-book.js';
import { Redaction } from './redaction.js';
import { tellerOf, type Told } from './teller.js';

/** How much is recorded. */
export interface RecordsOptions {
  /** How many records are kept; the oldest that has ended goes first. @defaultValue `200` */
  readonly keep?: number | undefined;
  /** How many bytes all of them may take, about, as JSON. @defaultValue `1048576` (1 MB) */
  readonly maxBytes?: number | undefined;
  /**
   * `'text'` keeps bodies that are text or JSON, up to 8192 UTF-16 units each, without the fields whose names speak of secrets.
   *
   * @defaultValue `'none'`
   */
  readonly bodies?: 'none' | 'text' | undefined;
  /**
   * Names of further fields of headers, JSON and forms that are secret, in any case. Those that speak of it are already out:
   * `Authorization`, `Cookie`, `Set-Cookie`, and whatever has token, session, secret, auth, passw or api-key in its name.
   *
   * @defaultValue none
   */
  readonly redact?: readonly string[] | undefined;
  /** The records are told at most so often, in milliseconds. @defaultValue `100` */
  readonly everyMs?: number | undefined;
}

/** How many records are kept where nobody says. */
export const KEEP = 200;
/** How many bytes they take at most. */
export const MAX_BYTES = 1_048_576;
const EVERY_MS = 100;

/**
 * Records what a network does: one record a call and one a socket, its attempts and its phases inside, told again when something
 * has changed. Bounded in number and in bytes; secrets are left out. Each subscription has a book of its own, and records the calls that are
 * made while it lasts.
 *
 * ```text
 * calls     a--b--A-----B      a = called, A = its end
 * records$  -1----2---2----2   how many records; at most one emission each everyMs
 * ```
 *
 * The phases of a record add up to its duration: `waiting` in line, `held` by the background, `sending`, `answering`,
 * `receiving`, `decoding`, and `intercepting` where the app's own interceptors had it. {@link explain} makes a sentence of them.
 *
 * @example
 * ```ts
 * records$(network).subscribe((records) => {
 *   const slow = records.filter((record) => record.kind === 'call' && record.durationMs > 3_000);
 *   panel.setData({ slow: slow.length });
 * });
 * ```
 *
 * @throws TypeError when an option is not what it should be, and for what is not from `createNetwork()`.
 */
export function records$(network: Network, options: RecordsOptions = {}): Observable<readonly NetworkRecord[]> {
  checkOptions('records$', options, OPTIONS);
  const { keep = KEEP, maxBytes = MAX_BYTES, bodies = 'none', redact = [], everyMs = EVERY_MS } = options;
  const teller = tellerOf(network);
  const redaction = new Redaction(redact);

  return new Observable((out) => {
    const book = new RecordBook({ keep, maxBytes });
    let emission: Subscription | undefined;
    const emit = () => {
      emission = undefined;
      out.next(book.records());
    };
    const take = ({ event, body }: Told) => {
      const change = bodies === 'text' ? withBody(event.type, body, redaction) : undefined;
      if (!book.take(redaction.event(event), change) || emission) return;
      out.add((emission = network.scheduler.schedule(emit, everyMs)));
    };
    out.add(teller.told$.subscribe({ next: take }));
  });
}

const OPTIONS: KindsOf<RecordsOptions> = {
  keep: 'count',
  maxBytes: 'count',
  bodies: ['none', 'text'],
  redact: 'array',
  everyMs: 'delay',
};

function withBody(
  type: Told['event']['type'],
  value: unknown,
  redaction: Redaction,
): ((record: NetworkRecord) => NetworkRecord) | undefined {
  if (type !== 'sent' && type !== 'decoded') return undefined;
  const side = type === 'sent' ? 'requestBody' : 'responseBody';
  return (record) => ({ ...(record as CallRecord), [side]: redaction.body(value) });
}
