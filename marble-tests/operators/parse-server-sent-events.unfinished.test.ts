import { of } from 'rxjs';
import { isNetworkError } from '../../src/index.js';
import { parseServerSentEvents, type ParseServerSentEventsOptions } from '../../src/streams.js';

/** The data of the events of a text that is one piece, then how it ended. */
function outcome(text: string, options?: ParseServerSentEventsOptions): unknown[] {
  const seen: unknown[] = [];
  of(text)
    .pipe(parseServerSentEvents(options))
    .subscribe({
      next: ({ data }) => seen.push(data),
      error: (error: unknown) => seen.push(isNetworkError(error) && error.code),
      complete: () => seen.push('|'),
    });
  return seen;
}

describe('parseServerSentEvents, at the end', () => {
  it.each([
    ['data: {"a":1}\ndata: {"a":2}\n', 'data without an empty line'],
    ['data: 1', 'data without a line end'],
    ['{"a":1}\n{"a":2}\n', 'lines of JSON'],
    ['{"error":"no such model"}', 'an answer in JSON'],
    ['<html>', 'a page'],
  ])('[K9.13] errors with decode where text came and no event: %j, %s', (text) => {
    expect(outcome(text)).toEqual(['decode']);
  });

  it.each(['', ':\n\n: ping\n\n', 'retry: 3000\n\n', 'id: 4\n\n', 'event: ping\n\n', '\n\n'])(
    'completes where nothing was said: %j',
    (text) => {
      expect(outcome(text)).toEqual(['|']);
    },
  );

  it.each([
    ['data: 1\n\ndata: 2', 'drop', ['1', '|']],
    ['data: 1\n\ndata: 2', 'emit', ['1', '2', '|']],
    ['data: 1\n\ndata: 2\n', 'emit', ['1', '2', '|']],
    ['data: 1\n\ndata: 2', 'error', ['1', 'decode']],
    ['data: 1\n\n', 'error', ['1', '|']],
    ['data: 1\n\nda', 'error', ['1', 'decode']],
    ['data: 1\n\nevent: en', 'error', ['1', 'decode']],
    ['data: 1\n\nevent: end\n', 'error', ['1', 'decode']],
    ['data: 1\n\nid: 2\n', 'error', ['1', 'decode']],
    ['data: 1\n\n\uFEFFdata: 2', 'error', ['1', 'decode']],
    ['event: ping\n\n', 'error', ['|']],
    ['data: 1\n\n: bye', 'error', ['1', '|']],
    ['data: 1\n\nretry: 3000\n: bye\n', 'error', ['1', '|']],
    ['data: 1', 'emit', ['1', '|']],
    ['data: 1\n\nid: 2', 'emit', ['1', '|']],
  ] as const)('[K9.13] leaves the last piece to the caller: %j, %s', (text, unfinished, expected) => {
    expect(outcome(text, { unfinished })).toEqual(expected);
  });

  it('refuses what it does not know', () => {
    expect(() => parseServerSentEvents({ atEnd: 'emit' } as object)).toThrow("Unknown option 'atEnd'");
    expect(() => parseServerSentEvents({ unfinished: 'keep' as never })).toThrow(
      'unfinished must be one of drop, emit, error',
    );
  });
});
