import { catchError, concat, defer, EMPTY, Subject, Subscription, type Observable } from 'rxjs';
import type { Store } from '../store.js';
import type { KeptFiles } from './kept-files.js';
import { stored, type OutboxItem, type StoredItem } from './outbox-item.js';

/** An item, and what is being done with it. */
export interface Entry {
  item: OutboxItem;
  /** Whether it is on the device, so that it may be told of. */
  written: boolean;
  /** While it is written, sent, removed, or waits to be tried again. */
  busy: Subscription | undefined;
}

/** The items of an outbox, in memory and on the device. */
export interface KeptEntries {
  /** In the order in which they were put. */
  readonly all: Map<string, Entry>;
  readonly changed$: Subject<void>;
  change(entry: Entry, changes: Partial<OutboxItem>): void;
  /** Writes an entry as it is when this is subscribed to. */
  write(entry: Entry): Observable<never>;
  /** The same where a failure changes nothing. */
  writeIfPossible(entry: Entry): Observable<never>;
  /** Takes an entry from the device, then from memory: a kill between the two has it sent again, with the same key. */
  forget(entry: Entry): Observable<never>;
}

export function keptEntries(store: Store<StoredItem>, files: KeptFiles): KeptEntries {
  const all = new Map<string, Entry>();
  const changed$ = new Subject<void>();
  const write = (entry: Entry) => defer(() => store.set(entry.item.id, stored(entry.item)));

  return {
    all,
    changed$,
    change(entry, changes) {
      entry.item = { ...entry.item, ...changes };
      changed$.next();
    },
    write,
    writeIfPossible: (entry) => write(entry).pipe(catchError(() => EMPTY)),
    forget: ({ item: { id, request } }) =>
      concat(
        store.remove(id),
        defer(() => {
          all.delete(id);
          changed$.next();
          return request.filePath === undefined ? EMPTY : files.drop(request.filePath);
        }),
      ),
  };
}

/** Does something with an entry, and nothing else meanwhile. */
export function occupy<T>(entry: Entry, work$: Observable<T>, next: (value: T) => void): void {
  entry.busy?.unsubscribe();
  // There before it begins: what is over at once may be followed by something else.
  const busy = (entry.busy = new Subscription());
  busy.add(work$.subscribe(next));
}
