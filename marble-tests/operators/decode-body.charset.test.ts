import {
  declaredCharsetOf,
  decodeBody,
  NetworkError,
  type CharsetDecoder,
  type DecodeBodyOptions,
} from '../../src/index.js';
import { GBK } from '../../src/platform/charset-labels.js';
import { bytes, answer, decoded, failureOf } from './decoded-body.js';

describe('decodeBody', () => {
  describe('charset', () => {
    it.each<[string, number[], string | undefined, DecodeBodyOptions, string | undefined]>([
      ['the caller’s label beats all', [0x61], 'text/html; charset=big5', { charset: 'GB2312' }, 'gbk:61'],
      ['a byte order mark beats Content-Type', [0xef, 0xbb, 0xbf, 0x61], 'text/html; charset=gbk', {}, 'a'],
      ['Content-Type is asked next, by label', [0x61], 'text/html; Charset="gb_2312-80"', {}, 'gbk:61'],
      ['UTF-8 is what remains', [0x61], undefined, {}, 'a'],
      [
        '[ENC-2] a mark of another charset than the caller’s is left to its decoder',
        [0xef, 0xbb, 0xbf],
        undefined,
        { charset: 'gbk' },
        'gbk:ef,bb,bf',
      ],
    ])('[ENC-1] %s', (_title, body, contentType, options, expected) => {
      const response = decoded(bytes(...body), { as: 'text', decoders: [hexDecoder], ...options }, contentType);

      expect(response.body).toBe(expected);
      expect(response.decodedBy).toBe('library');
    });

    describe('in the text itself', () => {
      const page = [...'<meta charset=gb2312>'].map((letter) => letter.charCodeAt(0));
      const read = (options: DecodeBodyOptions, contentType?: string, ...before: number[]) =>
        decoded(bytes(...before, ...page), { as: 'text', decoders: [hexDecoder], ...options }, contentType).charset;

      it('[ENC-1] is looked for only where that is asked', () => {
        expect(read({})).toBe('utf-8');
        expect(read({ readDeclaration: declaredCharsetOf })).toBe('gbk');
      });

      it('refuses what is no function, and says what to write', () => {
        expect(() => decodeBody({ readDeclaration: true } as never)).toThrow(
          new TypeError('decodeBody: readDeclaration must be a function; write readDeclaration: declaredCharsetOf'),
        );
      });

      it('[ENC-1] is asked after all else', () => {
        expect(read({ readDeclaration: declaredCharsetOf, charset: 'big5' })).toBe('big5');
        expect(read({ readDeclaration: declaredCharsetOf }, 'text/html; charset=big5')).toBe('big5');
        expect(read({ readDeclaration: declaredCharsetOf }, undefined, 0xef, 0xbb, 0xbf)).toBe('utf-8');
      });
    });

    it('[ENC-1] keeps the bytes of a charset that it has no decoder for, on an error that names it', () => {
      const body = bytes(0xd6, 0xd0);
      const source = answer(body, 200, 'text/html; charset=gb18030');

      expect(failureOf(source, { as: 'text' })).toEqual(
        new NetworkError(
          'the body is in gb18030; pass a decoder for it, of rx-miniprogram/charsets: { decoders: [ … ] }; ' +
            "where there is none, or the label is wrong, say what it is, as with { charset: 'utf-8' }",
          {
            code: 'decode',
            rule: 'ENC-1',
            phase: 'body',
            api: 'request',
            method: 'GET',
            url: 'https://api.example.com/me',
            response: source,
          },
        ),
      );
    });

    it('[ENC-1] names the byte of malformed input with fatal', () => {
      const source = answer(bytes(0x61, 0x62, 0xff));
      const error = failureOf(source, { as: 'text', fatal: true });

      expect(error.message).toBe(
        'decode [ENC-1]: the body is malformed: not UTF-8 at byte 2 (GET https://api.example.com/me)',
      );
      expect(error.response?.body).toBe(source.body);
      expect(error.cause).toEqual(new RangeError('not UTF-8 at byte 2'));
    });

    it('[ENC-2] counts the byte order mark for the byte that it names', () => {
      const error = failureOf(answer(bytes(0xef, 0xbb, 0xbf, 0x61, 0xff)), { as: 'text', fatal: true });

      expect(error.cause).toEqual(new RangeError('not UTF-8 at byte 4'));
    });

    it('[ENC-1] says who decoded a text that is declared as something else', () => {
      const { body, charset, decodedBy } = decoded('???', { as: 'text' }, 'text/html; charset=GB2312');

      expect({ body, charset, decodedBy }).toEqual({ body: '???', charset: 'gb2312', decodedBy: 'platform' });
    });

    it('[ENC-1] calls that by the name that a decoder has for it, where one is given', () => {
      const { charset } = decoded('???', { as: 'text', decoders: [hexDecoder] }, 'text/html; charset=GB2312');

      expect(charset).toBe('gbk');
    });

    it('[ENC-1] makes that an error with strictCharset', () => {
      const source = answer('???', 200, 'text/html; charset=GB2312');

      expect(failureOf(source, { as: 'text', strictCharset: true })).toEqual(
        new NetworkError(
          "the body is declared as gb2312 and the platform converted it, on trial; ask for bytes with { charset: 'auto' }",
          {
            code: 'decode',
            rule: 'ENC-1',
            phase: 'body',
            api: 'request',
            method: 'GET',
            url: 'https://api.example.com/me',
            response: source,
          },
        ),
      );
    });

    it('[ENC-1] tells of an answer that the platform converted on trial, and of no other', () => {
      const told: unknown[] = [];
      const options: DecodeBodyOptions = { as: 'text', onTrial: ({ charset }) => told.push(charset) };

      for (const contentType of ['text/html', 'text/html; charset=UTF8', 'text/html; charset=KLINGON', undefined]) {
        decoded('???', options, contentType);
      }
      decoded('???', options, 'text/html; charset=GB2312');

      expect(told).toEqual(['klingon', 'gb2312']);
    });

    it('[ENC-1] leaves UTF-8 to the platform, with strictCharset too', () => {
      for (const contentType of ['text/html; charset=utf-8', undefined]) {
        const { body, charset } = decoded('text', { as: 'text', strictCharset: true }, contentType);

        expect({ body, charset }).toEqual({ body: 'text', charset: 'utf-8' });
      }
    });

    it('[ENC-1] names a declared charset that nobody knows', () => {
      const error = failureOf(answer(bytes(0x61), 200, 'text/html; charset=klingon'), { as: 'text' });

      expect(error.what).toBe(
        'the body is in klingon; pass a decoder for it, of rx-miniprogram/charsets: { decoders: [ … ] }; ' +
          "where there is none, or the label is wrong, say what it is, as with { charset: 'utf-8' }",
      );
    });

    it('names the call and its phase on each error', () => {
      const source = { ...answer(bytes(0xff)), api: 'uploadFile' };

      expect({ ...failureOf(source, { as: 'text', fatal: true }) }).toEqual({
        ...new NetworkError('the body is malformed: not UTF-8 at byte 0', {
          code: 'decode',
          rule: 'ENC-1',
          phase: 'body',
          api: 'uploadFile',
          method: 'GET',
          url: 'https://api.example.com/me',
          response: source,
        }),
      });
      expect(failureOf({ ...source, api: undefined }, { as: 'text', fatal: true }).api).toBe('request');
    });

    it('cannot be made with a label that no decoder has', () => {
      expect(() => decodeBody({ charset: 'klingon' })).toThrow(
        new TypeError(
          "decodeBody: charset must be 'auto', or a label of the WHATWG Encoding Standard that a decoder has; got 'klingon'; pass a decoder for it, of rx-miniprogram/charsets: { decoders: [ … ] }",
        ),
      );
    });
  });
});

/** Writes each byte as two digits, and its own name before the first. */
const hexDecoder: CharsetDecoder = {
  charsets: { gbk: GBK, big5: 'big5' },
  create: (charset) => ({
    write: (piece) => `${charset}:${[...piece].map((byte) => byte.toString(16)).join(',')}`,
    end: () => '',
  }),
};
