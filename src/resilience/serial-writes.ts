import { EMPTY, Subject, type Observable } from 'rxjs';

/** Text, or `undefined` for what is to be removed. */
export type Text = string | undefined;

/** The writes of one key: the one that runs, and the one that comes after it. */
interface Line {
  /** What is on the device. */
  stored: Text;
  running: boolean;
  waiting$?: Subject<never> | undefined;
}

/** The values of a store, and what is on its way to the device. */
export interface SerialWrites {
  /** What is on the device, or will be when all has gone well. Not to be changed from outside. */
  readonly texts: ReadonlyMap<string, string>;
  /** Notes what is on the device already, or will be. */
  keep(key: string, text: Text): void;
  /**
   * Writes at once; what is said while a write of the same key runs is one write after it, of the last that was said. Completes
   * when it is on the device.
   */
  put(key: string, text: Text): Observable<never>;
  /** How many keys are being written. */
  readonly pending: number;
}

/**
 * Makes one write of a key at a time, so that the last one said is the last one done. A write that fails is forgotten: what is
 * read afterwards is what the device has.
 *
 * @param write - Makes the write; completes or errors.
 * @param changed - Told how the newest text of a key changes.
 */
export function serialWrites(
  write: (key: string, text: Text) => Observable<unknown>,
  changed: (key: string, before: Text, after: Text) => void,
): SerialWrites {
  const texts = new Map<string, string>();
  const lines = new Map<string, Line>();

  const keep = (key: string, text: Text) => {
    changed(key, texts.get(key), text);
    if (text === undefined) texts.delete(key);
    else texts.set(key, text);
  };

  const begin = (line: Line, key: string) => {
    const told$ = line.waiting$;
    if (line.running) return;
    if (!told$) {
      lines.delete(key);
      return;
    }
    const text = texts.get(key);
    line.running = true;
    line.waiting$ = undefined;
    const settle = (stored: Text) => {
      line.stored = stored;
      line.running = false;
      begin(line, key);
    };
    write(key, text).subscribe({
      complete() {
        settle(text);
        told$.complete();
      },
      error(error: unknown) {
        // Where something waits behind it, that is what counts.
        if (!line.waiting$) keep(key, line.stored);
        settle(line.stored);
        told$.error(error);
      },
    });
  };

  return {
    texts,
    keep,
    put(key, text) {
      const before = texts.get(key);
      let line = lines.get(key);
      if (!line) {
        if (before === text && text !== undefined) return EMPTY;
        lines.set(key, (line = { stored: before, running: false }));
      }
      keep(key, text);
      const told$ = (line.waiting$ ??= new Subject());
      begin(line, key);
      return told$;
    },
    get pending() {
      return lines.size;
    },
  };
}
