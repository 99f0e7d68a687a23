import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator } from '../../../src/simulator/create-simulator.js';

describe('values in a folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-values-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (options = {}) => createSimulator({ storageFolder: folder, ...options }).wx;
  const files = () => readdirSync(join(folder, 'values'));

  it('are found by a second start, of every type and under every key', () => {
    const values = { a: 1, '../../etc': [1], 'b/c': { d: new Date(0) }, 你好: new Date(5), ['x'.repeat(2_000)]: null };
    const entries = Object.entries(values);
    const first = start();
    for (const [key, value] of entries) first.setStorageSync(key, value);
    const second = start();

    expect(second.getStorageInfoSync().keys.sort()).toEqual(entries.map(([key]) => key).sort());
    expect(second.getStorageSync('b/c')).toEqual({ d: '1970-01-01T00:00:00.000Z' });
    expect(second.getStorageSync('你好')).toEqual(new Date(5));
    expect(second.getStorageInfoSync().currentSize).toBe(first.getStorageInfoSync().currentSize);
    expect(files()).toHaveLength(entries.length);
  });

  it('are gone for the next start when they were removed', () => {
    const first = start();
    first.setStorageSync('a', 1);
    first.setStorageSync('b', 1);
    first.removeStorageSync('a');
    expect(start().getStorageInfoSync().keys).toEqual(['b']);
    first.clearStorageSync();

    expect(start().getStorageInfoSync().keys).toEqual([]);
    expect(files()).toEqual([]);
  });

  it('stand beside what is foreign or broken, which is passed over and left alone', () => {
    start().setStorageSync('a', 1);
    const place = join(folder, 'values');
    const [ours = ''] = files();
    const foreign = {
      'half.part': '{"key"',
      'half.json': '{"key":"h"',
      'empty.json': '',
      'other.json': '{"b":1}',
      'null.json': 'null',
      'list.json': '[]',
      'numbers.json': '{"key":1,"type":"Number","text":"1","encrypted":false}',
      // Whole, but not under its own name: a copy.
      'copy.json': readFileSync(join(place, ours), 'utf8'),
      'read me.txt': 'hello',
    };
    for (const [name, text] of Object.entries(foreign)) writeFileSync(join(place, name), text);
    mkdirSync(join(place, 'folder.json'));
    symlinkSync(join(place, ours), join(place, 'link.json'));
    const second = start();
    second.setStorageSync('b', 2);

    expect(second.getStorageInfoSync().keys).toEqual(['a', 'b']);
    expect(files()).toEqual(expect.arrayContaining([...Object.keys(foreign), 'folder.json', 'link.json']));
  });

  it('are in no folder where the option says so', () => {
    start({ storage: { inMemory: true } }).setStorageSync('a', 1);

    expect(readdirSync(folder)).toEqual([]);
  });

  it('fail with words where a file cannot be written, and change nothing', () => {
    const wx = start();
    wx.setStorageSync('a', 1);
    const [name = ''] = files();
    rmSync(join(folder, 'values', name));
    mkdirSync(join(folder, 'values', name));

    expect(() => wx.setStorageSync('a', 2)).toThrow('setStorageSync:fail:internal error set DB data fail');
    expect(wx.getStorageSync('a')).toBe(1);
    expect(files()).toEqual([name]);
  });

  it('stay as they were where the disk fails in the middle of a batch, here and for the next start', () => {
    const wx = start();
    wx.batchSetStorageSync([
      { key: 'a', value: 'old' },
      { key: 'c', value: 'old' },
    ]);
    const names = files();
    const ofC = names.find((name) => readFileSync(join(folder, 'values', name), 'utf8').includes('"c"')) ?? '';
    rmSync(join(folder, 'values', ofC));
    mkdirSync(join(folder, 'values', ofC));
    const batch = ['a', 'b', 'c', 'd'].map((key) => ({ key, value: 'new' }));
    const used = wx.getStorageInfoSync().currentSize;

    expect(() => wx.batchSetStorageSync(batch)).toThrow('batchSetStorageSync:fail:internal error set DB data fail');
    expect(wx.batchGetStorageSync(['a', 'b', 'c', 'd'])).toEqual(['old', '', 'old', '']);
    expect(wx.getStorageInfoSync().currentSize).toBe(used);
    expect(start().batchGetStorageSync(['a', 'b', 'd'])).toEqual(['old', '', '']);
    expect(files().sort()).toEqual(names.sort());
  });
});
