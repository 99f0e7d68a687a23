import { createContext, runInContext } from 'node:vm';
import { buildSync } from 'esbuild';

/** An entry as a bundler packs it for a phone, with what it stands on. */
function packed(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'iife',
    globalName: 'entry',
    target: 'es2017',
    // Chinese as Chinese: escaped, it is twice as long.
    charset: 'utf8',
    write: false,
  });
  return outputFiles[0]!.text;
}

const ENTRIES = [
  ['charsets/gb18030', 'src/charsets/gb18030.ts', 62_000, ['gbk', 'gb18030']],
  ['charsets', 'src/charsets/index.ts', 220_000, ['gbk', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']],
] as const;

describe.each(ENTRIES)('rx-miniprogram/%s', (_name, file, maxBytes, charsets) => {
  const code = packed(file);

  it(`fits into ${maxBytes} bytes, minified`, () => {
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(maxBytes);
  });

  it('[ENC-1] decodes where there is nothing but the language, without making code of text', () => {
    const bare = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
    const decode = `
      const decoders = entry.allCharsets || [entry.gb18030];
      const read = (charset, ...bytes) => {
        const decoder = decoders.find(({ charsets }) => charset in charsets).create(charset, { fatal: true });
        return decoder.write(Uint8Array.from(bytes)) + decoder.end();
      };
      JSON.stringify(charsets.map((charset) => read(charset, ...samples[charset])));
    `;
    const samples = {
      gbk: [0xd6, 0xd0],
      gb18030: [0xd6, 0xd0],
      big5: [0xa4, 0xa4],
      shift_jis: [0x92, 0x86],
      'euc-jp': [0xc3, 0xe6],
      'euc-kr': [0xf1, 0xe9],
    };
    const given = `const samples = ${JSON.stringify(samples)}, charsets = ${JSON.stringify(charsets)};`;

    const texts = runInContext(`${code};${given}${decode}`, bare) as string;

    expect(JSON.parse(texts)).toEqual(charsets.map(() => '中'));
  });
});
