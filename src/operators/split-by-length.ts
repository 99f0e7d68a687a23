import { concat, concatMap, defer, type Observable } from 'rxjs';
import { NetworkError } from '../platform/network-error.js';

/** How a length is written in front of each frame. */
export interface SplitByLengthOptions {
  /** How many bytes the length takes. */
  readonly bytes: 1 | 2 | 4;
  /** Whether its least significant byte comes first. @defaultValue `false`: network byte order */
  readonly littleEndian?: boolean | undefined;
  /** Whether the length counts its own bytes too. @defaultValue `false` */
  readonly countsItself?: boolean | undefined;
  /** The longest frame that is put together, without the length. @defaultValue `1_048_576` */
  readonly maxFrameBytes?: number | undefined;
}

/**
 * Puts bytes that come cut anywhere, as from a TCP socket, together into frames that have their length in front.
 *
 * ```text
 * source  --a--b--c-|      a: 00, b: 02 68 69 00, c: 01 21
 * result  -----d--e-|      d: 68 69, e: 21                   splitByLength({ bytes: 2 })
 * ```
 *
 * `bytes` is how many bytes the length takes, not how many a frame has. Each frame is an `ArrayBuffer` of its own, without
 * the length.
 *
 * @example
 * ```ts
 * tcpSocket$({ address: '192.168.1.20', port: 9000 })
 *   .pipe(switchMap(({ messages$ }) => messages$.pipe(splitByLength({ bytes: 4 }))))
 *   .subscribe((frame) => read(new DataView(frame)));
 * ```
 *
 * @throws RangeError when `bytes` is not 1, 2 or 4, or `maxFrameBytes` is not a whole number from 1.
 * @returns An operator whose streams error with `too-large` for a frame that is longer than allowed, and with `decode`
 * for a length that cannot be, and for a source that completes within a frame.
 */
export function splitByLength({
  bytes,
  littleEndian = false,
  countsItself = false,
  maxFrameBytes = 1_048_576,
}: SplitByLengthOptions): (source: Observable<ArrayBuffer>) => Observable<ArrayBuffer> {
  if (![1, 2, 4].includes(bytes)) {
    throw new RangeError(`splitByLength: bytes, how many the length takes, must be 1, 2 or 4; got ${String(bytes)}`);
  }
  if (!(Number.isInteger(maxFrameBytes) && maxFrameBytes >= 1)) {
    throw new RangeError(`splitByLength: maxFrameBytes must be a whole number from 1; got ${maxFrameBytes}`);
  }
  return (source) =>
    defer(() => {
      const { write, end } = createSplitter(bytes, littleEndian, countsItself, maxFrameBytes);
      return concat(source.pipe(concatMap(write)), defer(end));
    });
}

function createSplitter(bytes: 1 | 2 | 4, littleEndian: boolean, countsItself: boolean, maxFrameBytes: number) {
  const head = new DataView(new ArrayBuffer(bytes));
  let headFilled = 0;
  let frame: Uint8Array | undefined;
  let filled = 0;

  function begin(): void {
    const written =
      bytes === 1 ? head.getUint8(0) : bytes === 2 ? head.getUint16(0, littleEndian) : head.getUint32(0, littleEndian);
    const length = countsItself ? written - bytes : written;
    if (length < 0) throw broken(`a frame says that it has ${written} bytes, fewer than its length takes`);
    if (length > maxFrameBytes) {
      const what = `a frame of ${length} bytes is longer than maxFrameBytes, ${maxFrameBytes}`;
      throw new NetworkError(what, { code: 'too-large', phase: 'body' });
    }
    frame = new Uint8Array(length);
    filled = 0;
  }

  function* write(piece: ArrayBuffer): Iterable<ArrayBuffer> {
    const source = new Uint8Array(piece);
    let at = 0;
    while (at < source.length) {
      if (!frame) {
        head.setUint8(headFilled++, source[at++] as number);
        if (headFilled < bytes) continue;
        begin();
      }
      // Made just now, or before; a frame of no bytes is whole at once.
      const whole = frame as unknown as Uint8Array;
      const part = source.subarray(at, at + whole.length - filled);
      whole.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < whole.length) continue;
      frame = undefined;
      headFilled = 0;
      yield whole.buffer as ArrayBuffer;
    }
  }

  // eslint-disable-next-line require-yield -- it only looks whether something is missing
  function* end(): Iterable<never> {
    if (frame) throw broken(`the stream ended ${frame.length - filled} bytes before the end of a frame`);
    if (headFilled > 0) throw broken('the stream ended within the length of a frame');
  }

  return { write, end };
}

function broken(what: string): NetworkError {
  return new NetworkError(what, { code: 'decode', phase: 'body' });
}
