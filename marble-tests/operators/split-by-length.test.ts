import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { splitByLength, type SplitByHeadOptions, type SplitByLengthOptions } from '../../src/sockets.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

describe('splitByLength', () => {
  obeysTheLaws(() => splitByLength({ bytes: 1 }), {
    values: { a: bytes(1, 7), b: bytes(1, 8), c: bytes(1, 9) },
    results: { a: bytes(7), b: bytes(8), c: bytes(9) },
  });

  it(
    'puts frames together from what was cut anywhere',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  --a--b--c-|', { a: bytes(0), b: bytes(2, 0x68, 0x69, 0), c: bytes(1, 0x21) });
      const expected = '     -----d--e-|';

      const result = source.pipe(splitByLength({ bytes: 2 }));

      expectObservable(result).toBe(expected, { d: bytes(0x68, 0x69), e: bytes(0x21) });
    }),
  );

  it('finds the same frames wherever they are cut, however the length is written', async () => {
    const options = fc.record({
      bytes: fc.constantFrom<SplitByLengthOptions['bytes']>(1, 2, 4),
      littleEndian: fc.boolean(),
      countsItself: fc.boolean(),
    });
    const frames = fc.array(fc.uint8Array({ maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(options, frames, fc.array(fc.nat(60)), async (option, all, cuts) => {
        const wire = Buffer.concat(all.flatMap((frame) => [head(option, frame.length), Buffer.from(frame)]));
        const pieces: ArrayBuffer[] = [];
        let at = 0;
        for (const length of [...cuts, wire.length]) {
          pieces.push(Uint8Array.from(wire.subarray(at, at + length)).buffer);
          at += length;
        }

        const found = await lastValueFrom(from(pieces).pipe(splitByLength(option), toArray()));
        expect(found.map((frame) => [...new Uint8Array(frame)])).toEqual(all.map((frame) => [...frame]));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [
      'a frame that is too long',
      { bytes: 2, maxFrameBytes: 3 } as const,
      bytes(0, 4),
      'a frame of 4 bytes is longer than maxFrameBytes, 3',
      'too-large',
    ],
    [
      'a length that cannot be',
      { bytes: 2, countsItself: true } as const,
      bytes(0, 1),
      'a frame says that it has 1 bytes, fewer than its length takes',
      'decode',
    ],
    [
      'an end within a frame',
      { bytes: 2 } as const,
      bytes(0, 4, 1),
      'the stream ended 3 bytes before the end of a frame',
      'decode',
    ],
    [
      'an end within a length',
      { bytes: 2 } as const,
      bytes(0),
      'the stream ended within the length of a frame',
      'decode',
    ],
  ] as const)('errors at %s', (_, options, piece, what, code) => {
    marbles(({ cold, expectObservable }) => {
      const error = new NetworkError(what, { code, phase: 'body' });
      const source = cold('(a|)', { a: piece });

      expectObservable(source.pipe(splitByLength(options))).toBe('#', undefined, error);
    })();
  });

  it(
    'takes a frame as long as allowed, be it of one byte',
    marbles(({ cold, expectObservable }) => {
      const source = cold('a|', { a: bytes(1, 7) });

      expectObservable(source.pipe(splitByLength({ bytes: 1, maxFrameBytes: 1 }))).toBe('f|', { f: bytes(7) });
    }),
  );

  it('refuses options that make no sense', () => {
    expect(() => splitByLength({ bytes: 16 as never })).toThrow(
      new TypeError('splitByLength: bytes, how many the length takes, must be 1, 2 or 4; got 16'),
    );
    expect(() => splitByLength({ bytes: 4, maxFrameBytes: -1 })).toThrow(
      new TypeError('splitByLength: maxFrameBytes must be a whole number from 1; got -1'),
    );
  });

  const cut = (all: ArrayBuffer) => Array.from(new Uint8Array(all), (byte) => bytes(byte));
  const framesOf = async (options: SplitByLengthOptions | SplitByHeadOptions, all: ArrayBuffer): Promise<number[][]> =>
    (await lastValueFrom(from(cut(all)).pipe(splitByLength(options), toArray()))).map((frame) => [
      ...new Uint8Array(frame),
    ]);

  it('[K9.11] reads frames of Modbus TCP, whose length stands at byte 4', async () => {
    const all = bytes(0, 1, 0, 0, 0, 2, 7, 8, 0, 2, 0, 0, 0, 1, 9);
    expect(await framesOf({ offset: 4, bytes: 2, keepHead: true }, all)).toEqual([
      [0, 1, 0, 0, 0, 2, 7, 8],
      [0, 2, 0, 0, 0, 1, 9],
    ]);
  });

  it('[K9.11] reads frames with a mark in front and a checksum behind', async () => {
    const all = bytes(0xaa, 0x55, 2, 7, 8, 0xfe, 0xaa, 0x55, 0, 0xfd);
    expect(await framesOf({ offset: 2, bytes: 1, extra: 1 }, all)).toEqual([[7, 8, 0xfe], [0xfd]]);
    expect(await framesOf({ offset: 2, bytes: 1, extra: 1, keepHead: true }, all)).toEqual([
      [0xaa, 0x55, 2, 7, 8, 0xfe],
      [0xaa, 0x55, 0, 0xfd],
    ]);
  });

  it('[K9.11] reads a length that counts the whole frame, or what is behind it', async () => {
    expect(await framesOf({ offset: 3, bytes: 1, countsItself: true }, bytes(0xff, 0xff, 1, 6, 7, 8))).toEqual([
      [7, 8],
    ]);
    expect(await framesOf({ offset: 3, bytes: 1, extra: -1 }, bytes(0xff, 0xff, 1, 3, 7, 8))).toEqual([[7, 8]]);
  });

  it('[K9.11] asks a function of the head, which may refuse it', async () => {
    const options = {
      headBytes: 2,
      bodyBytes: (head: DataView): number => {
        if (head.getUint8(0) !== 0xaa) throw new Error('no frame');
        return head.getUint8(1) & 0x0f;
      },
    };
    expect(await framesOf(options, bytes(0xaa, 0xf2, 7, 8, 0xaa, 0))).toEqual([[7, 8], []]);
    expect(await framesOf({ ...options, keepHead: true }, bytes(0xaa, 1, 7))).toEqual([[0xaa, 1, 7]]);
    await expect(framesOf(options, bytes(1, 2))).rejects.toThrow('no frame');
    await expect(framesOf({ headBytes: 1, bodyBytes: () => -1 }, bytes(1))).rejects.toMatchObject({ code: 'decode' });
  });

  it.each<[unknown, string]>([
    [{ bytes: 2, offest: 4 }, "Unknown option 'offest'"],
    [{ bytes: 2, offset: -1 }, 'offset must be a whole number from 0; got -1'],
    [{ bytes: 2, extra: 0.5 }, 'extra must be a whole number; got 0.5'],
    [{ headBytes: 0, bodyBytes: () => 0 }, 'headBytes must be a whole number from 1; got 0'],
    [{ headBytes: 4 }, 'expected both headBytes, a number, and bodyBytes, a function of the head'],
    [{ headBytes: 4, bodyBytes: () => 0, bytes: 2 }, "Unknown option 'bytes'"],
    [undefined, 'expected an object with options; got undefined'],
  ])('[K9.11] cannot be made with %j', (options, what) => {
    expect(() => splitByLength(options as never)).toThrow(`splitByLength: ${what}`);
  });
});
function head({ bytes: width, littleEndian, countsItself }: SplitByLengthOptions, length: number): Buffer {
  const written = Buffer.alloc(width);
  // A frame of 200 bytes fits into one byte, with its own.
  if (littleEndian) written.writeUIntLE(length + (countsItself ? width : 0), 0, width);
  else written.writeUIntBE(length + (countsItself ? width : 0), 0, width);
  return written;
}
