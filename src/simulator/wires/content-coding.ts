import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { createAnyInflate } from './any-inflate.js';

/** What undoes a content coding, a piece at a time. */
export interface ContentDecoder {
  write(bytes: Uint8Array): void;
  end(): void;
  destroy(): void;
}

/** What a decoder tells. */
export interface ContentDecoderEvents {
  readonly data: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly error: (error: Error) => void;
}

/** Nobody sends more, and each multiplies what a short answer can grow to. */
const MAX_CODINGS = 5;

const DECODERS: { readonly [coding: string]: () => Transform } = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createAnyInflate,
  br: createBrotliDecompress,
};

/**
 * Makes a decoder for a `Content-Encoding`: gzip, deflate, br, or several of them, the last undone first. A body with
 * any other among them passes as it is.
 */
export function contentDecoder(codings: string, { data, end, error }: ContentDecoderEvents): ContentDecoder {
  if (codings === '') return { write: data, end, destroy: () => {} };

  const names = codings.split(',').map((name) => name.trim().toLowerCase());
  const known = names.filter((name) => name !== '' && name !== 'identity').reverse();
  if (known.length === 0 || !known.every((name) => Object.hasOwn(DECODERS, name)))
    return { write: data, end, destroy: () => {} };

  if (known.length > MAX_CODINGS) {
    const refuse = () => error(new Error(`more than ${MAX_CODINGS} content codings: ${codings}`));
    return { write: refuse, end, destroy: () => {} };
  }

  const streams = known.map((name) => (DECODERS[name] as () => Transform)());
  const entry = streams[0] as Transform;
  for (const stream of streams) stream.on('error', error);
  // What it calls back with, the streams have told already.
  if (streams.length > 1) pipeline(streams, () => {});
  streams.at(-1)?.on('data', data).on('end', end);

  let empty = true;
  return {
    write: (bytes) => {
      empty = false;
      entry.write(bytes);
    },
    // HEAD and 304 name a coding and have no body, which is not a broken one.
    end: () => (empty ? end() : entry.end()),
    destroy: () => entry.destroy(),
  };
}
