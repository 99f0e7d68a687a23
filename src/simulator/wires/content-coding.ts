import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

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

const DECODERS: { readonly [coding: string]: () => Transform } = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Makes a decoder for a `Content-Encoding` (gzip, deflate, br); any other body passes as it is. */
export function contentDecoder(coding: string | undefined, { data, end, error }: ContentDecoderEvents): ContentDecoder {
  const stream = DECODERS[(coding ?? '').trim().toLowerCase()]?.();
  if (!stream) return { write: data, end, destroy: () => {} };

  stream.on('data', data).on('end', end).on('error', error);
  let empty = true;
  return {
    write: (bytes) => {
      empty = false;
      stream.write(bytes);
    },
    // HEAD and 304 name a coding and have no body, which is not a broken one.
    end: () => (empty ? end() : stream.end()),
    destroy: () => stream.destroy(),
  };
}
