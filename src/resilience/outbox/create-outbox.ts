import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  finalize,
  map,
  mergeMap,
  of,
  retry,
  shareReplay,
  startWith,
  Subscription,
  switchMap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import type { Network } from '../../network/create-network.js';
import { internalsOf } from '../../network/internals.js';
import type { WxKeptFilesPort } from '../../platform/wx-kept-files.js';
import { lasting$ } from '../lasting.js';
import { createStore } from '../store.js';
import { keptEntries, type Entry } from './kept-entries.js';
import { keptFiles } from './kept-files.js';
import { readItem, restored, type OutboxItem, type StoredItem } from './outbox-item.js';
import { settingsOfOutbox, type Outbox, type OutboxOptions } from './outbox-options.js';
import { keptRequest, type KeptRequest } from './outbox-request.js';
import { outboxTurns } from './outbox-turns.js';

/** How long until what could not be read is read again, in milliseconds. */
const READ_AGAIN_MS = 10_000;

/**
 * Makes an outbox: calls that change something, kept on the device until the server has answered them, although the network
 * goes, and the app is killed.
 *
 * ```text
 * put    a-b|               told when it is on the device
 * app      x---restart      killed while a was on its way
 * wire   a-----a-b          again, with the same Idempotency-Key, and in order
 * ```
 *
 * - An item is written before `put` tells, and removed after the answer came. In between it may be sent more than once, always
 *   with its `Idempotency-Key`: the server must do once what it gets twice.
 * - Items of one lane are sent one after the other. What the server refuses with a 4xx is parked, and does not hold up the rest;
 *   a 401 stops its lane until `resume()`; what may pass, such as a 503 or a lost network, is tried again for as long as
 *   it takes, after random waits of up to a minute and from the retry budget of the network.
 * - In the background, and without a network, nothing is sent.
 *
 * It begins to send as soon as it is made. Make it once, when the app starts.
 *
 * @example
 * ```ts
 * const outbox = createOutbox(network, { name: 'likes', owner: () => user.id });
 * outbox.put({ url: '/likes', data: { post: 7 } }).subscribe({ next: showHeart, error: showFull });
 * outbox.items$.subscribe((items) => page.setData({ waiting: items.length }));
 * ```
 *
 * @throws TypeError when an option is not what it should be, there is an outbox of that name already, or `wx` cannot list its
 * keys, as in a plugin.
 */
