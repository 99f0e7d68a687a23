import type { Observable } from 'rxjs';
import { checkOptions } from '../../platform/check-options.js';
import type { HttpResponse } from '../../platform/http-response.js';
import type { OutboxItem } from './outbox-item.js';
import type { OutboxRequest } from './outbox-request.js';

/** How an outbox is made. */
export interface OutboxOptions {
  /** Its name, of letters, digits, `.`, `_` and `-`: one outbox a name. */
  readonly name: string;
  /** How many lanes send at once. @defaultValue `1` */
  readonly lanes?: number | undefined;
  /** How many items there may be, those of other owners and parked ones among them. @defaultValue `200` */
  readonly maxItems?: number | undefined;
  /** How many bytes they may have together, files not counted; the platform gives the whole app 10 MB. @defaultValue `1048576` (1 MB) */
  readonly maxBytes?: number | undefined;
  /** An item that has not arrived after so many milliseconds is parked, and not sent any more; a whole number from 1, or `Infinity`. @defaultValue `604800000` (seven days) */
  readonly maxAgeMs?: number | undefined;
  /**
   * Who is logged in. An item belongs to who put it, and sleeps while somebody else is there. Call `resume()` when it has changed.
   *
   * @defaultValue `() => ''`: one for all
   */
  readonly owner?: (() => string) | undefined;
  /** From 0 to 1; tests hand in their own. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

/** An item that has arrived, and what the server answered. */
export interface OutboxResult {
  readonly item: OutboxItem;
  /** Its body is as it came where it was no JSON. */
  readonly response: HttpResponse<unknown>;
}

/** How many items an outbox has at one moment, of which kind. */
export interface OutboxState {
  /** Of the present owner: waiting or being sent. */
  readonly waiting: number;
  /** Of the present owner. */
  readonly parked: number;
  /** Of other owners. */
  readonly sleeping: number;
  /** How many were dropped when they were read, since they were no items: of another version, or broken. */
  readonly dropped: number;
}

/** Calls that are kept on the device until they have arrived. */
export interface Outbox {
  /**
   * Keeps a call, and tells when it is on the device: from then on it will be sent. Who leaves earlier does not undo it. Puts it
   * again at each subscription.
   *
   * @returns An observable of the item that errors with `storage-full` or `storage` where it could not be kept, and with
   * `invalid-argument`, `invalid-url` or `domain-not-allowed` for what could never be sent.
   */
  put(request: OutboxRequest): Observable<OutboxItem>;
  /** The items of the present owner that have not arrived, in the order in which they were put; now, and at each change. */
  readonly items$: Observable<readonly OutboxItem[]>;
  /** Each item that arrives from now on. After a kill it may be told of once more. */
  readonly results$: Observable<OutboxResult>;
  /** Whether nothing waits and nothing is being sent; what is parked does not count. */
  readonly idle$: Observable<boolean>;
  /** Sends an item now: one that is parked, or waits to be tried again. It emits nothing and completes when that is kept. */
  retry(id: string): Observable<never>;
  /** Removes an item, and aborts it if it is being sent: then nobody knows whether it has arrived. */
  discard(id: string): Observable<never>;
  /** Says that somebody has logged in, or that the owner has changed: lanes go on, and what is on its way for another is aborted. */
  resume(): void;
  /** What is known of it now. */
  snapshot(): OutboxState;
}

/** With every default. */
export type OutboxSettings = { readonly [Name in keyof Required<OutboxOptions>]: NonNullable<OutboxOptions[Name]> };

const WEEK_MS = 604_800_000;

/**
 * @throws TypeError when an option, or what `owner` gives, is not what it should be.
 */
export function settingsOfOutbox(options: OutboxOptions): OutboxSettings {
  checkOptions('createOutbox', options, {
    name: 'string',
    lanes: 'count',
    maxItems: 'count',
    maxBytes: 'count',
    maxAgeMs: 'count or Infinity',
    owner: 'function',
    random: 'function',
  });
  const { name, lanes = 1, maxItems = 200, maxBytes = 1_048_576, maxAgeMs = WEEK_MS } = options;
  const { random = Math.random } = options;
  const owner = (): string => {
    const whose: unknown = options.owner ? options.owner() : '';
    // An item of a number would not be known for one after a restart.
    if (typeof whose !== 'string') throw new TypeError(`createOutbox: owner() must be text; got ${String(whose)}`);
    return whose;
  };
  return { name, lanes, maxItems, maxBytes, maxAgeMs, owner, random };
}
