import { concat, concatMap, defer, type Observable } from 'rxjs';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { NetworkError } from '../platform/network-error.js';
import { bytesOf } from './piece.js';

/** Where each frame says how long it is, and in which form. */
export interface SplitByLengthOptions {
  /** How many bytes the length takes. */
  readonly bytes: 1 | 2 | 4;
  /** How many bytes stand in front of the length, such as `AA 55`. @defaultValue `0` */
  readonly offset?: number | undefined;
  /** How many bytes a frame has behind its length that the length does not count, such as 2 for a checksum; below 0, how many it counts too many. @defaultValue `0` */
  readonly extra?: number | undefined;
  /** Whether its least significant byte comes first. @defaultValue `false`: network byte order */
  readonly littleEndian?: boolean | undefined;
  /** Whether the length counts its own bytes and those in front of it, too. @defaultValue `false` */
  readonly countsItself?: boolean | undefined;
  /** Whether the length, and what stands in front of it, is part of the frame that is handed on. @defaultValue `false` */
  readonly keepHead?: boolean | undefined;
  /** The longest frame that is put together, without its head. @defaultValue `1_048_576` */
  readonly maxFrameBytes?: number | undefined;
}

/** For lengths that are written in another way. */
export interface SplitByHeadOptions {
  /** How many bytes one must see of a frame to know how long it is. */
  readonly headBytes: number;
  /** Tells how many bytes follow the head. What it throws ends the stream, such as for a head that does not begin with `AA 55`. */
  readonly bodyBytes: (head: DataView) => number;
  /** Whether the head is part of the frame that is handed on. @defaultValue `false` */
  readonly keepHead?: boolean | undefined;
  /** The longest frame that is put together, without its head. @defaultValue `1_048_576` */
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
 * the length, unless `keepHead` says otherwise. Modbus TCP is `{ offset: 4, bytes: 2, keepHead: true }`, `AA 55 len … sum` is
 * `{ offset: 2, bytes: 1, extra: 1 }`. For any other form give a function of the head.
 *
 * @example
 * ```ts
 * tcpSocket$({ address: '192.168.1.20', port: 9000 })
 *   .pipe(switchMap(({ messages$ }) => messages$.pipe(splitByLength({ bytes: 4 }))))
 *   .subscribe((frame) => read(new DataView(frame)));
 * ```
 *
 * @throws TypeError when an option is not what it should be, or there is no such option.
 * @returns An operator whose streams error with `too-large` for a frame that is longer than allowed, and with `decode`
 * for a length that cannot be, and for a source that completes within a frame.
 */
export function splitByLength(
  options: SplitByLengthOptions | SplitByHeadOptions,
): (source: Observable<ArrayBuffer>) => Observable<ArrayBuffer> {
  checkSplit(options);
  const { keepHead = false, maxFrameBytes = 1_048_576 } = options;
  const { headBytes, bodyBytes } = 'headBytes' in options ? options : headOf(options);
  return (source) =>
    defer(() => {
      const { write, end } = createSplitter(headBytes, bodyBytes, keepHead, maxFrameBytes);
      return concat(source.pipe(concatMap(write)), defer(end));
    });
}

/** The common forms of a length, as a function of the head. */
function headOf({
  bytes,
  offset = 0,
  extra = 0,
  littleEndian = false,
  countsItself = false,
}: SplitByLengthOptions): SplitByHeadOptions {
  const headBytes = offset + bytes;
  return {
    headBytes,
    bodyBytes(head) {
      const written =
        bytes === 1
          ? head.getUint8(offset)
          : bytes === 2
            ? head.getUint16(offset, littleEndian)
            : head.getUint32(offset, littleEndian);
      const length = written + extra - (countsItself ? headBytes : 0);
      if (length < 0) throw broken(`a frame says that it has ${written} bytes, fewer than its length takes`);
      return length;
    },
  };
}

function createSplitter(
  headBytes: number,
  bodyBytes: (head: DataView) => number,
  keepHead: boolean,
  maxFrameBytes: number,
) {
  const head = new Uint8Array(headBytes);
  let headFilled = 0;
  let frame: Uint8Array | undefined;
  let filled = 0;

  function begin(): Uint8Array {
    const length = bodyBytes(new DataView(head.buffer));
    if (!(Number.isInteger(length) && length >= 0)) {
      throw broken(`bodyBytes must tell a whole number from 0; got ${String(length)}`);
    }
    if (length > maxFrameBytes) {
      const what = `a frame of ${length} bytes is longer than maxFrameBytes, ${maxFrameBytes}`;
      throw new NetworkError(what, { code: 'too-large', phase: 'body' });
    }
    filled = keepHead ? headBytes : 0;
    const begun = new Uint8Array(filled + length);
    if (keepHead) begun.set(head);
    return begun;
  }

  function* write(piece: ArrayBuffer): Iterable<ArrayBuffer> {
    const source = bytesOf(piece, 'splitByLength');
    let at = 0;
    while (at < source.length) {
      if (!frame) {
        head[headFilled++] = source[at++] as number;
        if (headFilled < headBytes) continue;
        frame = begin();
      }
      // A frame of no bytes is whole at once.
      const part = source.subarray(at, at + frame.length - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < frame.length) continue;
      const whole = frame.buffer as ArrayBuffer;
      frame = undefined;
      headFilled = 0;
      yield whole;
    }
  }

  // eslint-disable-next-line require-yield -- it only looks whether something is missing
  function* end(): Iterable<never> {
    if (frame) throw broken(`the stream ended ${frame.length - filled} bytes before the end of a frame`);
    if (headFilled > 0) throw broken('the stream ended within the length of a frame');
  }

  return { write, end };
}

const LENGTH_OPTIONS: KindsOf<SplitByLengthOptions> = {
  // These three are looked at by themselves.
  bytes: 'anything',
  offset: 'anything',
  extra: 'anything',
  littleEndian: 'boolean',
  countsItself: 'boolean',
  keepHead: 'boolean',
  maxFrameBytes: 'count',
};

const HEAD_OPTIONS: KindsOf<SplitByHeadOptions> = {
  headBytes: 'count',
  bodyBytes: 'function',
  keepHead: 'boolean',
  maxFrameBytes: 'count',
};

function checkSplit(options: SplitByLengthOptions | SplitByHeadOptions): void {
  const given = { ...options } as SplitByLengthOptions & SplitByHeadOptions;
  const isOfHead = 'headBytes' in given || 'bodyBytes' in given;
  if (isOfHead) checkOptions<SplitByHeadOptions>('splitByLength', options as SplitByHeadOptions, HEAD_OPTIONS);
  else checkOptions<SplitByLengthOptions>('splitByLength', options as SplitByLengthOptions, LENGTH_OPTIONS);
  const problem = isOfHead ? problemOfHead(given) : problemOfLength(given);
  if (problem !== undefined) throw new TypeError(`splitByLength: ${problem}`);
}

function problemOfLength({ bytes, offset = 0, extra = 0 }: SplitByLengthOptions): string | undefined {
  if (![1, 2, 4].includes(bytes)) {
    return `bytes, how many the length takes, must be 1, 2 or 4; got ${String(bytes)}`;
  }
  if (!isCountFrom0(offset)) return `offset must be a whole number from 0; got ${String(offset)}`;
  return Number.isInteger(extra) ? undefined : `extra must be a whole number; got ${String(extra)}`;
}

function problemOfHead({ headBytes, bodyBytes }: Partial<SplitByHeadOptions>): string | undefined {
  return headBytes && bodyBytes
    ? undefined
    : 'expected both headBytes, a number, and bodyBytes, a function of the head';
}

function isCountFrom0(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function broken(what: string): NetworkError {
  return new NetworkError(what, { code: 'decode', phase: 'body' });
}
