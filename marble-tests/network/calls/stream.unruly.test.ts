import { createDownload, requireOk } from '../../../src/index.js';
import { createStream, decodeText } from '../../../src/streams.js';
import { marbles, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

const url = 'https://api.example.com/chat';
const header = { 'Content-Type': 'text/event-stream' };
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const wire = {
  h: { headers: { statusCode: 200, header, cookies: [] } },
  n: { headers: undefined },
  a: { chunk: { data: bytesOf('a').buffer } },
  v: { chunk: { data: bytesOf('xxa').subarray(2) } },
  t: { chunk: { data: 'é' } },
  u: { chunk: undefined },
  e: { chunk: {} },
  r: { statusCode: 200, header, data: '' },
  z: { statusCode: 0, data: '' },
  o: { statusCode: null, data: '' },
  w: { statusCode: 200, header, data: bytesOf('a').buffer },
  s: { statusCode: 200, header, data: 'é' },
} as unknown as { readonly [mark: string]: WireMark };

describe('[K4.5] stream$ on a platform that tells too little, or too much', () => {
  it.each([
    ['no status at the end', 'haz', 'a'],
    ['a status that is null', 'hao', 'a'],
    ['the whole once more at the end', 'haw', 'a'],
    ['a header event of nothing', 'nar', 'a'],
    ['a chunk event of nothing', 'huar', 'a'],
    ['a chunk without data', 'hear', 'a'],
    ['a view of a part of a buffer', 'hvr', 'a'],
    ['a text as a chunk', 'htr', 'é'],
    ['a text at the end, and no chunks', 'hs', 'é'],
  ])('%s', (_title, marks, text) => {
    marbles((helpers) => {
      const { network } = scriptedApp(helpers, '', () => helpers.cold<WireMark>(marks, wire));
      const texts: string[] = [];
      let ended = 'it goes on';
      createStream(network)(url)
        .pipe(requireOk(), decodeText())
        .subscribe({
          next: (piece) => texts.push(piece),
          error: (error: Error) => (ended = error.message),
          complete: () => (ended = 'complete'),
        });
      helpers.flush();

      expect({ ended, text: texts.join('') }).toEqual({ ended: 'complete', text });
    })();
  });
});

describe('download$ on such a platform', () => {
  it(
    '[K4.8] passes over progress of nothing, and a total of all ones',
    marbles((helpers) => {
      const { network } = scriptedApp(helpers, '', () =>
        helpers.cold<WireMark>('npr', {
          n: { progress: undefined } as never,
          p: { progress: { progress: 0, totalBytesWritten: 5, totalBytesExpectedToWrite: 2 ** 64 - 1 } },
          r: { statusCode: 200 },
        }),
      );
      const told: unknown[] = [];
      createDownload(network)(url).subscribe((event) => {
        if (event.type === 'progress') told.push([event.percent, event.bytes, event.totalBytes]);
      });
      helpers.flush();

      expect(told).toEqual([
        [0, 5, undefined],
        [100, 5, undefined],
      ]);
    }),
  );
});
