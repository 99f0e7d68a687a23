import fc from 'fast-check';
import { from, of, Subject, type Observable } from 'rxjs';
import { gb18030 } from '../../src/charsets/gb18030.js';
import { NetworkError } from '../../src/index.js';
import { decodeText, type BytesOrEvent, type DecodeTextOptions } from '../../src/streams.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';
import { anyCharacter } from '../../tests/support/any-character.js';

const ADVICE =
  'pass a decoder for it, of rx-miniprogram/charsets: { decoders: [ … ] }; ' +
  "where there is none, or the label is wrong, say what it is, as with { charset: 'utf-8' }";

describe('decodeText', () => {
  obeysTheLaws(() => decodeText(), {
    values: { a: bytes(0x61), b: bytes(0x62), c: bytes(0x63) },
    results: { a: 'a', b: 'b', c: 'c' },
  });

  it(
    '[ENC-1] puts characters together that were cut',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const letters = { a: bytes(0xe4, 0xbd), b: bytes(0xa0, 0xe5, 0xa5), c: bytes(0xbd) };
      const source = cold('--a--b--c-|', letters);
      const subs = '       ^---------!';
      const expected = '   -----d--e-|';

      const result = source.pipe(decodeText());

      expectObservable(result).toBe(expected, { d: '你', e: '好' });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'takes the chunks of a stream of events, and drops the rest',
    marbles(({ cold, expectObservable }) => {
      const events = {
        s: { type: 'sent' },
        c: { type: 'chunk', data: bytes(0x61) },
        r: { type: 'response', data: '' },
      };
      const source = cold('s--c--c--(r|)', events);
      const expected = '   ---a--a--|';

      expectObservable(source.pipe(decodeText())).toBe(expected);
    }),
  );

  it('takes ArrayBuffer and Uint8Array, and a Uint8Array for only what it shows', () => {
    const shown = Uint8Array.of(0x61, 0x62, 0x63).subarray(1, 2);

    expect(textsOf(of(bytes(0x61), shown, Buffer.from('c'), { type: 'chunk', data: shown }))).toEqual([
      'a',
      'b',
      'c',
      'b',
    ]);
  });

  it('[ENC-1] ends with U+FFFD where the last character is unfinished', () => {
    expect(textsOf(of(bytes(0x61, 0xe4, 0xbd)))).toEqual(['a', '\ufffd']);
  });

  it('does not look again at the memory of a piece that is past', () => {
    const piece = Uint8Array.of(0xef, 0xbb);
    const again = function* () {
      yield piece;
      piece.set([0xbf, 0xe4]);
      yield piece;
      piece.set([0xbd, 0xa0]);
      yield piece;
    };

    expect(textsOf(from(again()))).toEqual(['你']);
  });

  describe('charset', () => {
    const contentType = (value: string) => ({
      type: 'headers',
      header: (name: string) => (name === 'content-type' ? value : undefined),
    });
    const zhong = bytes(0xd6, 0xd0);

    it.each<[string, BytesOrEvent[], DecodeTextOptions, string]>([
      ['the caller’s label beats all', [contentType('text/plain; charset=utf-8'), zhong], { charset: 'GB2312' }, '中'],
      [
        'a byte order mark beats Content-Type',
        [contentType('text/plain; charset=gbk'), bytes(0xef, 0xbb), bytes(0xbf, 0x61)],
        {},
        'a',
      ],
      ['Content-Type is asked next', [contentType('text/plain; charset="gb_2312-80"'), zhong], {}, '中'],
      ['UTF-8 is what remains', [contentType('text/plain'), bytes(0xe4, 0xb8, 0xad)], {}, '中'],
    ])('[ENC-1] %s', (_title, source, options, expected) => {
      expect(textsOf(from(source), { decoders: [gb18030], ...options }).join('')).toBe(expected);
    });

    it('[ENC-1] names a charset that it has no decoder for', () => {
      const what = `the stream is in gbk; ${ADVICE}`;

      // Spread, since two errors are equal for Jest when their messages are.
      expect({ ...failureOf(of(contentType('text/plain; charset=gbk'), zhong)) }).toEqual({
        ...new NetworkError(what, { code: 'decode', rule: 'ENC-1', phase: 'body' }),
      });
      expect(failureOf(of(contentType('text/plain; charset=klingon'), zhong)).message).toBe(
        `decode [ENC-1]: the stream is in klingon; ${ADVICE}`,
      );
    });

    it('[ENC-2] leaves the mark of another charset than the caller’s to its decoder', () => {
      const source = of(bytes(0xef), bytes(0xbb, 0xbf, 0x61));

      expect(textsOf(source, { charset: 'gbk', decoders: [gb18030] }).join('')).toBe('锘縜');
    });

    it.each([
      ['utf-16le', 0xff, 0xfe],
      ['utf-16be', 0xfe, 0xff],
    ])('[ENC-2] knows the mark of %s, cut too', (charset, first, second) => {
      const error = failureOf(of(bytes(first), bytes(second, 0x61)));

      expect(error.what).toBe(`the stream is in ${charset}; ${ADVICE}`);
    });

    it('[ENC-1] names the byte of malformed input with fatal, the mark counted', () => {
      const source = of(bytes(0xef, 0xbb, 0xbf, 0x61), bytes(0xff));

      expect(failureOf(source, { fatal: true })).toEqual(
        new NetworkError('the stream is malformed: not UTF-8 at byte 4', {
          code: 'decode',
          rule: 'ENC-1',
          phase: 'body',
          cause: new RangeError('not UTF-8 at byte 4'),
        }),
      );
      expect(failureOf(of(bytes(0x61, 0xe4)), { fatal: true }).what).toBe(
        'the stream is malformed: not UTF-8 at byte 2',
      );
    });

    it('cannot be made with a label that no decoder has', () => {
      expect(() => decodeText({ charset: 'klingon' })).toThrow(
        new TypeError(
          "decodeText: charset must be 'auto', or a label of the WHATWG Encoding Standard that a decoder has; got 'klingon'; pass a decoder for it, of rx-miniprogram/charsets: { decoders: [ … ] }",
        ),
      );
    });
  });

  it.each([
    ['text', 'String'],
    [[1], 'Array'],
    [undefined, 'Undefined'],
    [{ type: 'chunk', data: 'text' }, 'String'],
    [{ type: 'chunk' }, 'Undefined'],
  ])('says of %j what it takes instead', (chunk, kind) => {
    expect({ ...failureOf(of(chunk as BytesOrEvent)) }).toEqual({
      ...new NetworkError(`decodeText takes ArrayBuffer, Uint8Array or the events of stream$(); got ${kind}`, {
        code: 'invalid-argument',
        phase: 'check',
      }),
    });
  });

  it('[ENC-2] reads every text as Node does, with exactly one mark stripped, cut anywhere', () => {
    const part = fc.oneof(
      fc.string({ unit: anyCharacter }).map((text) => [...new TextEncoder().encode(text)]),
      fc.constantFrom([0xef, 0xbb, 0xbf], [0xef, 0xbb], [0xef], [0xfe], [0xbf], [0xe4, 0xbd], [0x61]),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.array(fc.nat({ max: 20 }), { maxLength: 6 }), (parts, cuts) => {
        const all = Uint8Array.from(parts.flat());
        const borders = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
        const pieces = borders.slice(1).map((end, index) => all.slice(borders[index], end));
        const texts = textsOf(from(pieces));

        expect(texts.join('')).toBe(new TextDecoder().decode(all));
        // U+DC00 to U+DFFF at the start of a piece would be half a character.
        expect(texts.filter((text) => text === '' || /^[\udc00-\udfff]/.test(text))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [[0xff, 0x61], '\ufffda'],
    [[0xfe, 0x61], '\ufffda'],
    [[0xef, 0x61], '\ufffda'],
    [[0xef, 0xbb, 0x61], '\ufffda'],
    [[0xef, 0xbb, 0xbf, 0x61], 'a'],
  ])('[ENC-2] waits no longer than for the mark that may come: %j', (head, text) => {
    const chunks$ = new Subject<ArrayBuffer>();
    const texts: string[] = [];
    chunks$.pipe(decodeText()).subscribe((piece) => texts.push(piece));

    chunks$.next(bytes(...head));

    expect(texts).toEqual([text]);
  });

  it('keeps nothing in common between two subscriptions', () => {
    const text$ = of(bytes(0xef, 0xbb, 0xbf, 0x61)).pipe(decodeText());
    const texts: string[] = [];
    text$.subscribe((text) => texts.push(text));
    text$.subscribe((text) => texts.push(text));

    expect(texts).toEqual(['a', 'a']);
  });
});

function bytes(...values: number[]): ArrayBuffer {
  return new Uint8Array(values).buffer;
}

function textsOf(source: Observable<BytesOrEvent>, options?: DecodeTextOptions): string[] {
  const texts: string[] = [];
  source.pipe(decodeText(options)).subscribe((text) => texts.push(text));
  return texts;
}

function failureOf(source: Observable<BytesOrEvent>, options?: DecodeTextOptions): NetworkError {
  let failure: unknown;
  source.pipe(decodeText(options)).subscribe({ error: (error) => (failure = error) });
  expect(failure).toBeInstanceOf(NetworkError);
  return failure as NetworkError;
}
