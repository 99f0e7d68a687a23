/**
 * The claim: decoding is nowhere slower than iconv-lite's own loop over the same tables, and at least four times as fast
 * as the polyfill that mini programs use.
 */
import { candidatesFor, megabytesASecond, piecesOf, sampleOf, SHAPES, type Decode } from './charsets-candidates.js';
import { figuresOf } from './charsets-figures.js';
import { NO_JIT, QUICK, report, sideBySide, type Figure } from './measure.js';

const BYTES = NO_JIT || QUICK ? 1 << 17 : 1 << 20;

/** ICU, in C++: what a browser has and a phone has not. */
const native = (charset: string): Decode => {
  return (pieces) => {
    const decoder = new TextDecoder(charset);
    let units = 0;
    for (const piece of pieces) units += decoder.decode(piece, { stream: true }).length;
    return units + decoder.decode().length;
  };
};

/** Not the clock's: the claim is of two loops side by side, and neither waits for anything. */
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const figures: Figure[] = [];
for (const charset of Object.keys(SHAPES)) {
  const bytes = sampleOf(charset, BYTES);
  const candidates = { ...candidatesFor(charset), 'TextDecoder of Node.js': native(charset) };
  for (const length of [BYTES * 2, 1024]) {
    const pieces = piecesOf(bytes, length);
    const counts = Object.values(candidates).map((decode) => decode(pieces));
    if (new Set(counts).size !== 1) throw new Error(`${charset}: they do not agree, ${counts.join(', ')}`);
    const results = await sideBySide(
      Object.fromEntries(
        Object.entries(candidates).map(([who, decode]) => [
          who,
          () => megabytesASecond(decode, pieces, bytes.length, processorMs),
        ]),
      ),
    );
    figures.push(...figuresOf(`${charset}, ${length === 1024 ? '1 kB chunks' : 'whole'}`, results));
  }
}
report(figures);
