import fc from 'fast-check';
import { createChunkCut } from '../../../src/simulator/rules/chunk-cut.js';
import { API, createLog, phone } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('chunkBytes', () => {
  it(
    'cuts through characters and events, and hands over what it has at once',
    marbles(({ flush }) => {
      const simulator = phone({ '/live': { body: ['data: 你\n', '\ndata'], everyMs: 10 } }, { chunkBytes: 4 });
      const { lines, note } = createLog();
      const task = simulator.wx.request({
        url: `${API}/live`,
        enableChunked: true,
        success: ({ data }) => note(`end ${JSON.stringify(data)}`),
      });
      task.onChunkReceived(({ data }) => note(Buffer.from(data).toString('latin1')));
      flush();

      const [first = '', last = ''] = [Buffer.from('你').subarray(0, 2), Buffer.from('你').subarray(2)].map((part) =>
        part.toString('latin1'),
      );
      expect(lines).toEqual(['10 data', `10 : ${first}`, `10 ${last}\n`, '20 \nd', '20 ata', '20 end ""']);
    }),
  );

  it(
    'leaves a body that is not chunked alone',
    marbles(({ flush }) => {
      const { wx } = phone({ '/whole': { body: '{"name":"Ada"}' } }, { chunkBytes: 1 });
      const { lines, note } = createLog();
      wx.request({ url: `${API}/whole`, success: ({ data }) => note(JSON.stringify(data)) });
      flush();

      expect(lines).toEqual(['0 {"name":"Ada"}']);
    }),
  );

  it('cuts every so many bytes of the body and where it was cut, and loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), fc.integer({ min: 1, max: 9 }), (chunks, everyBytes) => {
        const cut = createChunkCut(everyBytes);
        const pieces = chunks.map((chunk) => cut(chunk));
        const ends = (parts: readonly Uint8Array[]) => {
          let end = 0;
          return parts.map(({ length }) => (end += length));
        };
        const bytes = Buffer.concat(chunks);
        const wanted = new Set([
          ...ends(chunks.filter(({ length }) => length > 0)),
          ...Array.from({ length: Math.floor(bytes.length / everyBytes) }, (_, index) => (index + 1) * everyBytes),
        ]);

        expect(Buffer.concat(pieces.flat())).toEqual(bytes);
        expect(ends(pieces.flat())).toEqual([...wanted].sort((one, other) => one - other));
        expect(pieces.map((parts) => Buffer.concat(parts))).toEqual(chunks.map((chunk) => Buffer.from(chunk)));
      }),
    );
  });
});
