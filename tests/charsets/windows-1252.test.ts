import { allCharsets, windows1252 } from '../../src/charsets/index.js';
import { charsetOfLabel } from '../../src/platform/charset.js';

const all = Uint8Array.from({ length: 0x100 }, (_, byte) => byte);

describe('windows1252', () => {
  it('[ENC-1] [K4.10] reads every byte by the standard, whole and torn', () => {
    const expected = new TextDecoder('windows-1252', { ignoreBOM: true }).decode(all);
    const decoder = windows1252.create('windows-1252', { fatal: true });

    expect(decoder.write(all) + decoder.end()).toBe(expected);
    expect([...all].map((byte) => decoder.write(Uint8Array.of(byte))).join('')).toBe(expected);
  });

  it.each(['ISO-8859-1', 'latin1', 'l1', 'ascii', 'US-ASCII', 'cp1252', 'x-cp1252', 'iso_8859-1:1987', 'ibm819'])(
    '[K4.10] is found for %s',
    (label) => {
      const charset = charsetOfLabel(label);

      expect(charset).toBe('windows-1252');
      expect(allCharsets.find(({ charsets }) => charsets.includes('windows-1252'))).toBe(windows1252);
    },
  );
});
