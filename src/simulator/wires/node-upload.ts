const PIECE_BYTES = 64 * 1024;

/** A body piece by piece, each when the socket has room for it; tells how much has gone so far. */
export function* inPieces(body: Uint8Array, sent: (bytes: number) => void): Generator<Uint8Array> {
  for (let from = 0; from < body.byteLength; from += PIECE_BYTES) {
    yield body.subarray(from, from + PIECE_BYTES);
    // Asked for the next one, the last is on its way.
    sent(Math.min(from + PIECE_BYTES, body.byteLength));
  }
}
