import { listsOf } from '../../../src/cli/config/domain-shapes.js';
import { lineAndColumn, linesOf, type Located } from '../../../src/cli/config/located.js';
import { child, exportedObject } from '../../../src/cli/config/read-module.js';

const located: Located = { file: 'lists.json', text: '', value: undefined, placeOf: () => ({ file: 'lists.json' }) };
const read = (value: unknown) => {
  const { lists, findings } = listsOf(value, located, []);
  const texts = Object.entries(lists).map(([name, entries]) => [name, entries.map(({ text }) => text)]);
  return { lists: Object.fromEntries(texts) as Record<string, string[]>, problems: findings.length };
};
const A = 'https://a.example.com';
const B = 'https://b.example.com';

describe('lists of domains, in the shapes in which people have them', () => {
  it.each<[title: string, value: unknown, lists: Record<string, string[]>, problems: number]>([
    ['nothing', undefined, {}, 0],
    ['ours', { request: [A], socket: ['wss://a.example.com'] }, { request: [A], socket: ['wss://a.example.com'] }, 0],
    ['ours, in one text', { request: `${A}; ${B}` }, { request: [A, B] }, 0],
    [
      'the platform’s answer',
      { requestdomain: [A], wsrequestdomain: [], bizdomain: 1 },
      { request: [A], socket: [] },
      0,
    ],
    ['a list that is none beside one that is', { request: 1, uploadFile: [A] }, { uploadFile: [A] }, 1],
    ['a name that is misspelt beside one that is not', { requests: [A], request: [B] }, { request: [B] }, 1],
    ['null', null, {}, 1],
  ])('%s', (_title, value, lists, problems) => {
    expect(read(value)).toEqual({ lists, problems });
  });

  it('takes hosts in one text for all lists that have names of hosts', () => {
    expect(read(`a.example.com；${B}，`).lists).toEqual({
      request: [A, B],
      uploadFile: [A, B],
      downloadFile: [A, B],
      socket: ['wss://a.example.com', B],
    });
  });
});

describe('where a value of a configuration in JavaScript stands', () => {
  it.each([
    ['export default { a: [1, 7] };'],
    ['module.exports = { "a": [1, 7] };'],
    ['export default defineConfig({ a: [1, 7] });'],
    ['export default { a: [1, 7] } as const;'],
    ['export default { a: [1, 7] } satisfies Config;'],
    ['const config = { a: [1, 7] }; export default config;'],
    ['const a = [1, 7]; export default { a };'],
  ])('%s', (text) => {
    const found = child(child(exportedObject(text), 'a'), 1);

    expect(text.slice(found?.node.start ?? 0, found?.node.end ?? 0)).toBe('7');
  });

  it.each([
    ['no script', 'export default {{', 'a'],
    ['no export', 'const a = 1;', 'a'],
    ['a key that is computed', 'export default { [a]: 1 };', 'a'],
    ['a key that is not there', 'export default { b: 1 };', 'a'],
    ['a call', 'export default make();', 'a'],
    ['an array', 'export default [];', 'a'],
  ])('is not known of %s', (_title, text, key) => {
    expect(child(exportedObject(text), key)).toBeUndefined();
  });

  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [4, 3, 1],
    [5, 3, 2],
  ])('is, of character %d, line %d, column %d', (offset, line, column) => {
    expect(lineAndColumn('ab\n\ncd', offset)).toEqual({ line, column });
  });

  it('gives the text of a line, and none of one that there is not', () => {
    const lines = linesOf('ab\ncd');

    expect([lines.text(1), lines.text(2), lines.text(3)]).toEqual(['ab\n', 'cd', '']);
  });
});
