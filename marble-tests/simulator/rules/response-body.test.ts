import { bytes, marbles } from '../../../src/testing/index.js';

const url = 'https://api.example.com/';
const BOM = [0xef, 0xbb, 0xbf];
const BODY = [0x7b, 0x7d];

describe('response body', () => {
  it.each<[string, number[], unknown]>([
    ['one byte order mark', [...BOM, ...BODY], {}],
    ['none', BODY, {}],
    ['one of two', [...BOM, ...BOM, ...BODY], '\ufeff{}'],
  ])('[ENC-2] takes %s off text', (_what, body, expected) => {
    marbles(({ wx, server, flush }) => {
      const told: unknown[] = [];
      server.get(url).replies('(r|)', { r: bytes(Uint8Array.from(body)) });
      wx.request({ url, success: ({ data }) => told.push(data) });
      flush();

      expect(told).toEqual([expected]);
    })();
  });

  it.each([
    ['garble', '\ufffd\ufffd'],
    ['convert', '你'],
  ] as const)('[ENC-1] makes of GBK on trial what the phone makes of it: %s', (charsetTrial, expected) => {
    marbles(
      ({ wx, server, flush }) => {
        const told: unknown[] = [];
        const headers = { 'Content-Type': 'text/plain; charset=gbk' };
        server.get(url).replies('(r|)', { r: bytes(Uint8Array.of(0xc4, 0xe3), { headers }) });
        wx.request({ url, success: ({ data }) => told.push(data) });
        flush();

        expect(told).toEqual([expected]);
      },
      { simulator: { charsetTrial } },
    )();
  });
});
