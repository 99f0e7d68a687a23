import { concat, concatMap, defer, type Observable } from 'rxjs';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { NetworkError } from '../platform/network-error.js';
import { textOf } from './piece.js';

/** The rare settings of {@link parseJsonLines}. */
export interface ParseJsonLinesOptions {
  /** How much of an unfinished line is kept, in UTF-16 units. @defaultValue `1_048_576` */
  readonly maxLineChars?: number | undefined;
  /**
   * Makes a value of a line, in the place of `JSON.parse`: one that keeps ids of 19 digits exact, say. What it throws is a
   * `decode` error.
   *
   * @defaultValue `JSON.parse`
   */
  readonly parseJson?: ((line: string) => unknown) | undefined;
}

/**
 * Reads a JSON value from each line of text that is cut anywhere (NDJSON, JSON Lines).
 *
 * ```text
 * source  --a--b--c-|        a: '{"n":', b: '1}\n', c: '2'
 * result  -----d----(e|)     d: { n: 1 }, e: 2
 * ```
 *
 * Empty lines are skipped; the last line needs no end.
 *
 * @example
 * ```ts
 * stream$('https://api.example.com/log')
 *   .pipe(requireOk(), decodeText(), parseJsonLines<Entry>())
 *   .subscribe((entry) => page.add(entry));
 * ```
 *
 * @throws TypeError for an unknown option, and when `maxLineChars` is not a whole number from 1.
 * @returns An operator whose streams error with `decode` where a line is not JSON, after the values before it, and with
 * `too-large` where a line does not end.
 */
export function parseJsonLines<T = unknown>(
  options: ParseJsonLinesOptions = {},
): (source: Observable<string>) => Observable<T> {
  checkOptions('parseJsonLines', options, OPTIONS);
  const { maxLineChars = 1_048_576, parseJson = JSON.parse } = options;

  return (source) =>
    defer(() => {
      const parser = createParser<T>(maxLineChars, parseJson);
      return concat(source.pipe(concatMap(parser.write)), defer(parser.end));
    });
}

const OPTIONS: KindsOf<ParseJsonLinesOptions> = { maxLineChars: 'count', parseJson: 'function' };

function createParser<T>(maxLineChars: number, parseJson: (line: string) => unknown) {
  let line = '';
  let number = 1;

  function extend(text: string): void {
    line += text;
    if (line.length <= maxLineChars) return;
    throw new NetworkError(`line ${number} is longer than maxLineChars, ${maxLineChars}`, {
      code: 'too-large',
      phase: 'body',
    });
  }

  function* valueOfLine(): Iterable<T> {
    const text = line;
    line = '';
    if (!/^[ \t\r]*$/.test(text)) yield parsed(text);
    number++;
  }

  function* write(given: string): Iterable<T> {
    const piece = textOf(given, 'parseJsonLines');
    let start = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
      extend(piece.slice(start, end));
      start = end + 1;
      yield* valueOfLine();
    }
    extend(piece.slice(start));
  }

  function parsed(text: string): T {
    try {
      // One argument: a second would be taken for a reviver.
      return parseJson(text) as T;
    } catch (cause) {
      const advice = /^(?:data|event|id|retry)?:/.test(text)
        ? '; for server-sent events take parseServerSentEvents'
        : '';
      const what = `line ${number} is not JSON; see the cause${advice}`;
      throw new NetworkError(what, { code: 'decode', phase: 'body', cause });
    }
  }

  return { write, end: valueOfLine };
}
