import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { splitLines } from '../../src/sockets.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';
import { anyCharacter } from '../../tests/support/any-character.js';

describe('splitLines', () => {
  obeysTheLaws(() => splitLines(), {
    values: { a: 'a\n', b: 'b\n', c: 'c\n' },
    results: { a: 'a', b: 'b', c: 'c' },
  });

  it(
    'puts together what was cut anywhere',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  --a--b--c-|   ', { a: 'he', b: 'llo\nwor', c: 'ld' });
      const expected = '     -----d----(e|)';

      const result = source.pipe(splitLines());

      expectObservable(result).toBe(expected, { d: 'hello', e: 'world' });
    }),
  );

  it('finds the same lines wherever the bytes are cut', async () => {
    const line = fc.string({ unit: anyCharacter }).map((text) => text.replace(/[\r\n]/g, '·').replace(/\p{Cs}/gu, '·'));
    const text = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40)), async ([lines, end], cuts) => {
        const bytes = Buffer.from(lines.map((one) => one + end).join(''));
        const pieces: ArrayBuffer[] = [];
        let at = 0;
        for (const length of [...cuts, bytes.length]) {
          pieces.push(Uint8Array.from(bytes.subarray(at, at + length)).buffer);
          at += length;
        }

        expect(await lastValueFrom(from(pieces).pipe(splitLines(), toArray()))).toEqual(lines);
      }),
      { numRuns: 100 },
    );
  });

  it(
    'errors where a line does not end, after the lines before it',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -a-b', { a: 'abc\r\nab', b: 'cde' });
      const error = new NetworkError('a line is longer than maxLineChars, 3', { code: 'too-large', phase: 'body' });

      expectObservable(source.pipe(splitLines({ maxLineChars: 3 }))).toBe('-a-#', { a: 'abc' }, error);
    }),
  );

  it(
    'counts no carriage return that is part of the end, and any other character',
    marbles(({ cold, expectObservable }) => {
      const error = new NetworkError('a line is longer than maxLineChars, 3', { code: 'too-large', phase: 'body' });
      const split = splitLines({ maxLineChars: 3 });

      expectObservable(cold('-a|', { a: 'abc\r' }).pipe(split)).toBe('--(a|)', { a: 'abc\r' });
      expectObservable(cold('-a|', { a: 'abcd\n' }).pipe(split)).toBe('-#', undefined, error);
    }),
  );

  it(
    'takes a line as long as allowed, be it of one character, and malformed bytes for U+FFFD',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-(ab)|', { a: 'a\n', b: Uint8Array.of(0xff, 0x0a).buffer });

      expectObservable(source.pipe(splitLines({ maxLineChars: 1 }))).toBe('-(ab)|', { a: 'a', b: '\ufffd' });
    }),
  );

  it('refuses a bound that is none', () => {
    expect(() => splitLines({ maxLineChars: 0 })).toThrow(
      new TypeError('splitLines: maxLineChars must be a whole number from 1; got 0'),
    );
  });

  it.each([
    [';', ['a;b', ';;c'], ['a', 'b', '', 'c']],
    ['\r', ['a\rb\r', '\nc'], ['a', 'b', '\nc']],
    ['\r\n', ['a\rb\r', '\nc\r'], ['a\rb', 'c\r']],
    ['\r\n', ['a\r', 'b'], ['a\rb']],
    ['aab', ['xaa', 'aab', 'y'], ['xaa', 'y']],
  ])('[K9.11] ends a line with %j', async (separator, pieces, expected) => {
    expect(await lastValueFrom(from(pieces).pipe(splitLines({ separator }), toArray()))).toEqual(expected);
  });

  it('[K9.11] refuses what it does not know', () => {
    expect(() => splitLines({ separator: '' })).toThrow("splitLines: separator must be at least one character; got ''");
    expect(() => splitLines({ seperator: ';' } as object)).toThrow("splitLines: Unknown option 'seperator'");
  });
});
