import { createSimulator } from '../../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { marbles } from '../../../src/testing/index.js';
import { at, createLog, phone } from '../phone.js';

const KILOBYTE = 1024;
const MEGABYTE = KILOBYTE * KILOBYTE;

const storagePhone = (storage: SimulatorOptions['storage'] = {}) => phone({}, { storage });
/** Words of `fail` and of `success`, with the time. */
const toldTo = (note: (what: string) => void) => ({ complete: ({ errMsg }: { errMsg: string }) => note(errMsg) });

describe('wx.setStorage and wx.getStorage', () => {
  it.each<[string, unknown, unknown?]>([
    ['text', 'héllo 你好'],
    ['empty text', ''],
    ['a number', -1.5e300],
    ['no number', NaN],
    ['infinity', Infinity],
    ['true', true],
    ['false', false],
    ['null', null],
    ['undefined', undefined],
    ['a date', new Date(1_700_000_000_123)],
    ['a list', [1, ['a'], null]],
    ['an object', { a: { b: [1] } }],
    ['a date inside of an object, which becomes text', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['undefined inside of an object, which goes', { a: undefined, b: 1 }, { b: 1 }],
    ['an object with a toJSON', { toJSON: () => ({ a: 1 }) }, { a: 1 }],
    ['an object whose toJSON has nothing to say, as empty text', { toJSON: () => undefined }, ''],
    ['a function, as empty text', () => 1, ''],
    ['bytes, as empty text', new Uint8Array([1]).buffer, ''],
    ['a typed array, as empty text', new Uint8Array([1]), ''],
    ['a map, as empty text', new Map([[1, 2]]), ''],
    ['a bigint, as empty text', 5n, ''],
    ['a symbol, as empty text', Symbol('a'), ''],
  ])('keep %s', (_what, value, back = value) => {
    marbles(({ flush }) => {
      const { wx } = storagePhone();
      const read: unknown[] = [];
      wx.setStorage({ key: 'a', data: value, success: () => read.push(wx.getStorageSync('a')) });
      flush();
      wx.getStorage({ key: 'a', success: ({ data }) => read.push(data) });
      flush();

      expect(read).toEqual([back, back]);
    })();
  });

  it(
    'take what they were given in the turn of the call, and give something new each time',
    marbles(({ flush }) => {
      const { wx } = storagePhone();
      const option = { key: 'a', data: { list: [1] } };
      void wx.setStorage(option);
      option.key = 'b';
      option.data.list.push(2);
      flush();
      wx.getStorageSync<{ list: number[] }>('a').list.push(3);

      expect(wx.getStorageSync('a')).toEqual({ list: [1] });
      expect(wx.getStorageSync('b')).toBe('');
    }),
  );

  it(
    'tell in a turn of their own, in order, after as long as the option says',
    marbles(({ flush }) => {
      const { wx } = storagePhone({ latencyMs: 5 });
      const { lines, note } = createLog();
      wx.setStorage({ key: 'a', data: 1, ...toldTo(note) });
      wx.getStorage({ key: 'a', success: ({ data }) => note(`a is ${String(data)}`) });
      wx.removeStorage({ key: 'a', ...toldTo(note) });
      wx.getStorage({ key: 'a', ...toldTo(note) });
      note('this turn');
      expect(wx.getStorageSync('a')).toBe('');
      flush();

      expect(lines).toEqual([
        '0 this turn',
        '5 setStorage:ok',
        '5 a is 1',
        '5 removeStorage:ok',
        '5 getStorage:fail data not found',
      ]);
    }),
  );

  it('return a promise where no callback was given', async () => {
    const { wx } = createSimulator();

    expect(await wx.setStorage({ key: 'a', data: [1] })).toEqual({ errMsg: 'setStorage:ok' });
    expect(await wx.getStorage({ key: 'a' })).toEqual({ data: [1], errMsg: 'getStorage:ok' });
    await expect(wx.getStorage({ key: 'b' })).rejects.toEqual({ errMsg: 'getStorage:fail data not found' });
    expect((wx.setStorage as (option: object) => unknown)({ key: 'a', data: 2, success: () => {} })).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['no key', {}, 'parameter error: parameter.key should be String instead of Undefined;'],
    ['a number for a key', { key: 1 }, 'parameter error: parameter.key should be String instead of Number;'],
    ['no option', undefined, 'parameter error: parameter.key should be String instead of Undefined;'],
    ['what has no JSON', { key: 'a', data: circular() }, 'circular structure'],
    ['what throws an error', { key: 'a', data: throwing(new Error('not now')) }, 'not now'],
    ['what throws text', { key: 'a', data: throwing('not now') }, 'not now'],
    ['what throws nothing', { key: 'a', data: throwing(null) }, 'null'],
  ])('refuse %s', (_what, option, words) => {
    marbles(({ flush }) => {
      const { wx } = storagePhone();
      const failed: string[] = [];
      const { key, data } = (option ?? {}) as { key: string; data: unknown };
      wx.setStorage({ ...(option as { key: string; data: unknown }), fail: ({ errMsg }) => failed.push(errMsg) });
      flush();

      expect(failed).toEqual([expect.stringMatching(/^setStorage:fail /)]);
      expect(failed[0]).toContain(words);
      expect(() => wx.setStorageSync(key, data)).toThrow(words);
      expect(wx.getStorageInfoSync().keys).toEqual([]);
    })();
  });

  it(
    'refuse an empty key',
    marbles(({ flush }) => {
      const { wx } = storagePhone();
      const { lines, note } = createLog();
      wx.setStorage({ key: '', data: 1, ...toldTo(note) });
      flush();

      expect(lines).toEqual(['0 setStorage:fail:invalid key']);
    }),
  );

  it(
    'do nothing to a suspended app until it is back, but have stored all the same',
    marbles(({ flush }) => {
      const simulator = storagePhone({ latencyMs: 10 });
      const { lines, note } = createLog();
      simulator.events$.subscribe(({ type }) => {
        if (type === 'storage-settled') note('stored');
      });
      simulator.enterBackground();
      at(4_995, () => simulator.wx.setStorage({ key: 'a', data: 1, ...toldTo(note) }));
      at(9_000, () => simulator.enterForeground());
      flush();

      expect(lines).toEqual(['5005 stored', '9000 setStorage:ok']);
    }),
  );
});

describe('the limits', () => {
  it.each<[string, number, boolean, string]>([
    ['1 MB, the key included', MEGABYTE - 1, false, 'setStorage:ok'],
    ['a byte more', MEGABYTE, false, 'setStorage:fail:entry size limit reached'],
    ['0.7 MB, encrypted', Math.floor(0.7 * MEGABYTE), true, 'setStorage:ok'],
    ['0.72 MB, encrypted', Math.floor(0.72 * MEGABYTE), true, 'setStorage:fail:entry size limit reached'],
  ])('hold for one key: %s', (_what, length, encrypt, errMsg) => {
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      storagePhone().wx.setStorage({ key: 'a', data: 'x'.repeat(length), encrypt, ...toldTo(note) });
      flush();

      expect(lines).toEqual([`0 ${errMsg}`]);
    })();
  });

  it.each([
    ['10 MB', false, 10],
    ['7.1 MB, encrypted', true, 7],
  ])('hold for the app: %s', (_what, encrypt, megabytes) => {
    marbles(({ flush }) => {
      const { wx } = storagePhone();
      const half = 'x'.repeat(MEGABYTE / 2 - 10);
      const { lines, note } = createLog();
      for (let index = 0; index < 2 * megabytes + 1; index++)
        wx.setStorage({ key: `key ${index}`, data: half, encrypt, ...toldTo(note) });
      flush();

      expect(lines.filter((line) => line.endsWith('ok'))).toHaveLength(2 * megabytes);
      expect(lines.at(-1)).toBe('0 setStorage:fail:quota reached');
    })();
  });

  it('count the bytes of UTF-8, and give room back', () => {
    const { wx } = storagePhone({ maxBytes: 7 });
    wx.setStorageSync('k', '你');
    expect(() => wx.setStorageSync('l', '你')).toThrow('setStorageSync:fail:quota reached');
    wx.setStorageSync('k', 'xx');
    wx.setStorageSync('l', '你');
    expect(() => wx.setStorageSync('m', '')).toThrow('quota reached');
    wx.removeStorageSync('l');
    wx.setStorageSync('m', '你');

    expect(wx.getStorageInfoSync()).toEqual({ keys: ['k', 'm'], currentSize: 1, limitSize: 0 });
  });

  it('leave what was there where the new value has no room, and take one that is smaller', () => {
    const { wx } = storagePhone({ maxBytes: 10 });
    wx.setStorageSync('k', 'x'.repeat(9));
    expect(() => wx.setStorageSync('k', 'y'.repeat(10))).toThrow('quota reached');
    expect(wx.getStorageSync('k')).toBe('x'.repeat(9));
    wx.setStorageSync('k', 'z');

    expect(wx.getStorageSync('k')).toBe('z');
  });
});

