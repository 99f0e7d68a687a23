import fc from 'fast-check';
import { readForm } from '../../support/read-form.js';
import { createForm } from '../../../src/simulator/rules/multipart.js';

describe('the form of an upload', () => {
  it('is read by another implementation as it was meant', async () => {
    // What a form cannot carry is left out: lone surrogates, and line ends, which a reader may turn into others.
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => value.replace(/[\r\n\0]/g, ''));
    const name = text.filter((value) => value !== '' && value !== '__proto__');
    const field = fc.tuple(name, text);

    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(field, { maxLength: 5, selector: ([one]) => one }),
        name,
        text,
        fc.uint8Array({ maxLength: 300 }),
        async (fields, fileField, fileName, bytes) => {
          const given = Object.fromEntries(fields);
          const { contentType, body } = createForm(given)({ name: fileField, fileName, type: 'image/png', bytes });
          const read = [...(await readForm(contentType, new Uint8Array(body)))];
          const [readName, file] = read.at(-1) ?? [];

          // An escaped quote is read as it was escaped.
          const asSent = (value: string) => value.replaceAll('"', '%22');
          expect(read.slice(0, -1).map(([one, value]) => [one.replaceAll('"', '%22'), value])).toEqual(
            Object.entries(given).map(([one, value]) => [asSent(one), value]),
          );
          expect(readName?.replaceAll('"', '%22')).toBe(asSent(fileField));
          expect(file).toMatchObject({ type: 'image/png' });
          expect(Buffer.from(await (file as Blob).arrayBuffer())).toEqual(Buffer.from(bytes));
        },
      ),
    );
  });

  it.each([
    ['text', 'a', 'a'],
    ['a number', 5, '5'],
    ['a boolean', true, '[object Boolean]'],
    ['undefined', undefined, '[object Undefined]'],
    ['null', null, '[object Null]'],
    ['a list', [1], '[object Array]'],
  ])('[K3.3] makes text of %s as the platform does', async (_what, value, sent) => {
    const { contentType, body } = createForm({ field: value })({
      name: 'file',
      fileName: 'a.txt',
      type: 'text/plain',
      bytes: new Uint8Array(),
    });

    expect((await readForm(contentType, new Uint8Array(body))).get('field')).toBe(sent);
  });

  it('fails with 600010 on a field that throws', () => {
    const form = {
      get broken(): string {
        throw new Error('from the app');
      },
    };

    expect(() => createForm(form)).toThrow(
      expect.objectContaining({ failure: { kind: 'data', detail: 'invalid request data' } }) as Error,
    );
  });
});
