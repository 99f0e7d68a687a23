import { parseDataPath, putAt, valueAt } from '../../src/miniprogram/data-path.js';

const made = { object: () => ({}), array: () => [] };

describe('a path of setData', () => {
  it.each([
    ['a', ['a']],
    ['a.b', ['a', 'b']],
    ['a.b[0].c', ['a', 'b', 0, 'c']],
    ['list[2][1]', ['list', 2, 1]],
    [String.raw`a\.b.c`, ['a.b', 'c']],
    ['a-b.c d', ['a-b', 'c d']],
  ])('%s', (path, keys) => {
    expect(parseDataPath(path)).toEqual(keys);
  });

  it.each(['a[b]', 'a[0', '[0]', '', '.'])('refuses %j', (path) => {
    expect(() => parseDataPath(path)).toThrow('setData: expected');
  });

  it.each<[object, string, object]>([
    [{}, 'a.b[1].c', { a: { b: [undefined, { c: 7 }] } }],
    [{ a: 1 }, 'a.b', { a: { b: 7 } }],
    [{ a: { x: 1 } }, 'a[0]', { a: [7] }],
    [{ a: [1, 2] }, 'a[1]', { a: [1, 7] }],
  ])('%j with %s', (data, path, expected) => {
    putAt(data, parseDataPath(path), 7, made);

    expect(data).toEqual(expected);
    expect(valueAt(data, parseDataPath(path))).toBe(7);
  });

  it('finds nothing where nothing is', () => {
    expect(valueAt({ a: null }, ['a', 'b'])).toBeUndefined();
  });
});
