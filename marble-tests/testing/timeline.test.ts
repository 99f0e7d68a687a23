import { of, throwError } from 'rxjs';
import { createNetwork, createUpload, NetworkError } from '../../src/index.js';
import { marbles, scriptedWx, timeline, type WireMark } from '../../src/testing/index.js';

const file = { url: 'https://up.example.com/photos', filePath: 'wxfile://tmp_a.png', name: 'photo' };

describe('timeline', () => {
  it(
    'writes down what comes and when',
    marbles(({ cold, flush }) => {
      const half = { progress: 50, totalBytesSent: 1, totalBytesExpectedToSend: 2 };
      const wx = scriptedWx(() => cold<WireMark>('---p----r', { p: { progress: half }, r: { data: '{}' } }));
      const upload = timeline(createUpload(createNetwork({ wx }))(file));
      flush();

      expect(upload.seen).toEqual([
        'sent 1 @0',
        'progress 1 50% @3',
        'progress 1 100% @8',
        'response 1 200 @8',
        '| @8',
      ]);
      expect(upload.closed).toBe(true);
    }),
  );

  it('reads a chunk as text, and tells an unknown status by nothing', () => {
    const chunk = { type: 'chunk', attempt: 2, data: new Uint8Array(Buffer.from('中')).buffer };
    const headers = { type: 'headers', attempt: 2, status: undefined };

    expect(timeline(of(headers, chunk)).seen.map(withoutTime)).toEqual(['headers 2', 'chunk 2 中', '|']);
  });

  it('takes a text as it is, and says another value as JSON, or as it is asked to', () => {
    const values = ['a', 1, { b: 2 }, undefined];

    expect(timeline(of(...values)).seen.map(withoutTime)).toEqual(['a', '1', '{"b":2}', 'undefined', '|']);
    expect(timeline(of(1, 2), (value) => `n${value}`).seen.map(withoutTime)).toEqual(['n1', 'n2', '|']);
  });

  it.each([
    [new NetworkError('cut', { code: 'interrupted', rule: 'BG-1', api: 'request' }), '# interrupted BG-1 request'],
    [new NetworkError('gone', { code: 'offline', api: 'uploadFile' }), '# offline uploadFile'],
    [new TypeError('its own'), '# TypeError: its own'],
    ['a word', '# a word'],
    [null, '# null'],
  ])('tells the error %p', (error, words) => {
    expect(timeline(throwError(() => error)).seen.map(withoutTime)).toEqual([words]);
  });

  it(
    'stops when it is left',
    marbles(({ cold, hot, flush }) => {
      const letters = timeline(cold('-a-b-c'));
      hot('----x').subscribe(() => letters.unsubscribe());
      flush();

      expect(letters.seen).toEqual(['a @1', 'b @3']);
    }),
  );
});

function withoutTime(line: string): string {
  return line.replace(/ @\d+$/, '');
}
