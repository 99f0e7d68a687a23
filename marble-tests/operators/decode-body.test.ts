import { map } from 'rxjs';
import { decodeBody, type DecodeBodyOptions, type HttpResponse } from '../../src/index.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';
import { bytes, answer, decoded, failureOf } from './decoded-body.js';

describe('decodeBody', () => {
  const text = (body: string) =>
    ({ ...answer(body), charset: 'utf-8', decodedBy: 'platform' }) as HttpResponse<unknown>;
  obeysTheLaws(() => decodeBody({ as: 'arraybuffer' }), { values: { a: text('a'), b: text('b'), c: text('c') } });

  it(
    '[ENC-2] strips one byte order mark and parses JSON',
    marbles(({ cold, expectObservable }) => {
      const source = cold('--r|', { r: answer(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d)) });
      const expected = '   --o|';

      expectObservable(
        source.pipe(
          decodeBody(),
          map(({ body }) => body),
        ),
      ).toBe(expected, { o: {} });
    }),
  );

  describe('text', () => {
    it.each<[string, string | ArrayBuffer, DecodeBodyOptions, string]>([
      ['[ENC-2] strips exactly one mark from bytes', bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x61), {}, '\ufeffa'],
      ['[ENC-2] strips none from a text, where the platform has stripped one', '\ufeffa', {}, '\ufeffa'],
      ['decodes UTF-8 by itself', bytes(0xe4, 0xb8, 0xad, 0xf0, 0x9f, 0x98, 0x80), {}, '中😀'],
      ['reads malformed bytes as U+FFFD', bytes(0x61, 0xff, 0x62), {}, 'a\ufffdb'],
      ['takes an empty body for an empty text', bytes(), {}, ''],
    ])('%s', (_title, body, options, expected) => {
      expect(decoded(body, { as: 'text', ...options }).body).toBe(expected);
    });
  });

  describe('JSON', () => {
    it('parses a text, and takes what the platform has parsed as it is', () => {
      expect(decoded('{"a":1}').body).toEqual({ a: 1 });
      expect(decoded({ a: 1 }).body).toEqual({ a: 1 });
      expect(decoded('"a string"').body).toBe('a string');
    });

    it('reads an empty body as undefined', () => {
      const { body, status, url } = decoded('', {}, undefined, 204);

      expect({ body, status, url }).toEqual({ body: undefined, status: 204, url: 'https://api.example.com/me' });
    });

    it('makes a body that is not JSON an error that keeps status, header and text', () => {
      const error = failureOf(answer('<html>', 200, 'text/html'));

      expect(error.message).toBe(
        'decode: the body is not JSON; see the text on response.body (GET https://api.example.com/me)',
      );
      expect(error.response).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>' });
    });

    it('[ENC-2] tells of the second mark that stands in the way', () => {
      const error = failureOf(answer('\ufeff{}'));

      expect(error.message).toBe(
        'decode [ENC-2]: a second byte order mark stands before the JSON; one is stripped, and only one (GET https://api.example.com/me)',
      );
      expect(error.response).toMatchObject({ body: '\ufeff{}' });
    });

    it('[CB-1] leaves a body that is not JSON a text where the status is the news', () => {
      expect(decoded('<html>Not Found', {}, 'text/html', 404).body).toBe('<html>Not Found');
    });
  });

  it('leaves bytes alone that are wanted as bytes', () => {
    const body = bytes(0xff);

    expect(decoded(body, { as: 'arraybuffer' }).body).toBe(body);
  });
});
