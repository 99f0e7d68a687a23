import { concat, concatMap, defer, type Observable } from 'rxjs';
import { NetworkError } from '../platform/network-error.js';
import { utf8 } from '../platform/utf8.js';

/** The rare settings of {@link splitLines}. */
export interface SplitLinesOptions {
  /** How much of an unfinished line is kept, in UTF-16 units. @defaultValue `1_048_576` */
  readonly maxLineChars?: number | undefined;
}

/**
 * Puts bytes or text that come cut anywhere, as from a TCP socket, together into lines.
 *
 * ```text
 * source  --a--b--c-|        a: 'he', b: 'llo\nwor', c: 'ld'
 * result  -----d----(e|)     d: 'hello', e: 'world'
 * ```
 *
 * A line ends with `\n` or `\r\n`, which are not part of it; what follows the last one is a line when the source completes,
 * unless it is empty. Bytes are read as UTF-8, which may be cut within a character; for another charset put `decodeText` before it.
 *
 * @example
 * ```ts
 * tcpSocket$({ address: '192.168.1.20', port: 9000 })
 *   .pipe(switchMap(({ messages$ }) => messages$.pipe(splitLines())))
 *   .subscribe((line) => page.setData({ line }));
 * ```
 *
 * @throws RangeError when `maxLineChars` is not a whole number from 1.
 * @returns An operator whose streams error with `too-large` where a line does not end.
 */
export function splitLines({ maxLineChars = 1_048_576 }: SplitLinesOptions = {}): (
  source: Observable<ArrayBuffer | string>,
) => Observable<string> {
  if (!(Number.isInteger(maxLineChars) && maxLineChars >= 1)) {
    throw new RangeError(`splitLines: maxLineChars must be a whole number from 1; got ${maxLineChars}`);
  }
  return (source) =>
    defer(() => {
      const { write, end } = createSplitter(maxLineChars);
      return concat(source.pipe(concatMap(write)), defer(end));
    });
}

function createSplitter(maxLineChars: number) {
  const decoder = utf8.create('utf-8', { fatal: false });
  let line = '';

  function extend(text: string): void {
    line += text;
    // A carriage return may turn out to be part of the end.
    if (line.length <= maxLineChars + (line.endsWith('\r') ? 1 : 0)) return;
    throw new NetworkError(`a line is longer than maxLineChars, ${maxLineChars}`, { code: 'too-large', phase: 'body' });
  }

  function take(): string {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    line = '';
    return text;
  }

  function* write(piece: ArrayBuffer | string): Iterable<string> {
    const text = typeof piece === 'string' ? piece : decoder.write(new Uint8Array(piece));
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      extend(text.slice(start, end));
      start = end + 1;
      yield take();
    }
    extend(text.slice(start));
  }

  function* end(): Iterable<string> {
    extend(decoder.end());
    if (line !== '') yield line;
  }

  return { write, end };
}
