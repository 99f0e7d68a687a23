import {
  catchError,
  EMPTY,
  endWith,
  ignoreElements,
  map,
  merge,
  mergeMap,
  of,
  shareReplay,
  throwError,
  type Observable,
} from 'rxjs';
import type { Network } from '../network/create-network.js';
import { checkOptions } from '../platform/check-options.js';
import { NetworkError } from '../platform/network-error.js';
import { lasting$ } from './lasting.js';
import { serialWrites, type Text } from './serial-writes.js';
import { storageCall$ } from './storage-calls.js';
import { storagePort } from './storage-port.js';
import { storedData$ } from './stored-data.js';
import { storedKeys } from './stored-key.js';
import { textOf, utf8Length } from './stored-text.js';

/** How a store is made. */
export interface StoreOptions<Value> {
  /** Its name, of letters, digits, `.`, `_` and `-`: one store a name. */
  readonly name: string;
  /** A whole number from 1. Values of a lower one are dropped; those of a higher one, of a newer app, are left alone. @defaultValue `1` */
  readonly version?: number | undefined;
  /**
   * Makes a value of what was read, which an older app may have written; `undefined` drops it, and so does whatever it throws.
   *
   * @defaultValue what was read
   */
  readonly read?: ((stored: unknown) => Value | undefined) | undefined;
  /** How many values there may be. @defaultValue `1000` */
  readonly maxItems?: number | undefined;
  /** How many bytes keys and values may have together; the platform gives the whole app 10 MB. @defaultValue `1048576` (1 MB) */
  readonly maxBytes?: number | undefined;
  /** Whether the platform encrypts. It then has room for 0.7 MB a value and 7.1 MB an app. @defaultValue `false` */
  readonly encrypt?: boolean | undefined;
}

/** What a store has at one moment. */
export interface StoreState {
  readonly items: number;
  readonly bytes: number;
  /** How many keys are being written. */
  readonly pending: number;
  /** How many values were dropped: of an older version, and, when they were asked for, broken or foreign ones. */
  readonly dropped: number;
}

/** Values on the device, each under a key of its own. Nothing is read or written before `subscribe`; each does it once more. */
export interface Store<Value> {
  /** The value, or `undefined`; another object each time. */
  get(key: string): Observable<Value | undefined>;
  /** All values, in no order. */
  entries(): Observable<ReadonlyMap<string, Value>>;
  /** Writes a value. It emits nothing and completes once the value is on the device; who leaves earlier does not undo it. */
  set(key: string, value: Value): Observable<never>;
  /** Removes a value, in the same way. */
  remove(key: string): Observable<never>;
  /** Removes all, also where what is stored cannot be read. */
  clear(): Observable<never>;
  /** What is known of it now; nothing before the first use. */
  snapshot(): StoreState;
}

/**
 * Makes a place for values that outlive the app: JSON, under `wx.setStorage`, a key each.
 *
 * ```text
 * set(k, 1)   -|              told when it is on the device
 * set(k, 2)   --(   |)        said while 1 was being written
 * set(k, 3)   --(   |)        one write for both
 * ```
 *
 * - A write is atomic by itself; among keys nothing is promised. It begins at once, since the thread of a hidden app stops five
 *   seconds later; what is said while a write of the same key runs is one write after it.
 * - A write that fails is told to who made it, and what is read then is what the device has: nothing is kept in memory only.
 * - Everything is read once, at the first use, by one call from base library 2.25.0 on, and never by a `Sync` call, which would
 *   hold the start of the app.
 * - The platform may take everything away, and has a storage for each user and each device.
 *
 * @example
 * ```ts
 * const drafts = createStore<Draft>(network, { name: 'drafts' });
 * drafts.set('post 7', { text: 'half a sentence' }).subscribe({
 *   error: (error) => toast(isNetworkError(error, 'storage-full') ? '存储空间已满' : '保存失败'),
 * });
 * ```
 *
 * @throws TypeError when an option is not what it should be, there is a store of that name already, or `wx` cannot list its
 * keys, as in a plugin.
 * @returns A store whose streams error with `storage-full` where there is no room, with `storage` where the platform fails, and
 * with `invalid-argument` for a value that has no JSON.
 */
