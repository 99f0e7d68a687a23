import { from, of, type Observable } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { parseServerSentEvents, type ParseServerSentEventsOptions, type ServerSentEvent } from '../../src/streams.js';

describe('parseServerSentEvents', () => {
  describe('bounds', () => {
    const tooLong = (max: number) =>
      new NetworkError(
        `an event is longer than maxEventChars, ${max}; is the answer a text/event-stream, as its Content-Type says?`,
        { code: 'too-large', phase: 'body' },
      );

    it('takes the least bound there is, and names the phase of its error', () => {
      const failures: object[] = [];
      const told = { error: (error: NetworkError) => failures.push({ ...error }) };
      of('\n:\n', '\n')
        .pipe(parseServerSentEvents({ maxEventChars: 1 }))
        .subscribe(told);
      expect(failures).toEqual([]);

      of('::')
        .pipe(parseServerSentEvents({ maxEventChars: 1 }))
        .subscribe(told);
      // Spread, since two errors are equal for Jest when their messages are.
      expect(failures).toEqual([{ ...tooLong(1) }]);
    });

    it.each([
      ['a line without an end', ['data: 1\n\n', 'x'.repeat(6), 'x'.repeat(5)]],
      ['a line that is whole', ['data: 1\n\n', `data: ${'x'.repeat(5)}\n\n`]],
      ['data of many lines', ['data: 1\n\n', 'data: x\n'.repeat(5)]],
      ['a comment without an end', ['data: 1\n\n:', 'x'.repeat(10)]],
    ])('makes %s an error, after the events before it', (_what, pieces) => {
      const seen: unknown[] = [];
      from(pieces)
        .pipe(parseServerSentEvents({ maxEventChars: 10 }))
        .subscribe({ next: ({ data }) => seen.push(data), error: (error) => seen.push(error) });

      expect(seen).toEqual(['1', tooLong(10)]);
    });

    it('counts an event for itself', () => {
      expect(eventsOf(of('data: 1234\n\n'.repeat(100)), { maxEventChars: 10 })).toHaveLength(100);
    });

    it('stops an endless line when it has a mebichar of it, by default', () => {
      let pieces = 0;
      const endless = function* () {
        for (;;) {
          pieces++;
          yield 'x'.repeat(1024);
        }
      };
      let failure: unknown;
      from(endless())
        .pipe(parseServerSentEvents())
        .subscribe({ error: (error) => (failure = error) });

      expect(failure).toEqual(tooLong(1_048_576));
      expect(pieces).toBe(1025);
    });

    it.each([0, -1, 1.5, NaN, Infinity])('cannot be made with maxEventChars %d', (maxEventChars) => {
      expect(() => parseServerSentEvents({ maxEventChars })).toThrow(
        new TypeError(`parseServerSentEvents: maxEventChars must be a whole number from 1; got ${maxEventChars}`),
      );
    });
  });
});

function eventsOf(source: Observable<string>, options?: ParseServerSentEventsOptions): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  source.pipe(parseServerSentEvents(options)).subscribe((event) => events.push(event));
  return events;
}
