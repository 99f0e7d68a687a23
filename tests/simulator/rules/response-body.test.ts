import iconv from 'iconv-lite';
import { failure } from '../../support/failure.js';
import { useHarness } from '../harness.js';

const BOM = Buffer.from('efbbbf', 'hex');
const GBK = iconv.encode('你好，世界', 'gbk');

const BODIES: Readonly<Record<string, { readonly type?: string; readonly body: Buffer | string }>> = {
  '/json': { type: 'application/json', body: '{"name":"小明"}' },
  '/broken-json': { type: 'application/json', body: '{"name":' },
  '/one-bom': { type: 'application/json', body: Buffer.concat([BOM, Buffer.from('{"a":1}')]) },
  '/two-boms': { type: 'application/json', body: Buffer.concat([BOM, BOM, Buffer.from('{"a":1}')]) },
  '/gbk': { type: 'text/html; charset=GB2312', body: GBK },
  '/gbk-undeclared': { type: 'text/html', body: GBK },
  '/ascii-as-gbk': { type: 'text/html; charset=gbk', body: 'plain' },
  '/utf-16-two-boms': { type: 'text/plain', body: iconv.encode('\ufeff\ufeff你好', 'utf-16le') },
  '/utf-16': { type: 'text/plain', body: iconv.encode('\ufeff你好', 'utf-16le') },
};

describe('response body', () => {
  const { call } = useHarness(({ url }) => {
    const { type, body } = BODIES[url] ?? { body: '' };
    return { header: type ? { 'Content-Type': type } : {}, body };
  });
  const data = async (url: string, option = {}, options = {}) =>
    (await call({ url, ...option }, options)).success?.data;

  it('parses JSON by default, and leaves it alone with another dataType', async () => {
    expect(await data('/json')).toEqual({ name: '小明' });
    expect(await data('/json', { dataType: 'text' })).toBe('{"name":"小明"}');
  });

  it('leaves a body that is not JSON as a string, as a success', async () => {
    expect(await data('/broken-json')).toBe('{"name":');
    expect(await data('/empty')).toBe('');
  });

  it('[ENC-2] takes exactly one byte order mark off text', async () => {
    expect(await data('/one-bom')).toEqual({ a: 1 });
    expect(await data('/one-bom', { dataType: 'text' })).toBe('{"a":1}');
    expect(await data('/two-boms')).toBe('\ufeff{"a":1}');
  });

  it('[ENC-2] takes none off bytes', async () => {
    const bytes = await data('/two-boms', { responseType: 'arraybuffer' });

    expect(bytes).toBeInstanceOf(ArrayBuffer);
    expect(Buffer.from(bytes as ArrayBuffer).subarray(0, 6)).toEqual(Buffer.concat([BOM, BOM]));
  });

  it('[ENC-1] garbles what is not UTF-8 by default', async () => {
    expect(await data('/gbk')).toBe(GBK.toString('utf8'));
    expect(await data('/gbk')).toContain('\ufffd');
    expect(await data('/gbk-undeclared')).toContain('\ufffd');
  });

  it("[ENC-1] converts it with charsetTrial: 'convert', by byte order mark or Content-Type", async () => {
    const convert = { charsetTrial: 'convert' };

    expect(await data('/gbk', {}, convert)).toBe('你好，世界');
    expect(await data('/utf-16', {}, convert)).toBe('你好');
    expect(await data('/utf-16-two-boms', {}, convert)).toBe('\ufeff你好');
    expect(await data('/gbk-undeclared', {}, convert)).toContain('\ufffd');
  });

  it("[ENC-1] fails with 602302 with charsetTrial: 'fail'", async () => {
    const expected = failure('request:fail response data convert to UTF8 fail', 602302);

    expect((await call({ url: '/gbk' }, { charsetTrial: 'fail' })).fail).toEqual(expected);
    expect((await call({ url: '/gbk-undeclared' }, { charsetTrial: 'fail' })).fail).toEqual(expected);
  });

  it.each(['garble', 'convert', 'fail', 'silent'])(
    '[ENC-1] hands over ASCII and bytes under any label (%s)',
    async (charsetTrial) => {
      expect(await data('/ascii-as-gbk', {}, { charsetTrial })).toBe('plain');
      expect(
        Buffer.from((await data('/gbk', { responseType: 'arraybuffer' }, { charsetTrial })) as ArrayBuffer),
      ).toEqual(GBK);
    },
  );
});
