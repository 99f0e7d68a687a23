import { map } from 'rxjs';
import { createUpload, isNetworkError, type NetworkError, type ParseJson } from '../../../src/index.js';
import { createStream, decodeText, parseServerSentEvents } from '../../../src/streams.js';
import { marbles, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

const url = 'https://api.example.com/orders';
// Nineteen digits: JSON.parse makes 1234567890123456800 of it.
const exact: WireMark = { data: '{"id":1234567890123456789}' };
const parsed = (text: string) => ({ id: /\d+/.exec(text)?.[0] });

describe('parseJson', () => {
  it(
    'of a network reads the body of http$, with the request and the response at hand',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const seen: unknown[] = [];
      const parseJson: ParseJson = (text, { request, response }) => {
        seen.push([request?.url, response?.status]);
        return parsed(text);
      };
      const { http$ } = scriptedApp(helpers, '', () => cold<WireMark>('--r', { r: exact }), { parseJson });

      expectObservable(http$(url).pipe(map(({ body }) => body))).toBe('--(b|)', { b: { id: '1234567890123456789' } });
      flush();

      expect(seen).toEqual([[url, 200]]);
    }),
  );

  it(
    'of a call goes before that of its network',
    marbles((helpers) => {
      const { cold, expectObservable } = helpers;
      const { http$ } = scriptedApp(helpers, '', () => cold<WireMark>('--r', { r: exact }), {
        parseJson: () => 'network',
      });

      expectObservable(http$({ url, parseJson: () => 'call' }).pipe(map(({ body }) => body))).toBe('--(b|)', {
        b: 'call',
      });
    }),
  );

  it(
    'reads the answer to an upload',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network } = scriptedApp(helpers, '', () => cold<WireMark>('--r', { r: exact }), { parseJson: parsed });
      const bodies: unknown[] = [];

      createUpload(network)({ url, filePath: 'wxfile://tmp/a.png', name: 'file' }).subscribe((event) => {
        if (event.type === 'response') bodies.push(event.body);
      });
      flush();

      expect(bodies).toEqual([{ id: '1234567890123456789' }]);
    }),
  );

  it(
    'that throws makes a decode error, with what it threw as the cause',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const odd = new Error('odd number');
      const parseJson = () => {
        throw odd;
      };
      const { http$ } = scriptedApp(helpers, '', () => cold<WireMark>('--r', { r: exact }), { parseJson });
      const errors: unknown[] = [];

      http$(url).subscribe({ error: (error: unknown) => errors.push(error) });
      flush();

      expect(errors.map((error) => isNetworkError(error, 'decode') && error.cause)).toEqual([odd]);
    }),
  );
});

describe('a stream of events', () => {
  const answered = (helpers: Parameters<typeof scriptedApp>[0], marks: string, wire: Record<string, WireMark>) => {
    const { network } = scriptedApp(helpers, '', () => helpers.cold<WireMark>(marks, wire));
    const told: string[] = [];
    createStream(network)(url)
      .pipe(decodeText(), parseServerSentEvents())
      .subscribe({
        next: ({ data }) => told.push(data),
        error: (error: NetworkError) => told.push(error.code),
        complete: () => told.push('complete'),
      });
    helpers.flush();
    return told;
  };
  const bytes = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text)).buffer;
  const head: WireMark = { headers: { header: { 'Content-Type': 'application/json' }, statusCode: 200 } };

  it(
    '[K4.6] tells a JSON answer that came in chunks from an empty one',
    marbles((helpers) => {
      const json = '{"code":50001,"msg":"quota"}';

      expect(answered(helpers, 'h-a-r', { h: head, a: { chunk: { data: bytes(json) } }, r: {} })).toEqual(['decode']);
    }),
  );

  it(
    '[K4.6] tells a JSON answer that came whole from an empty one',
    marbles((helpers) => {
      expect(answered(helpers, 'h---r', { h: head, r: { data: bytes('{"code":50001}') } })).toEqual(['decode']);
    }),
  );

  it(
    '[K4.6] completes where the answer is empty',
    marbles((helpers) => {
      expect(answered(helpers, 'h---r', { h: head, r: {} })).toEqual(['complete']);
    }),
  );

  it(
    '[K2.3] must not be asynchronous: a promise is no body',
    marbles((helpers) => {
      const { http$ } = scriptedApp(helpers, '', () => helpers.cold<WireMark>('-r', { r: exact }), {
        parseJson: (text) => Promise.resolve(text),
      });
      const messages: string[] = [];
      http$(url).subscribe({ error: ({ message }: NetworkError) => messages.push(message) });
      helpers.flush();

      expect(messages).toEqual([`decode: parseJson must return the value itself; got a promise (GET ${url})`]);
    }),
  );
});
