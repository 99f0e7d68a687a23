import { concat, concatMap, defer, type Observable } from 'rxjs';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { MAX_TIMER_MS } from '../platform/limits.js';
import { NetworkError } from '../platform/network-error.js';
import { textOf } from './piece.js';

/** An event of a `text/event-stream`. */
export interface ServerSentEvent extends ResumePoint {
  /** `'message'` where the server gave no name. */
  readonly type: string;
  /** Its lines, with a line feed between two. */
  readonly data: string;
}

/** Where to go on after an interruption. */
export interface ResumePoint {
  /** The last id that the server gave, for the header `Last-Event-ID`; empty where it gave none. */
  readonly lastEventId: string;
  /** How long the server wants one to wait before connecting again, in milliseconds, if it said so. */
  readonly retryMs: number | undefined;
}

/** The rare settings of {@link parseServerSentEvents}. */
export interface ParseServerSentEventsOptions {
  /** How much of an unfinished event is kept, in UTF-16 units. @defaultValue `1_048_576` */
  readonly maxEventChars?: number | undefined;
  /** What holds until the server says otherwise: where the stream that is resumed had come to. @defaultValue the beginning */
  readonly resumeFrom?: ResumePoint | undefined;
  /**
   * What becomes of an event that the stream ends in, without the empty line behind it: dropped, as the standard says; handed on,
   * for a server that leaves that line out; or a `decode` error, because the answer is not whole, wherever it was cut: a comment
   * alone, or `retry`, may stand at the end.
   *
   * @defaultValue `'drop'`
   */
  readonly unfinished?: 'drop' | 'emit' | 'error' | undefined;
  /** Gets the resume point each time it changes: a block of `id` or `retry` without data changes it, and is no event. */
  readonly onResumePoint?: ((point: ResumePoint) => void) | undefined;
}

const FIELD_OR_COMMENT = /^(?:data|event|id|retry|)(?::|$)/;

const BEGINNING: ResumePoint = { lastEventId: '', retryMs: undefined };

/**
 * Reads server-sent events from text that is cut anywhere, by the algorithm of the HTML Standard.
 *
 * ```text
 * source  --a--b--c-|      a: 'data: 1\n', b: '\ndata', c: ': 2\r\r'
 * result  -----d--e-|      d: { type: 'message', data: '1', … }, e: the same with '2'
 * ```
 *
 * An event is emitted with the line end that completes it, without waiting for more. What is unfinished at the end is
 * dropped, as the standard says, unless `unfinished` says otherwise. A stream of which nothing ever became an event, though
 * there was something in it, is an error: it is another form, such as lines of JSON. So is, behind its events, one with a line of JSON in no field: its server failed on the way. The byte order mark is `decodeText`'s business.
 *
 * @example
 * ```ts
 * stream$({ url: 'https://api.example.com/chat', method: 'POST', data: { question } })
 *   .pipe(requireOk(), decodeText(), parseServerSentEvents())
 *   .subscribe(({ data }) => page.setData({ answer: page.data.answer + data }));
 * ```
 *
 * @throws TypeError for an unknown option, when `maxEventChars` is not a whole number from 1, or `unfinished` is none of the three.
 * @returns An operator whose streams error with `too-large` where an event does not end, and with `decode` where text came and
 * no event.
 */
export function parseServerSentEvents(
  options: ParseServerSentEventsOptions = {},
): (source: Observable<string>) => Observable<ServerSentEvent> {
  checkOptions('parseServerSentEvents', options, OPTION_KINDS);
  const { maxEventChars = 1_048_576, resumeFrom = BEGINNING, unfinished = 'drop', onResumePoint } = options;
  return (source) =>
    defer(() => {
      const { write, end } = createParser(maxEventChars, resumeFrom, unfinished, onResumePoint);
      return concat(source.pipe(concatMap(write)), defer(end));
    });
}

const OPTION_KINDS: KindsOf<ParseServerSentEventsOptions> = {
  maxEventChars: 'count',
  resumeFrom: 'object',
  unfinished: ['drop', 'emit', 'error'],
  onResumePoint: 'function',
};

