import { from, type OperatorFunction } from 'rxjs';
import type { NetworkError } from '../../src/index.js';
import { splitByLength, splitLines } from '../../src/sockets.js';
import { parseJsonLines, parseServerSentEvents } from '../../src/streams.js';

/** What comes out, and then why it ended. */
function read(operator: unknown, ...pieces: readonly unknown[]): unknown[] {
  const told: unknown[] = [];
  from(pieces)
    .pipe(operator as OperatorFunction<unknown, unknown>)
    .subscribe({
      next: (value) => told.push(value),
      error: ({ code, message }: NetworkError) => told.push(`${code}: ${message}`),
      complete: () => told.push('complete'),
    });
  return told;
}

const bytes = new Uint8Array([1, 104]);

describe('[K9.13] what reads a stream', () => {
  it.each<[string, unknown]>([
    ['parseServerSentEvents', parseServerSentEvents()],
    ['parseJsonLines', parseJsonLines()],
  ])('%s says that it takes text', (name, operator) => {
    const refused = (kind: string) => [
      expect.stringContaining(`${name} takes text; got ${kind}; put decodeText() in front of it`),
    ];

    expect(read(operator, bytes.buffer)).toEqual(refused('ArrayBuffer'));
    expect(read(operator, bytes)).toEqual(refused('Uint8Array'));
    expect(read(operator, { type: 'chunk', data: bytes.buffer })).toEqual(refused('Object'));
    expect(read(operator, null)).toEqual(refused('null'));
  });

  it.each<[string, unknown]>([
    ['splitByLength', splitByLength({ bytes: 1 })],
    ['splitLines', splitLines()],
  ])('%s says that it takes bytes, and does not read a datagram as none', (name, operator) => {
    const refused = (kind: string) => [
      expect.stringContaining(`invalid-argument: ${name} takes ArrayBuffer or Uint8Array; got ${kind};`),
    ];

    expect(read(operator, { message: bytes.buffer, remoteInfo: {} })).toEqual(refused('Object'));
    expect(read(operator, new DataView(bytes.buffer))).toEqual(refused('DataView'));
    expect(read(operator, 5)).toEqual(refused('5'));
    expect(read(operator, undefined)).toEqual(refused('undefined'));
  });

  it('splitByLength takes a view of bytes, but no text', () => {
    expect(read(splitByLength({ bytes: 1 }), bytes)).toEqual([new Uint8Array([104]).buffer, 'complete']);
    expect(read(splitByLength({ bytes: 1 }), 'hi')).toEqual([expect.stringContaining('got string')]);
  });

  it.each([
    'data: 1\n\n{"error":"too many tokens"}\n',
    'data: 1\n\n{"error":"too many tokens"}',
    'data: 1\n\n{"error":"too many tokens"}\n\ndata: 2\n\n',
  ])('parseServerSentEvents does not drop an error in JSON among the events: %j', (text) => {
    for (const pieces of [[text], [...text]]) {
      const told = read(parseServerSentEvents(), ...pieces);
      expect(told[0]).toMatchObject({ data: '1' });
      expect(told[told.length - 1]).toMatch('decode: decode: a line of JSON stands among the events');
    }
  });

  it('parseServerSentEvents takes data of JSON over several lines, and unknown fields', () => {
    expect(read(parseServerSentEvents(), 'data: {\ndata: "a": 1}\nfoo: {}\n\nbar\n: {"a":1}\n')).toEqual([
      expect.objectContaining({ data: '{\n"a": 1}' }),
      'complete',
    ]);
  });

  it.each(['data: {"id":1}\n\n', 'event: start\n', ': keep alive\n', 'retry:1\n'])(
    'parseJsonLines says where %j belongs',
    (text) => {
      expect(read(parseJsonLines(), text)).toEqual([
        expect.stringContaining('for server-sent events take parseServerSentEvents'),
      ]);
      expect(read(parseJsonLines(), 'data, or not\n')).not.toEqual([expect.stringContaining('parseServerSentEvents')]);
    },
  );
});