export function createStore<Value>(network: Network, options: StoreOptions<Value>): Store<Value> {
  checkOptions('createStore', options, {
    name: 'string',
    version: 'count',
    read: 'function',
    maxItems: 'count',
    maxBytes: 'count',
    encrypt: 'boolean',
  });
  const { name, version = 1, maxItems = 1_000, maxBytes = 1_048_576, encrypt = false } = options;
  const { read = (stored: unknown) => stored as Value } = options;
  const port = storagePort(network, name);
  const keys = storedKeys(name, version);
  const encrypted = encrypt && ({ encrypt } as const);
  let [bytes, dropped] = [0, 0];

  const sizeOf = (key: string, text: Text) => (text === undefined ? 0 : utf8Length(keys.full(key)) + utf8Length(text));
  const values = serialWrites(
    (key, data) =>
      data === undefined
        ? storageCall$(port, 'removeStorage', { key: keys.full(key) })
        : storageCall$(port, 'setStorage', { key: keys.full(key), data, ...encrypted }),
    (key, before, after) => (bytes += sizeOf(key, after) - sizeOf(key, before)),
  );
  const { texts } = values;

  /** What is broken or foreign is dropped when it is asked for: few who open a store ask for all that is in it. */
  const valueOf = (key: string): Value | undefined => {
    const text = texts.get(key);
    if (text === undefined) return undefined;
    try {
      const value = read(JSON.parse(text));
      if (value !== undefined) return value;
    } catch {
      // As one that `read` does not want.
    }
    dropped++;
    // Where it cannot be removed it is dropped again the next time.
    put(key, undefined).subscribe({ error: () => undefined });
    return undefined;
  };

  const removeOld = (full: string) => {
    dropped++;
    return storageCall$(port, 'removeStorage', { key: full }).pipe(catchError(() => EMPTY));
  };

  /** Emits once all has been read. Where that failed, whoever comes next has it tried again. */
  const ready$ = storageCall$(port, 'getStorageInfo', {}).pipe(
    mergeMap(({ keys: fulls }) =>
      merge(
        ...fulls.filter(keys.isOld).map(removeOld),
        storedData$(port, fulls.filter(keys.own), encrypted, (full, data) =>
          // Our own are text; of others this is no JSON.
          values.keep(keys.own(full), typeof data === 'string' ? data : ''),
        ),
      ),
    ),
    ignoreElements(),
    endWith(true as const),
    shareReplay({ bufferSize: 1, refCount: false }),
  );

  const put = (key: string, text: Text): Observable<never> => {
    const before = texts.get(key);
    if (text !== undefined) {
      const full =
        texts.size + (before === undefined ? 1 : 0) > maxItems
          ? `maxItems, ${maxItems}`
          : bytes + sizeOf(key, text) - sizeOf(key, before) > maxBytes && `maxBytes, ${maxBytes}`;
      if (full) {
        const what = `the store ${name} has room for ${full}; remove something first`;
        return throwError(() => new NetworkError(what, { code: 'storage-full', phase: 'check', api: 'setStorage' }));
      }
    }
    return values.put(key, text);
  };

  return {
    get: (key) => ready$.pipe(map(() => valueOf(key))),
    entries: () =>
      ready$.pipe(
        map(() => {
          const all = new Map<string, Value>();
          for (const key of [...texts.keys()]) {
            const value = valueOf(key);
            if (value !== undefined) all.set(key, value);
          }
          return all;
        }),
      ),
    set: (key, value) =>
      lasting$(() => {
        const text = textOf(key, value);
        return ready$.pipe(mergeMap(() => put(key, text)));
      }),
    remove: (key) => lasting$(() => ready$.pipe(mergeMap(() => put(key, undefined)))),
    clear: () =>
      lasting$(() =>
        ready$.pipe(
          catchError(() => of(true)),
          mergeMap(() => storageCall$(port, 'getStorageInfo', {})),
          mergeMap((info) => {
            const all = new Set(texts.keys());
            for (const key of info.keys.map(keys.own)) if (key) all.add(key);
            return merge(...[...all].map((key) => put(key, undefined)));
          }),
        ),
      ),
    snapshot: () => ({ items: texts.size, bytes, pending: values.pending, dropped }),
  };
}