describe('encrypt', () => {
  it(
    'has to be said both ways',
    marbles(({ flush }) => {
      const { wx } = storagePhone();
      const { lines, note } = createLog();
      void wx.setStorage({ key: 'secret', data: 'a', encrypt: true });
      void wx.setStorage({ key: 'plain', data: 'b' });
      for (const key of ['secret', 'plain'])
        for (const encrypt of [true, false])
          wx.getStorage({
            key,
            encrypt,
            success: ({ data }) => note(data as string),
            fail: ({ errMsg }) => note(errMsg),
          });
      flush();

      expect(lines).toEqual(['0 a', '0 getStorage:fail data not found', '0 getStorage:fail data not found', '0 b']);
      expect(wx.getStorageSync('secret')).toBe('');
    }),
  );
});

describe('the other calls', () => {
  it('remove, clear, and tell what is there', () => {
    const { wx } = storagePhone();
    wx.setStorageSync('a', 'x'.repeat(1_500));
    wx.setStorageSync('b', undefined);
    expect(wx.getStorageSync('b')).toBe('');
    expect(wx.getStorageInfoSync()).toEqual({ keys: ['a', 'b'], currentSize: 2, limitSize: 10 * KILOBYTE });
    wx.removeStorageSync('a');
    wx.removeStorageSync('never there');
    expect(wx.getStorageInfoSync().keys).toEqual(['b']);
    wx.clearStorageSync();

    expect(wx.getStorageInfoSync()).toEqual({ keys: [], currentSize: 0, limitSize: 10 * KILOBYTE });
  });

  it(
    'have an asynchronous form each',
    marbles(({ flush }) => {
      const { wx } = storagePhone();
      const { lines, note } = createLog();
      wx.batchSetStorage({ kvList: [{ key: 'a', value: 1 }, { key: 'b', value: { c: 2 } }], ...toldTo(note) }); // prettier-ignore
      wx.batchGetStorage({ keyList: ['b', 'none', 'a'], success: ({ dataList }) => note(JSON.stringify(dataList)) });
      wx.getStorageInfo({ success: ({ keys, currentSize }) => note(`${keys.join()} ${currentSize}`) });
      wx.clearStorage(toldTo(note));
      wx.getStorageInfo({ success: ({ keys }) => note(`${keys.length} left`) });
      flush();

      expect(lines).toEqual(['0 batchSetStorage:ok', '0 [{"c":2},"",1]', '0 a,b 1', '0 clearStorage:ok', '0 0 left']);
    }),
  );

  it('store a batch whole or not at all', () => {
    const { wx } = storagePhone({ maxBytes: 10, maxValueBytes: 9 });
    const batch = (...values: string[]) =>
      wx.batchSetStorageSync(values.map((value, index) => ({ key: `${index}`, value })));
    expect(() => batch('aaaa', 'bbbbb')).toThrow('batchSetStorageSync:fail:quota reached');
    expect(() => batch('a', 'b'.repeat(9))).toThrow('entry size limit reached');
    expect(() => wx.batchSetStorageSync('a' as never)).toThrow('parameter.kvList should be Array instead of String;');
    expect(() => wx.batchSetStorageSync([null as never])).toThrow(
      'parameter.key should be String instead of Undefined;',
    );
    expect(wx.getStorageInfoSync().keys).toEqual([]);
    batch('aaaa', 'bbbb');

    expect(wx.batchGetStorageSync(['1', '0', '2'])).toEqual(['bbbb', 'aaaa', '']);
  });
});

