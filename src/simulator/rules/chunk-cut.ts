/**
 * Cuts a body every so many bytes, and where it was cut already: nothing waits for what comes after it, so that an
 * event of a stream is not held back.
 *
 * - Evidence: chunks split characters freely (discoveries/request.md); where, is up to servers, clients and networks
 *
 * @returns What cuts the chunks of one body, in the order in which they come.
 */
export function createChunkCut(everyBytes: number): (chunk: Uint8Array) => readonly Uint8Array[] {
  let offset = 0;

  return (chunk) => {
    if (everyBytes === Infinity) return [chunk];
    const pieces: Uint8Array[] = [];
    for (let from = 0; from < chunk.byteLength;) {
      const piece = chunk.subarray(from, from + everyBytes - (offset % everyBytes));
      pieces.push(piece);
      from += piece.byteLength;
      offset += piece.byteLength;
    }
    return pieces;
  };
}
