import { concat, concatMap, defer, type Observable } from 'rxjs';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { NetworkError } from '../platform/network-error.js';
import { utf8 } from '../platform/utf8.js';
import { bytesOf } from './piece.js';

/** The rare settings of {@link splitLines}. */
export interface SplitLinesOptions {
  /** What ends a line, such as `'\r'` or `';'`. @defaultValue `'\n'`, with or without `'\r'` before it */
  readonly separator?: string | undefined;
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
 * A line ends with `\n` or `\r\n`, or with the `separator`, which are not part of it; what follows the last one is a line when the source completes,
 * unless it is empty. Bytes are read as UTF-8, which may be cut within a character; for another charset put `decodeText` before it.
 *
 * @example
 * ```ts
 * tcpSocket$({ address: '192.168.1.20', port: 9000 })
 *   .pipe(switchMap(({ messages$ }) => messages$.pipe(splitLines())))
 *   .subscribe((line) => page.setData({ line }));
 * ```
 *
 * @throws TypeError for an unknown option, when `maxLineChars` is not a whole number from 1, and when `separator` is not
 * a text, or empty.
 * @returns An operator whose streams error with `too-large` where a line does not end.
 */
export function splitLines(
  options: SplitLinesOptions = {},
): (source: Observable<ArrayBuffer | string>) => Observable<string> {
  checkOptions('splitLines', options, OPTION_KINDS);
  const { maxLineChars = 1_048_576, separator = '\n' } = options;
  if (separator === '') throw new TypeError("splitLines: separator must be at least one character; got ''");
  const mayHaveReturn = options.separator === undefined;
  return (source) =>
    defer(() => {
      const { write, end } = createSplitter(maxLineChars, separator, mayHaveReturn);
      return concat(source.pipe(concatMap(write)), defer(end));
    });
}

const OPTION_KINDS: KindsOf<SplitLinesOptions> = { separator: 'string', maxLineChars: 'count' };

function createSplitter(maxLineChars: number, separator: string, mayHaveReturn: boolean) {
  const decoder = utf8.create('utf-8', { fatal: false });
  let line = '';
  // Asked of each piece: to ask the line would make one text of all its pieces each time, and the work quadratic.
  let endsInReturn = false;
  // The beginning of a separator, of which the rest may come with the next piece.
  let held = '';

  function extend(text: string): void {
    if (text === '') return;
    line += text;
    endsInReturn = mayHaveReturn && text.endsWith('\r');
    // A carriage return may turn out to be part of the end.
    if (line.length <= maxLineChars + (endsInReturn ? 1 : 0)) return;
    throw new NetworkError(`a line is longer than maxLineChars, ${maxLineChars}`, { code: 'too-large', phase: 'body' });
  }

  function take(): string {
    const text = endsInReturn ? line.slice(0, -1) : line;
    line = '';
    endsInReturn = false;
    return text;
  }

  function* write(piece: ArrayBuffer | string): Iterable<string> {
    const text = held + (typeof piece === 'string' ? piece : decoder.write(bytesOf(piece, 'splitLines')));
    let start = 0;
    for (let end = text.indexOf(separator); end !== -1; end = text.indexOf(separator, start)) {
      extend(text.slice(start, end));
      start = end + separator.length;
      yield take();
    }
    held = beginningOf(separator, text.slice(start));
    extend(text.slice(start, text.length - held.length));
  }

  function* end(): Iterable<string> {
    extend(held + decoder.end());
    if (line !== '') yield line;
  }

  return { write, end };
}

/** With how much of the separator, short of all, a text ends. */
function beginningOf(separator: string, text: string): string {
  for (let length = Math.min(separator.length - 1, text.length); length > 0; length--) {
    const beginning = separator.slice(0, length);
    if (text.endsWith(beginning)) return beginning;
  }
  return '';
}
