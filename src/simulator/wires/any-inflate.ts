import { Transform } from 'node:stream';
import { createInflate, createInflateRaw, type Inflate, type InflateRaw } from 'node:zlib';

/** The method of a zlib header, in the low bits of its first byte; a raw body cannot begin so unless it is broken. */
const ZLIB_DEFLATE = 8;

/** Makes a decoder for `deflate`, with the zlib header that HTTP asks for or without it, as some servers send it. */
export function createAnyInflate(): Transform {
  let inner: Inflate | InflateRaw | undefined;

  const start = (first: number | undefined, outer: Transform) => {
    const made = ((first ?? 0) & 15) === ZLIB_DEFLATE ? createInflate() : createInflateRaw();
    made.on('data', (bytes: Buffer) => outer.push(bytes)).on('error', (error) => outer.destroy(error));
    return made;
  };

  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      inner ??= start(bytes[0], this);
      inner.write(bytes, () => done());
    },
    flush(done) {
      if (!inner) {
        done();
        return;
      }
      inner.once('end', () => done());
      inner.end();
    },
    destroy(error, done) {
      inner?.destroy();
      done(error);
    },
  });
}
