import fc from 'fast-check';
import { FormData, Response } from 'undici';
import { multipart, type FormFile } from '../../src/platform/multipart.js';

const bytesOf = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'utf8')).buffer;
const textOf = (body: ArrayBuffer) => Buffer.from(body).toString('utf8');

const anyUnit = fc.constantFrom('a', '"', '\r', '\n', '\\', '%', '名', '😀', ';', '=', ' ', '-');
const anyName = fc.string({ unit: anyUnit });
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  // What a boundary is made of, so that one must be avoided.
  fc
    .array(fc.constantFrom('----rx-miniprogram-', '0', '0000000000', '0000000001', '-', '\r\n--'), { maxLength: 20 })
    .map((pieces) => new Uint8Array(Buffer.from(pieces.join('')))),
);
const anyFile: fc.Arbitrary<FormFile> = fc.record({
  name: anyName,
  // undici leaves an empty one out, which browsers do not.
  fileName: fc.string({ unit: anyUnit, minLength: 1 }),
  bytes: anyBytes.map((bytes) => new Uint8Array(bytes).buffer),
  contentType: fc.constantFrom('image/png', 'text/plain; charset=utf-8', undefined),
});
const anyFields = fc.dictionary(anyName, anyName);

describe('multipart', () => {
  it('writes fields, then files, each behind the boundary', () => {
    const form = multipart({ title: '标题', count: 2 }, [
      { name: 'photo', fileName: 'a.png', contentType: 'image/png', bytes: bytesOf('png') },
      { name: 'photo', fileName: 'b', bytes: bytesOf('') },
    ]);

    expect(form.contentType).toBe('multipart/form-data; boundary=----rx-miniprogram-0000000000');
    expect(textOf(form.body).split('\r\n')).toEqual([
      '------rx-miniprogram-0000000000',
      'Content-Disposition: form-data; name="title"',
      '',
      '标题',
      '------rx-miniprogram-0000000000',
      'Content-Disposition: form-data; name="count"',
      '',
      '2',
      '------rx-miniprogram-0000000000',
      'Content-Disposition: form-data; name="photo"; filename="a.png"',
      'Content-Type: image/png',
      '',
      'png',
      '------rx-miniprogram-0000000000',
      'Content-Disposition: form-data; name="photo"; filename="b"',
      'Content-Type: application/octet-stream',
      '',
      '',
      '------rx-miniprogram-0000000000--',
      '',
    ]);
  });

  it('chooses a boundary that occurs nowhere', () => {
    const inName = { '----rx-miniprogram-0000000000': 'x' };
    const inBytes = [{ name: 'f', fileName: '', bytes: bytesOf('-----rx-miniprogram-00000000012') }];

    expect(multipart(inName, inBytes).contentType).toMatch(/0000000002$/);
  });

  it.each(['-', '--', '----rx-miniprogram'])(
    'takes no number for taken that stands behind other words: %j',
    (words) => {
      const text = `${words.padEnd('----rx-miniprogram-'.length, 'x')}0000000000`;

      expect(multipart({}, [{ name: 'f', fileName: 'f', bytes: bytesOf(text) }]).contentType).toMatch(/0000000000$/);
    },
  );

  it('[fetch] writes byte for byte what undici writes', async () => {
    await fc.assert(
      fc.asyncProperty(anyFields, fc.array(anyFile, { maxLength: 3 }), async (fields, files) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        for (const { name, fileName, bytes, contentType = 'application/octet-stream' } of files)
          form.append(name, new File([new Uint8Array(bytes)], fileName, { type: contentType }));
        const theirs = new Response(form);
        const theirBoundary = theirs.headers.get('content-type')!.split('boundary=')[1]!;

        const ours = multipart(fields, files);
        const boundary = ours.contentType.split('boundary=')[1]!;

        const expected = Buffer.from(await theirs.arrayBuffer())
          .toString('latin1')
          .split(theirBoundary)
          .join(boundary);
        expect(Buffer.from(ours.body).toString('latin1')).toBe(expected);
      }),
    );
  });

  it('has its boundary exactly once a part and once at the end', () => {
    fc.assert(
      fc.property(anyFields, fc.array(anyFile, { maxLength: 3 }), (fields, files) => {
        const { contentType, body } = multipart(fields, files);
        const boundary = contentType.split('boundary=')[1]!;

        const parts = Buffer.from(body).toString('latin1').split(boundary).length - 1;

        expect(parts).toBe(Object.keys(fields).length + files.length + 1);
      }),
    );
  });

  it('is not slowed down by a file made of boundaries', () => {
    const boundaries = Array.from({ length: 20_000 }, (_, n) => `----rx-miniprogram-${String(n).padStart(10, '0')}`);

    const { contentType } = multipart({}, [{ name: 'f', fileName: 'f', bytes: bytesOf(boundaries.join('')) }]);

    expect(contentType).toMatch(/0000020000$/);
  });

  it.each(['image/png\r\nX-Evil: 1', 'image/\u0000', '图片'])('refuses the content type %j', (contentType) => {
    expect(() => multipart({}, [{ name: 'f', fileName: 'f', contentType, bytes: bytesOf('') }])).toThrow(
      new TypeError(`multipart: a contentType must be such as 'image/png'; got ${JSON.stringify(contentType)}`),
    );
  });
});
