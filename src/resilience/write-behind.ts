import { EMPTY, Subject, type Observable } from 'rxjs';

/** Text, or `undefined` for what is to be removed. */
export type Text = string | undefined;

interface Write {
  text: Text;
  readonly told$: Subject<never>;
}

/** The values of a store, and what is on its way to the device. */
export interface WriteBehind {
  /** What is on the device, or will be when all has gone well. */
  newest(key: string): Text;
  keys(): Iterable<string>;
  /** Notes what is on the device already. */
  found(key: string, text: string): void;
  /** Has it written. Completes when it is; of writes that wait for the same key only the last one is made. */
  put(key: string, text: Text): Observable<never>;
  /** How many keys have not been written yet. */
  readonly pending: number;
  /** Begins all that waits. */
  drain(): void;
}

/**
 * Writes each key behind the caller, one write of a key at a time, so that the last one said is the last one done. A write
 * that fails is forgotten: what is read afterwards is what the device has.
 *
 * @param write - Makes the write; completes or errors.
 * @param soon - Asked to call `drain` soon.
 * @param changed - Told how the newest text of a key changes.
 */
export function writeBehind(
  write: (key: string, text: Text) => Observable<unknown>,
  soon: () => void,
  changed: (key: string, before: Text, after: Text) => void,
): WriteBehind {
  const stored = new Map<string, string>();
  const waiting = new Map<string, Write>();
  const running = new Map<string, Write>();

  const newest = (key: string): Text => {
    const write = waiting.get(key) ?? running.get(key);
    return write ? write.text : stored.get(key);
  };

  const keep = (key: string, text: Text) => {
    if (text === undefined) stored.delete(key);
    else stored.set(key, text);
  };

  const begin = (key: string, next: Write) => {
    const { text, told$ } = next;
    waiting.delete(key);
    running.set(key, next);
    const settled = () => {
      running.delete(key);
      const behind = waiting.get(key);
      if (behind) begin(key, behind);
    };
    write(key, text).subscribe({
      complete() {
        keep(key, text);
        settled();
        told$.complete();
      },
      error(error: unknown) {
        // Where something waits behind it, that is what counts.
        if (!waiting.has(key)) changed(key, text, stored.get(key));
        settled();
        told$.error(error);
      },
    });
  };

  return {
    newest,
    keys: () => new Set([...stored.keys(), ...running.keys(), ...waiting.keys()]),
    found(key, text) {
      changed(key, stored.get(key), text);
      keep(key, text);
    },
    put(key, text) {
      const before = newest(key);
      const underWay = waiting.get(key) ?? running.get(key);
      if (!underWay && before === text && text !== undefined) return EMPTY;
      changed(key, before, text);
      let next = waiting.get(key);
      if (next) next.text = text;
      else waiting.set(key, (next = { text, told$: new Subject() }));
      soon();
      return next.told$;
    },
    get pending() {
      return new Set([...running.keys(), ...waiting.keys()]).size;
    },
    drain() {
      for (const [key, next] of [...waiting]) if (!running.has(key)) begin(key, next);
    },
  };
}
