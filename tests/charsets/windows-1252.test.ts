import { allCharsets, windows1252 } from '../../src/charsets/index.js';
import { decoderOf } from '../../src/platform/charset.js';

/** The index of the Encoding Standard, from 0x80 to 0x9f. */
const FROM_80 = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];
const all = Uint8Array.from({ length: 0x100 }, (_, byte) => byte);

describe('windows1252', () => {
  it('[ENC-1] [K4.10] reads every byte by the standard, whole and torn', () => {
    // Not by TextDecoder: that of Node.js 20 reads Latin-1.
    const expected = String.fromCharCode(...all.subarray(0, 0x80), ...FROM_80, ...all.subarray(0xa0));
    const decoder = windows1252.create('windows-1252', { fatal: true });

    expect(decoder.write(all) + decoder.end()).toBe(expected);
    expect([...all].map((byte) => decoder.write(Uint8Array.of(byte))).join('')).toBe(expected);
  });

  it.each(['ISO-8859-1', 'latin1', 'l1', 'ascii', 'US-ASCII', 'cp1252', 'x-cp1252', 'iso_8859-1:1987', 'ibm819'])(
    '[K4.10] is found for %s',
    (label) => {
      expect(decoderOf(label, allCharsets)).toEqual({ charset: 'windows-1252', decoder: windows1252 });
    },
  );
});
