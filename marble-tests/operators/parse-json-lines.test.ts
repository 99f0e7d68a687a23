import fc from 'fast-check';
import { from, of, Subject, type Observable } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { parseJsonLines, type ParseJsonLinesOptions } from '../../src/streams.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';

describe('parseJsonLines', () => {
  obeysTheLaws(() => parseJsonLines<string>(), {
    values: { a: '"a"\n', b: '"b"\n', c: '"c"\n' },
    results: { a: 'a', b: 'b', c: 'c' },
  });

  it(
    'emits the value of a line with its end, and the last with the end of all',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a--b--c-|   ', { a: '{"n":', b: '1}\n', c: '2' });
      const subs = '       ^---------!   ';
      const expected = '   -----d----(e|)';

      const result = source.pipe(parseJsonLines());

      expectObservable(result).toBe(expected, { d: { n: 1 }, e: 2 });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it.each<[string, string[], unknown[]]>([
    ['takes every kind of value', ['1\n"a"\nnull\n[1]\n{"a":{}}\ntrue\n'], [1, 'a', null, [1], { a: {} }, true]],
    ['takes CRLF too', ['1\r\n2\r', '\n3\r\n'], [1, 2, 3]],
    ['skips empty lines', ['\n\r\n \t\n1\n\n'], [1]],
    ['leaves other line separators to JSON', ['"a\u2028b\u0085"\n'], ['a\u2028b\u0085']],
    ['emits nothing of nothing', [], []],
  ])('%s', (_title, pieces, expected) => {
    expect(valuesOf(from(pieces))).toEqual(expected);
  });

  it('reads any values from any pieces', () => {
    const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), cuts, fc.boolean(), (values, at, ended) => {
        const lines = values.map((value) => JSON.stringify(value)).join('\n');
        const text = ended && values.length > 0 ? `${lines}\n` : lines;
        const borders = [0, ...at.map((border) => Math.min(border, text.length)).sort((a, b) => a - b), text.length];
        const pieces = borders.slice(1).map((end, index) => text.slice(borders[index], end));

        expect(valuesOf(from(pieces))).toEqual(values.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['in the middle', ['1\n\n{"a"', ':}\n2\n'], 3],
    ['unfinished at the end', ['1\n{"a"'], 2],
  ])('makes a line that is not JSON an error, after the values before it: %s', (_where, pieces, line) => {
    const seen: unknown[] = [];
    from(pieces)
      .pipe(parseJsonLines())
      .subscribe({ next: (value) => seen.push(value), error: (error) => seen.push(error) });

    // Spread, since two errors are equal for Jest when their messages are.
    expect([seen[0], { ...(seen[1] as NetworkError) }]).toEqual([
      1,
      { ...new NetworkError(`line ${line} is not JSON; see the cause`, { code: 'decode', phase: 'body' }) },
    ]);
    expect((seen[1] as NetworkError).cause).toBeInstanceOf(SyntaxError);
  });

  it.each([
    ['without an end', ['1\n', '"234', '567', '89']],
    ['that is whole', ['1\n', '"23456789"\n']],
  ])('makes a line that is too long an error: %s', (_what, pieces) => {
    const seen: unknown[] = [];
    from(pieces)
      .pipe(parseJsonLines({ maxLineChars: 8 }))
      .subscribe({ next: (value) => seen.push(value), error: (error) => seen.push(error) });

    expect([seen[0], { ...(seen[1] as NetworkError) }]).toEqual([
      1,
      { ...new NetworkError('line 2 is longer than maxLineChars, 8', { code: 'too-large', phase: 'body' }) },
    ]);
  });

  it('takes a line as long as allowed, be it of one character', () => {
    expect(valuesOf(of('1\n2'), { maxLineChars: 1 })).toEqual([1, 2]);
  });

  it('reads a line by a parser of the caller, for ids that a number cannot hold', () => {
    const parseJson = (line: string) => /\d{16,}/.exec(line)?.[0] ?? JSON.parse(line);
    expect(valuesOf(of('{"id":1234567890123456789}\n[1]\n'), { parseJson })).toEqual(['1234567890123456789', [1]]);
  });

  it('counts a line for itself', () => {
    expect(valuesOf(of('"234567"\n'.repeat(100)), { maxLineChars: 8 })).toHaveLength(100);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('cannot be made with maxLineChars %d', (maxLineChars) => {
    expect(() => parseJsonLines({ maxLineChars })).toThrow(
      new TypeError(`parseJsonLines: maxLineChars must be a whole number from 1; got ${maxLineChars}`),
    );
  });

  it('takes its turn when a consumer makes the next piece come', () => {
    const pieces$ = new Subject<string>();
    const seen: unknown[] = [];
    pieces$.pipe(parseJsonLines()).subscribe((value) => {
      seen.push(value);
      if (value === 1) pieces$.next('3\n');
    });
    pieces$.next('1\n2\n4');

    expect(seen).toEqual([1, 2, 43]);
  });
});

function valuesOf(source: Observable<string>, options?: ParseJsonLinesOptions): unknown[] {
  const values: unknown[] = [];
  source.pipe(parseJsonLines(options)).subscribe((value) => values.push(value));
  return values;
}