describe('failures by option', () => {
  it(
    'are asked for before each call takes effect, with its number',
    marbles(({ flush }) => {
      const seen: unknown[] = [];
      const simulator = storagePhone({
        fails: (operation) => {
          seen.push(operation);
          return operation.write === 2 ? 'disk I/O error' : undefined;
        },
      });
      const { lines, note } = createLog();
      simulator.wx.setStorage({ key: 'a', data: 1, ...toldTo(note) });
      simulator.wx.getStorage({ key: 'a', ...toldTo(note) });
      simulator.wx.removeStorage({ key: 'a', ...toldTo(note) });
      simulator.wx.setStorage({ key: 'b', data: 1, ...toldTo(note) });
      flush();

      expect(lines).toEqual([
        '0 setStorage:ok',
        '0 getStorage:ok',
        '0 removeStorage:fail disk I/O error',
        '0 setStorage:ok',
      ]);
      expect(simulator.wx.getStorageInfoSync().keys).toEqual(['a', 'b']);
      expect(seen.slice(0, 3)).toEqual([
        { api: 'setStorage', keys: ['a'], operation: 1, write: 1 },
        { api: 'getStorage', keys: ['a'], operation: 2, write: 0 },
        { api: 'removeStorage', keys: ['a'], operation: 3, write: 2 },
      ]);
    }),
  );
});

