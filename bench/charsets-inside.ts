/** What `charsets-quickjs.ts` runs inside of QuickJS. */
import { candidatesFor, megabytesASecond, piecesOf, sampleOf, type Decode } from './charsets-candidates.js';

let candidates: { readonly [who: string]: Decode } = {};
let bytes: Uint8Array = new Uint8Array(0);

Object.assign(globalThis, {
  prepare(charset: string, length: number): string[] {
    candidates = candidatesFor(charset);
    bytes = sampleOf(charset, length);
    return Object.keys(candidates);
  },
  measure(who: string, mode: string): number {
    const pieces = mode === 'whole' ? [bytes] : piecesOf(bytes, 1024);
    return megabytesASecond(candidates[who] as Decode, pieces, bytes.length, () => Date.now());
  },
});