/** Takes the next piece, gives the events that end in it; and what is left at the end. */
function createParser(
  maxEventChars: number,
  resumeFrom: ResumePoint,
  unfinished: 'drop' | 'emit' | 'error',
  onResumePoint: ParseServerSentEventsOptions['onResumePoint'],
): { readonly write: (piece: string) => Iterable<ServerSentEvent>; readonly end: () => Iterable<ServerSentEvent> } {
  let line = '';
  let afterReturn = false;

  let type = '';
  let data: string | undefined;
  let { lastEventId, retryMs } = resumeFrom;
  let id = lastEventId;
  let hasEmitted = false;
  // A line that is no field and no comment, and that the standard ignores.
  let hasStrangeLine = false;
  let hasJson = false;

  function* write(given: string): Iterable<ServerSentEvent> {
    const piece = textOf(given, 'parseServerSentEvents');
    // The line has ended with the return already: a feed after it is the rest of that end.
    let start = afterReturn && piece.startsWith('\n') ? 1 : 0;
    if (piece !== '') afterReturn = false;

    let feedAt = piece.indexOf('\n', start);
    let returnAt = piece.indexOf('\r', start);
    while (feedAt !== -1 || returnAt !== -1) {
      const end = returnAt === -1 || (feedAt !== -1 && feedAt < returnAt) ? feedAt : returnAt;
      line += piece.slice(start, end);
      checkLength();
      start = end + 1;
      if (end === returnAt) {
        afterReturn = start === piece.length;
        if (feedAt === start) start++;
        returnAt = piece.indexOf('\r', start);
      }
      if (feedAt !== -1 && feedAt < start) feedAt = piece.indexOf('\n', start);

      const ended = line;
      line = '';
      if (ended !== '') readField(ended);
      else {
        const event = takeEvent();
        if (event) yield event;
      }
    }
    line += piece.slice(start);
    checkLength();
  }

  function* end(): Iterable<ServerSentEvent> {
    const isWithinEvent = data !== undefined || line.startsWith('data');
    const isCut = isWithinEvent || type !== '' || id !== lastEventId || (line !== '' && !line.startsWith(':'));
    if (isCut && unfinished === 'error') throw undecoded('the stream ended within an event');
    if (isWithinEvent && unfinished === 'emit') {
      if (line !== '') readField(line);
      const event = takeEvent();
      if (event) yield event;
    }
    if (hasJson || (hasEmitted && line.startsWith('{'))) {
      throw undecoded('a line of JSON stands among the events and in none: servers tell so of an error');
    }
    if (hasEmitted) return;
    if (isWithinEvent) {
      throw undecoded(
        "text came, and no empty line that ends an event; for a server that leaves them out take splitLines, or unfinished: 'emit'",
      );
    }
    if (hasStrangeLine || (line !== '' && !FIELD_OR_COMMENT.test(line))) {
      throw undecoded('text came, and nothing of it is an event; for lines of JSON take parseJsonLines');
    }
  }

  return { write, end };

  function checkLength(): void {
    if (line.length + (data === undefined ? 0 : data.length) <= maxEventChars) return;
    throw new NetworkError(
      `an event is longer than maxEventChars, ${maxEventChars}; is the answer a text/event-stream, as its Content-Type says?`,
      { code: 'too-large', phase: 'body' },
    );
  }

  function readField(text: string): void {
    const colonAt = text.indexOf(':');
    const name = colonAt === -1 ? text : text.slice(0, colonAt);
    const value = colonAt === -1 ? '' : text.slice(text.charAt(colonAt + 1) === ' ' ? colonAt + 2 : colonAt + 1);
    switch (name) {
      case 'data':
        data = data === undefined ? value : `${data}\n${value}`;
        break;
      case 'event':
        type = value;
        break;
      case 'id':
        if (!value.includes('\0')) id = value;
        break;
      case 'retry':
        if (!/^[0-9]+$/.test(value)) break;
        retryMs = Math.min(Number(value), MAX_TIMER_MS);
        onResumePoint?.({ lastEventId, retryMs });
        break;
      default:
        if (name !== '') hasStrangeLine = true;
        if (hasEmitted && text.startsWith('{')) hasJson = true;
    }
  }

  function takeEvent(): ServerSentEvent | undefined {
    if (id !== lastEventId) {
      lastEventId = id;
      onResumePoint?.({ lastEventId, retryMs });
    }
    const event = data === undefined ? undefined : { type: type || 'message', data, lastEventId, retryMs };
    type = '';
    data = undefined;
    if (event) hasEmitted = true;
    return event;
  }
}

function undecoded(what: string): NetworkError {
  return new NetworkError(what, { code: 'decode', phase: 'body' });
}