describe('storage and the end of the app', () => {
  it(
    'keeps over a restart what had been stored, told or not, and nothing else',
    marbles(({ flush }) => {
      const simulator = storagePhone({ latencyMs: 5 });
      const { lines, note } = createLog();
      const store = (key: string) => simulator.wx.setStorage({ key, data: key, ...toldTo(() => note(key)) });
      store('a');
      at(3, () => store('c'));
      // In the turn in which b is stored, before it is told.
      at(2, () => store('b'));
      simulator.events$.subscribe((event) => {
        if (event.type === 'storage-settled' && event.keys[0] === 'b') simulator.destroy();
      });
      flush();

      expect(lines).toEqual(['5 a']);
      expect(simulator.restart().getStorageInfoSync().keys).toEqual(['a', 'b']);
    }),
  );

  it(
    'can be cut at any operation: before it, it has done nothing',
    marbles(({ flush }) => {
      const simulator = storagePhone();
      const cut = simulator.events$.subscribe((event) => {
        if (event.type === 'storage-called' && event.operation === 2) simulator.destroy();
      });
      simulator.wx.setStorageSync('a', 1);
      simulator.wx.setStorageSync('b', 1);
      simulator.wx.setStorageSync('c', 1);
      void simulator.wx.setStorage({ key: 'd', data: 1 });
      expect(simulator.wx.getStorageSync('a')).toBe('');
      expect(simulator.wx.getStorageInfoSync()).toEqual({ keys: [], currentSize: 0, limitSize: 0 });
      expect(simulator.wx.batchGetStorageSync(['a'])).toEqual([]);
      flush();
      cut.unsubscribe();
      simulator.restart();
      const operations: number[] = [];
      simulator.events$.subscribe((event) => {
        if (event.type === 'storage-called') operations.push(event.operation);
      });

      expect(simulator.wx.getStorageInfoSync().keys).toEqual(['a']);
      expect(operations).toEqual([3]);
    }),
  );

  it('may be cleared by the system, without a word to the app', () => {
    const simulator = storagePhone();
    simulator.wx.setStorageSync('a', 1);
    simulator.clearStorage();

    expect(simulator.wx.getStorageSync('a')).toBe('');
  });

  it('is over with close()', async () => {
    const simulator = createSimulator();
    simulator.wx.setStorageSync('a', 1);
    await simulator.close();

    expect(() => simulator.wx.setStorageSync('a', 2)).toThrow('the simulator has been closed');
    await expect(simulator.wx.getStorage({ key: 'a' })).rejects.toMatchObject({
      errMsg: 'getStorage:fail system error, the simulator has been closed',
    });
  });
});

describe('the test kit', () => {
  it(
    'has a storage in memory, empty at the start of each test',
    marbles(({ wx, simulator }) => {
      expect(wx.getStorageInfoSync().keys).toEqual([]);
      wx.setStorageSync('a', 1);

      expect(simulator.restart().getStorageSync('a')).toBe(1);
    }),
  );
});

function throwing(what: unknown): object {
  return {
    toJSON: () => {
      throw what;
    },
  };
}

function circular(): object {
  const self: Record<string, unknown> = {};
  self['self'] = self;
  return self;
}