export function createOutbox(network: Network, options: OutboxOptions): Outbox {
  const settings = settingsOfOutbox(options);
  const { name, maxItems, maxBytes, owner, random } = settings;
  const internals = internalsOf(network);
  const { scheduler } = internals;
  const store = createStore<StoredItem>(network, { name: `outbox.${name}`, maxItems, maxBytes, read: readItem });
  const files = keptFiles(network.wx as unknown as Partial<WxKeptFilesPort>, name);
  const entries = keptEntries(store, files);
  const turns = outboxTurns(network, entries, settings);
  let last = 0;

  const load = (all: ReadonlyMap<string, StoredItem>) => {
    for (const id of [...all.keys()].sort()) {
      // Of an id that is none of ours, no order follows.
      if (/^0[\da-z]{8}-/.test(id)) last = Math.max(last, parseInt(id, 36));
      entries.all.set(id, { item: restored(id, all.get(id) as StoredItem), written: true, busy: undefined });
    }
    files.sweep(() => new Set([...entries.all.values()].map(({ item }) => item.request.filePath))).subscribe();
    turns.goOnSoon();
  };
  /** Once all has been read; errors where it cannot be, and whoever comes next has it tried again. */
  const ready$ = store.entries().pipe(map(load), shareReplay({ bufferSize: 1, refCount: false }));
  const loaded$ = ready$.pipe(retry({ delay: () => timer(READ_AGAIN_MS, scheduler) }));

  // 144 random bits a key: two phones must never make the same one.
  const randomText = () => Math.floor(random() * 2 ** 48).toString(36);

  const enter = ({ lane, request: kept }: KeptRequest, whose: string): Observable<OutboxItem> => {
    const id = `${`000000000${(++last).toString(36)}`.slice(-9)}-${randomText()}`;
    const { idempotencyKey = `${name}-${id}${randomText()}${randomText()}`, filePath } = kept;
    const place = filePath === undefined ? undefined : files.placeOf(id, filePath);
    const request = { ...kept, idempotencyKey, ...(place !== undefined && { filePath: place }) };
    const at = scheduler.now();
    const item: OutboxItem = { id, state: 'waiting', lane, request, owner: whose, at, failures: 0, sent: false };
    // In its place before it is written: what is put later cannot overtake it.
    const entry: Entry = { item, written: false, busy: new Subscription() };
    entries.all.set(id, entry);
    return concat(
      place === undefined ? EMPTY : files.keep(filePath as string, place),
      entries.write(entry),
      defer(() => {
        entry.written = true;
        entries.changed$.next();
        turns.release(entry);
        return of(item);
      }),
    ).pipe(
      catchError((error: unknown) => {
        entries.all.delete(id);
        turns.goOnSoon();
        const dropped$ = place === undefined ? EMPTY : files.drop(place);
        return concat(
          dropped$,
          throwError(() => error),
        );
      }),
    );
  };

  const ofOwner = (): OutboxItem[] => {
    const items: OutboxItem[] = [];
    for (const { item, written } of entries.all.values()) {
      if (written && item.state !== 'done' && item.owner === turns.owner) items.push(item);
    }
    return items;
  };
  const waits = ({ state }: OutboxItem) => state !== 'parked';
  const items$ = loaded$.pipe(
    switchMap(() => entries.changed$.pipe(startWith(undefined))),
    map(ofOwner),
  );

  /** Does something with an item that is there, and not over. */
  const withItem = (id: string, work: (entry: Entry) => Observable<never>): Observable<never> =>
    lasting$(() =>
      ready$.pipe(
        mergeMap(() => {
          const entry = entries.all.get(id);
          return entry?.written && entry.item.state !== 'done' ? work(entry) : EMPTY;
        }),
      ),
    );

  loaded$.subscribe();

  return {
    put: (request) =>
      lasting$(() => {
        const kept = keptRequest(internals, request);
        const whose = owner();
        return ready$.pipe(mergeMap(() => enter(kept, whose)));
      }),
    items$,
    results$: turns.results$.asObservable(),
    idle$: items$.pipe(
      map((items) => !items.some(waits)),
      distinctUntilChanged(),
    ),
    retry: (id) =>
      withItem(id, (entry) => {
        const { item } = entry;
        if (item.state === 'sending') return EMPTY;
        entries.change(entry, { state: 'waiting', problem: undefined, failures: 0, at: scheduler.now() });
        turns.release(entry);
        turns.resume(item.lane);
        return item.state === 'parked' ? entries.write(entry) : EMPTY;
      }),
    discard: (id) =>
      withItem(id, (entry) => {
        entry.busy?.unsubscribe();
        entry.busy = new Subscription();
        entries.change(entry, { state: 'done' });
        return entries.forget(entry).pipe(
          catchError((error: unknown) => {
            entries.change(entry, { state: 'waiting' });
            turns.release(entry);
            return throwError(() => error);
          }),
          // What stands behind it goes on.
          finalize(() => turns.goOnSoon()),
        );
      }),
    resume: () => turns.resume(),
    snapshot() {
      const all = [...entries.all.values()].filter(({ item, written }) => written && item.state !== 'done');
      const mine = all.filter(({ item }) => item.owner === turns.owner);
      const waiting = mine.filter(({ item }) => waits(item)).length;
      const parked = mine.length - waiting;
      return { waiting, parked, sleeping: all.length - mine.length, dropped: store.snapshot().dropped };
    },
  };
}
