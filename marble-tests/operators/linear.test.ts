import { from, lastValueFrom, toArray, type OperatorFunction } from 'rxjs';
import { splitByLength, splitLines } from '../../src/sockets.js';
import { decodeText, parseJsonLines, parseServerSentEvents } from '../../src/streams.js';

const LENGTH = 200_000;
/** As linear work of that length takes some 20 ms, and quadratic work minutes. */
const MOST_MS = 500;
const CHUNK_LETTERS = 25;

/** What ends a line, an event or a field, and what does not. */
const PIECES = ['a', ':', ' ', '\r', '\n', '\r\n', 'data:', 'data: a\n', ': \n', 'id: \0\n', '\ufeff', '你'];

const OPERATORS: readonly (readonly [name: string, operator: OperatorFunction<string, unknown>])[] = [
  ['splitLines', splitLines({ maxLineChars: 2 * LENGTH })],
  ['parseServerSentEvents', parseServerSentEvents({ maxEventChars: 2 * LENGTH })],
];

const readBy = (operator: OperatorFunction<never, unknown>, chunks: readonly unknown[]) =>
  lastValueFrom(from(chunks as readonly never[]).pipe(operator, toArray()));

/** Of the system too, of which copies of long texts ask memory. */
function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

// In many chunks: what is left over must not be looked through again with each of them.
describe('[K7] time grows with the length of a stream, and not with its square', () => {
  it.each(OPERATORS)('%s', async (_name, operator) => {
    for (const piece of PIECES) {
      // An event first, without which it is no stream of events.
      const text = 'data: a\n\n' + piece.repeat(LENGTH / piece.length);
      const begun = usedMs();
      await readBy(operator, chunksOf(text));
      await readBy(operator, [text]);
      expect({ piece, slow: usedMs() - begun > MOST_MS }).toEqual({ piece, slow: false });
    }
  });

  it('parseJsonLines', async () => {
    const text = `${JSON.stringify({ a: '"\\\n'.repeat(LENGTH / 8) })}\n{"b":1}\n`;
    const begun = usedMs();

    expect(
      await readBy(parseJsonLines({ maxLineChars: 2 * LENGTH }) as OperatorFunction<never, unknown>, chunksOf(text)),
    ).toHaveLength(2);
    expect(usedMs() - begun > MOST_MS).toBe(false);
  });

  it('splitByLength and decodeText', async () => {
    const message = new Uint8Array(LENGTH + 4).fill(0x61);
    new DataView(message.buffer).setUint32(0, LENGTH);
    const chunks = Array.from({ length: Math.ceil(message.length / CHUNK_LETTERS) }, (_, index) =>
      message.slice(index * CHUNK_LETTERS, (index + 1) * CHUNK_LETTERS),
    );
    const begun = usedMs();
    const buffers = chunks.map(({ buffer }) => buffer);

    expect(
      await readBy(splitByLength({ bytes: 4, maxFrameBytes: 2 * LENGTH }) as OperatorFunction<never, unknown>, buffers),
    ).toHaveLength(1);
    await readBy(decodeText(), buffers);
    expect(usedMs() - begun > MOST_MS).toBe(false);
  });
});

function chunksOf(text: string): string[] {
  return text.match(new RegExp(`[^]{1,${CHUNK_LETTERS}}`, 'g')) ?? [];
}
