import { concat, Observable } from 'rxjs';
import { createNetwork, type NetworkError } from '../../src/index.js';
import { createStore, type Store, type StoreOptions } from '../../src/resilience.js';
import { marbles, type KitOptions, type MarbleHelpers } from '../../src/testing/index.js';

interface Draft {
  readonly text: string;
}

const storage = (options: NonNullable<NonNullable<KitOptions['simulator']>['storage']>): KitOptions => ({
  simulator: { storage: options },
});

/** A store on the phone as it is now; after a restart, another one. */
function storeOn({ simulator }: MarbleHelpers, options: Partial<StoreOptions<Draft>> = {}): Store<Draft> {
  const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler });
  return createStore(network, { name: 'drafts', ...options });
}

/** What the storage was called for, in this order. */
function callsOf({ simulator }: MarbleHelpers): string[] {
  const calls: string[] = [];
  simulator.events$.subscribe((event) => {
    if (event.type === 'storage-called') calls.push([event.api, ...event.keys].join(' '));
  });
  return calls;
}

/** What has come of streams, by their name: a value, `|`, or the code of an error. */
function outcomes() {
  const told: string[] = [];
  const watch = (name: string, source$: Observable<unknown>) =>
    source$.subscribe({
      next: (value) => told.push(`${name} ${JSON.stringify(value instanceof Map ? [...value] : value)}`),
      error: ({ code }: NetworkError) => told.push(`${name} #${code}`),
      complete: () => told.push(`${name} |`),
    });
  return { told, watch };
}

describe('createStore', () => {
  it(
    'tells that a value is set once it is on the device',
    marbles(
      ({ expectObservable, ...helpers }) => {
        const store = storeOn({ expectObservable, ...helpers });

        // getStorageInfo and setStorage, two milliseconds each.
        expectObservable(store.set('a', { text: 'x' })).toBe('----|');
        helpers.flush();
        expect(helpers.wx.getStorageSync('rx-miniprogram/drafts/v1/a')).toBe('{"text":"x"}');
      },
      storage({ latencyMs: 2 }),
    ),
  );

  it(
    'finds after a restart what it told of, and gives another object each time',
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      storeOn(helpers).set('a', { text: 'x' }).subscribe();
      flush();
      simulator.destroy();
      simulator.restart();

      const found: (Draft | undefined)[] = [];
      const store = storeOn(helpers);
      store.get('a').subscribe((draft) => found.push(draft));
      store.get('a').subscribe((draft) => found.push(draft));
      store.get('b').subscribe((draft) => found.push(draft));
      flush();

      expect(found).toEqual([{ text: 'x' }, { text: 'x' }, undefined]);
      expect(found[0]).not.toBe(found[1]);
    }),
  );

  it(
    'reads everything once, and never by a Sync call',
    marbles((helpers) => {
      const calls = callsOf(helpers);
      const store = storeOn(helpers);
      const { told, watch } = outcomes();

      watch('all', store.entries());
      watch('a', store.get('a'));
      helpers.flush();
      expect(told).toEqual(['all []', 'a undefined', 'all |', 'a |']);
      expect(calls).toEqual(['getStorageInfo']);
    }),
  );

  it(
    'writes at once, and makes one write of all that is set while it runs',
    marbles(
      (helpers) => {
        const store = storeOn(helpers);
        store.get('a').subscribe();
        helpers.flush();
        const calls = callsOf(helpers);
        const { told, watch } = outcomes();

        watch('first', store.set('a', { text: '1' }));
        watch('second', store.set('a', { text: '2' }));
        helpers.simulator.scheduler.schedule(() => {
          watch('third', store.set('a', { text: '3' }));
          watch('fourth', store.set('a', { text: '4' }));
        }, 2);
        helpers.flush();

        expect(calls).toHaveLength(2);
        expect(told).toEqual(['first |', 'second |', 'third |', 'fourth |']);
        expect(helpers.wx.getStorageSync('rx-miniprogram/drafts/v1/a')).toBe('{"text":"4"}');
      },
      storage({ latencyMs: 5 }),
    ),
  );

  it(
    'has nothing left to write when the app is hidden',
    marbles((helpers) => {
      const store = storeOn(helpers);
      store.get('a').subscribe();
      helpers.flush();
      const calls = callsOf(helpers);

      store.set('a', { text: 'x' }).subscribe();
      expect(calls).toEqual(['setStorage rx-miniprogram/drafts/v1/a']);
      helpers.simulator.enterBackground();
      store.set('b', { text: 'y' }).subscribe();
      expect(calls).toHaveLength(2);
      helpers.flush();
    }),
  );

  it(
    'goes on writing when nobody waits for it any more',
    marbles((helpers) => {
      const store = storeOn(helpers);
      store.set('a', { text: 'x' }).subscribe().unsubscribe();
      helpers.flush();
      expect(store.snapshot()).toEqual({ items: 1, bytes: 38, pending: 0, dropped: 0 });
    }),
  );

  it(
    'does nothing before it is subscribed to',
    marbles((helpers) => {
      const calls = callsOf(helpers);
      const store = storeOn(helpers);
      const made = [store.set('a', { text: 'x' }), store.remove('a'), store.entries(), store.clear()];
      helpers.flush();
      expect(made).toHaveLength(4);
      expect(calls).toEqual([]);
    }),
  );

  it(
    'takes a value as it was when it was set',
    marbles((helpers) => {
      const store = storeOn(helpers);
      const draft = { text: 'before' };
      store.set('a', draft).subscribe();
      draft.text = 'after';
      const { told, watch } = outcomes();
      watch('a', store.get('a'));
      helpers.flush();
      expect(told[0]).toBe('a {"text":"before"}');
    }),
  );

  it.each(['exceed storage max size 10Mb', ':entry size limit reached', ':quota reached', 'database or disk is full'])(
    'tells that the storage is full where a phone says %s, and has what it had',
    (words) => {
      marbles(
        (helpers) => {
          const store = storeOn(helpers);
          const { told, watch } = outcomes();
          watch('set', concat(store.set('a', { text: 'fits' }), store.set('a', { text: 'does not' })));
          helpers.flush();
          watch('get', store.get('a'));
          helpers.flush();
          expect(told).toEqual(['set #storage-full', 'get {"text":"fits"}', 'get |']);
          expect(store.snapshot()).toMatchObject({ items: 1, bytes: 41, pending: 0 });
        },
        storage({ fails: ({ write }) => (write === 2 ? words : undefined) }),
      )();
    },
  );

  it(
    'tells each write that fails, and makes the one that waits behind it',
    marbles(
      (helpers) => {
        const store = storeOn(helpers);
        store.get('a').subscribe();
        helpers.flush();
        const { told, watch } = outcomes();
        watch('first', store.set('a', { text: '1' }));
        helpers.simulator.scheduler.schedule(() => watch('second', store.set('a', { text: '22' })), 1);
        helpers.flush();
        expect(told).toEqual(['first #storage', 'second |']);
        expect(store.snapshot()).toEqual({ items: 1, bytes: 39, pending: 0, dropped: 0 });
      },
      storage({ latencyMs: 5, fails: ({ write }) => (write === 1 ? 'disk I/O error' : undefined) }),
    ),
  );

  it(
    'tells that it could not be read, and reads again when it is asked again',
    marbles(
      (helpers) => {
        const store = storeOn(helpers);
        const { told, watch } = outcomes();
        watch('first', store.entries());
        watch('same time', store.set('a', { text: 'x' }));
        helpers.flush();
        watch('later', store.entries());
        helpers.flush();
        expect(told).toEqual(['first #storage', 'same time #storage', 'later []', 'later |']);
      },
      storage({ fails: ({ operation }) => (operation === 1 ? 'internal error' : undefined) }),
    ),
  );

  it(
    'counts a value once, although reading had to begin anew',
    marbles(
      (helpers) => {
        for (const key of ['a', 'b']) helpers.wx.setStorageSync(`rx-miniprogram/drafts/v1/${key}`, '{"text":"x"}');
        const store = storeOn(helpers);
        const { told, watch } = outcomes();
        watch('first', store.entries());
        helpers.flush();
        watch('later', store.get('b'));
        helpers.flush();
        expect(told).toEqual(['first #storage', 'later {"text":"x"}', 'later |']);
        expect(store.snapshot()).toMatchObject({ items: 2, bytes: 76 });
      },
      storage({
        fails: ({ api, operation }) => (api === 'batchGetStorage' || operation === 6 ? 'internal error' : undefined),
      }),
    ),
  );

  it(
    'clears what cannot be read',
    marbles(
      (helpers) => {
        helpers.wx.setStorageSync('rx-miniprogram/drafts/v1/a', '{"text":"x"}');
        helpers.wx.setStorageSync('mine', 'is left alone');
        const store = storeOn(helpers);
        const { told, watch } = outcomes();
        watch('get', store.get('a'));
        helpers.flush();
        watch('clear', store.clear());
        helpers.flush();
        expect(told).toEqual(['get #storage', 'clear |']);
        expect(helpers.wx.getStorageInfoSync().keys).toEqual(['mine']);
        expect(store.snapshot()).toMatchObject({ items: 0, bytes: 0 });
      },
      storage({ fails: ({ api }) => (/GetStorage$|^getStorage$/.test(api) ? 'internal error' : undefined) }),
    ),
  );

  it(
    'drops what is broken, foreign or old, counts it, and leaves a newer app and other names alone',
    marbles((helpers) => {
      const { wx, flush } = helpers;
      wx.setStorageSync('rx-miniprogram/drafts/v2/good', '{"text":"x"}');
      wx.setStorageSync('rx-miniprogram/drafts/v2/broken', '{"text":');
      wx.setStorageSync('rx-miniprogram/drafts/v2/foreign', { text: 'an object, by somebody else' });
      wx.setStorageSync('rx-miniprogram/drafts/v2/other shape', '{"txt":"x"}');
      wx.setStorageSync('rx-miniprogram/drafts/v2/null', 'null');
      wx.setStorageSync('rx-miniprogram/drafts/v1/old', '{"text":"x"}');
      wx.setStorageSync('rx-miniprogram/drafts/v3/newer', '{"text":"x"}');
      wx.setStorageSync('rx-miniprogram/drafts-2/v1/a', '{"text":"x"}');
      wx.setStorageSync('rx-miniprogram/drafts/other', 'x');
      wx.setStorageSync('mine', 'x');
      // Throws for null.
      const read = (stored: unknown) => ('text' in (stored as object) ? (stored as Draft) : undefined);
      const store = storeOn(helpers, { version: 2, read });
      const { told, watch } = outcomes();
      watch('all', store.entries());
      flush();
      expect(told).toEqual(['all [["good",{"text":"x"}]]', 'all |']);
      expect(store.snapshot().dropped).toBe(5);
      expect(wx.getStorageInfoSync().keys).toEqual([
        'rx-miniprogram/drafts/v2/good',
        'rx-miniprogram/drafts/v3/newer',
        'rx-miniprogram/drafts-2/v1/a',
        'rx-miniprogram/drafts/other',
        'mine',
      ]);
    }),
  );

  it(
    'reads all keys by one call, and one by one what that does not tell',
    marbles((helpers) => {
      for (let n = 0; n < 250; n++) helpers.wx.setStorageSync(`rx-miniprogram/drafts/v1/${n}`, '{"text":"x"}');
      const calls = callsOf(helpers);
      const { batchGetStorage } = helpers.wx;
      let tells = (list: unknown[]): unknown => list;
      type Told = { readonly dataList?: unknown[] };
      type Option = Parameters<typeof batchGetStorage>[0] & { readonly success: (told: object) => void };
      const wx = {
        ...helpers.wx,
        batchGetStorage: (option: Option) =>
          batchGetStorage({
            ...option,
            success: (told: Told) => option.success({ dataList: tells(told.dataList ?? []) }),
          }),
      };
      const itemsOf = (): number | undefined => {
        let size: number | undefined;
        const store = createStore<Draft>(createNetwork({ wx, scheduler: helpers.simulator.scheduler }), {
          name: 'drafts',
        });
        store.entries().subscribe((all) => (size = all.size));
        helpers.flush();
        return size;
      };

      expect(itemsOf()).toBe(250);
      expect(calls.map((call) => call.split(' ').length - 1)).toEqual([0, 250]);

      calls.length = 0;
      tells = (list) => list.map((value, index) => (index === 7 ? '' : value));
      expect(itemsOf()).toBe(250);
      expect(calls.filter((call) => call.startsWith('getStorage '))).toHaveLength(1);

      calls.length = 0;
      // Nothing is documented of what a phone tells: a list that leaves some out, or has more than the values, must cost nothing but time.
      for (const other of [
        () => undefined,
        (list: unknown[]) => list.slice(1),
        (list: unknown[]) => list.map((value) => ({ value })),
        (list: unknown[]) => Object.fromEntries(list.entries()) as never,
      ]) {
        calls.length = 0;
        tells = other;
        expect(itemsOf()).toBe(250);
        expect(calls.filter((call) => call.startsWith('getStorage '))).toHaveLength(250);
        expect(calls.filter((call) => call.startsWith('removeStorage'))).toEqual([]);
      }
    }),
  );

  it(
    'reads one by one with a base library before 2.25.0',
    marbles((helpers) => {
      helpers.wx.setStorageSync('rx-miniprogram/drafts/v1/a', '{"text":"x"}');
      const calls = callsOf(helpers);
      const wx = { ...helpers.wx, batchGetStorage: undefined };
      const { told, watch } = outcomes();
      const network = createNetwork({ wx: wx, scheduler: helpers.simulator.scheduler });
      watch('all', createStore<Draft>(network, { name: 'drafts' }).entries());
      helpers.flush();
      expect(told).toEqual(['all [["a",{"text":"x"}]]', 'all |']);
      expect(calls).toEqual(['getStorageInfo', 'getStorage rx-miniprogram/drafts/v1/a']);
    }),
  );

  it(
    'looks at a value when it is asked for, and drops it then; where it cannot be removed, the next time too',
    marbles(
      (helpers) => {
        helpers.wx.setStorageSync('rx-miniprogram/drafts/v1/broken', '{"text":');
        helpers.wx.setStorageSync('rx-miniprogram/drafts/v1/good', '{"text":"x"}');
        const store = storeOn(helpers);
        const { told, watch } = outcomes();
        watch('good', store.get('good'));
        helpers.flush();
        expect(store.snapshot()).toMatchObject({ items: 2, dropped: 0 });
        watch('broken', store.get('broken'));
        helpers.flush();
        watch('again', store.get('broken'));
        helpers.flush();
        expect(told).toEqual([
          'good {"text":"x"}',
          'good |',
          'broken undefined',
          'broken |',
          'again undefined',
          'again |',
        ]);
        expect(store.snapshot()).toMatchObject({ items: 1, pending: 0, dropped: 2 });
        expect(helpers.wx.getStorageInfoSync().keys).toEqual(['rx-miniprogram/drafts/v1/good']);
      },
      storage({ fails: ({ write }) => (write === 3 ? 'disk I/O error' : undefined) }),
    ),
  );

  it(
    'makes a new shape of an old one',
    marbles((helpers) => {
      helpers.wx.setStorageSync('rx-miniprogram/drafts/v1/a', '"only text"');
      const read = (stored: unknown): Draft => (typeof stored === 'string' ? { text: stored } : (stored as Draft));
      const { told, watch } = outcomes();
      watch('a', storeOn(helpers, { read }).get('a'));
      helpers.flush();
      expect(told).toEqual(['a {"text":"only text"}', 'a |']);
    }),
  );

  it(
    'is bounded in values and in bytes, of UTF-8 as the platform counts',
    marbles((helpers) => {
      const store = storeOn(helpers, { maxItems: 2, maxBytes: 110 });
      const { told, watch } = outcomes();
      watch('a', store.set('a', { text: '' }));
      watch('b', store.set('b', { text: '汉é😀' }));
      watch('third', store.set('c', { text: '' }));
      watch('longer', store.set('a', { text: 'x'.repeat(40) }));
      watch('same size', store.set('a', { text: 'y' }));
      watch('remove', store.remove('b'));
      watch('again', store.set('c', { text: '' }));
      helpers.flush();
      expect(told).toEqual([
        'third #storage-full',
        'longer #storage-full',
        'a |',
        'b |',
        'again |',
        'same size |',
        'remove |',
      ]);
      expect(store.snapshot()).toMatchObject({ items: 2, bytes: 75 });
      const kilobytes = helpers.wx.getStorageInfoSync().currentSize;
      expect(kilobytes).toBe(1);
    }),
  );

  it(
    'refuses a value that has no JSON, and an empty key',
    marbles((helpers) => {
      const store = storeOn(helpers);
      const { told, watch } = outcomes();
      const ring: { self?: unknown } = {};
      ring.self = ring;
      watch('undefined', store.set('a', undefined as never));
      watch('ring', store.set('a', ring as never));
      watch('key', store.set('', { text: 'x' }));
      helpers.flush();
      expect(told).toEqual(['undefined #invalid-argument', 'ring #invalid-argument', 'key #invalid-argument']);
    }),
  );

  it(
    'lets the platform encrypt',
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      storeOn(helpers, { encrypt: true }).set('a', { text: 'x' }).subscribe();
      flush();
      expect(simulator.wx.getStorageSync('rx-miniprogram/drafts/v1/a')).toBe('');
      simulator.destroy();
      simulator.restart();
      const { told, watch } = outcomes();
      watch('a', storeOn(helpers, { encrypt: true }).get('a'));
      flush();
      expect(told[0]).toBe('a {"text":"x"}');
    }),
  );

  it(
    'starts empty when the platform has taken everything',
    marbles((helpers) => {
      const { simulator, flush } = helpers;
      storeOn(helpers).set('a', { text: 'x' }).subscribe();
      flush();
      simulator.clearStorage();
      simulator.destroy();
      simulator.restart();
      const { told, watch } = outcomes();
      watch('all', storeOn(helpers).entries());
      flush();
      expect(told).toEqual(['all []', 'all |']);
    }),
  );

  it(
    'tells where the platform throws',
    marbles((helpers) => {
      const wx = {
        ...helpers.wx,
        getStorageInfo() {
          throw new Error('not now');
        },
      };
      const { told, watch } = outcomes();
      watch('all', createStore(createNetwork({ wx: wx }), { name: 'drafts' }).entries());
      helpers.flush();
      expect(told).toEqual(['all #storage']);
    }),
  );

  it(
    'refuses a second store of a name, a name that would run into others, and unknown options',
    marbles((helpers) => {
      const network = createNetwork({ wx: helpers.wx });
      createStore(network, { name: 'drafts' });
      expect(() => createStore(network, { name: 'drafts' })).toThrow("createStore: there is a store 'drafts' already");
      expect(() => createStore(network, { name: 'a/b' })).toThrow("got 'a/b'");
      expect(() => createStore(network, { name: 'x', maxItems: 0 })).toThrow(
        'createStore: maxItems must be a whole number from 1; got 0',
      );
      expect(() => createStore(network, { name: 'x', ttl: 1 } as never)).toThrow("Unknown option 'ttl'");
    }),
  );

  it(
    'refuses a plugin, whose keys nobody can list',
    marbles(
      (helpers) => {
        expect(() => storeOn(helpers)).toThrow('createStore: there is no wx.getStorageInfo here, as in a plugin');
      },
      { simulator: { runsAs: 'plugin', plugin: { appId: 'wxfedcba9876543210', version: '1.0.0', token: 'token' } } },
    ),
  );

  it('has what it told of, and nothing half, wherever the app was killed: at every single operation', () => {
    /** Three turns of an app that counts, and tells what it has been told. */
    const count = (helpers: MarbleHelpers, told: Map<string, number>) => {
      const { simulator } = helpers;
      const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler });
      const store = createStore<number>(network, { name: 'counts' });
      for (let turn = 1; turn <= 3; turn++) {
        for (const key of ['a', 'b']) {
          simulator.scheduler.schedule(() => {
            store.set(key, turn).subscribe({ complete: () => told.set(key, turn) });
          }, turn * 3);
        }
      }
    };
    let operations = 0;
    for (let operation = 1, killed = true; killed; operation++) {
      for (const moment of ['storage-called', 'storage-settled']) {
        killed = false;
        marbles(
          (helpers) => {
            const { simulator, flush } = helpers;
            const told = new Map<string, number>();
            const kills = simulator.events$.subscribe((event) => {
              if (event.type !== moment || !('operation' in event) || event.operation !== operation) return;
              killed = true;
              simulator.destroy();
            });
            count(helpers, told);
            flush();
            kills.unsubscribe();
            operations++;

            simulator.destroy();
            simulator.restart();
            const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler });
            const store = createStore<number>(network, { name: 'counts' });
            store.entries().subscribe((entries) => {
              for (const [key, turn] of told) expect(entries.get(key)).toBeGreaterThanOrEqual(turn);
              expect([...entries.values()].every((turn) => turn <= 3)).toBe(true);
            });
            flush();
            expect(store.snapshot().dropped).toBe(0);
          },
          storage({ latencyMs: 2 }),
        )();
      }
    }
    expect(operations).toBeGreaterThan(13);
  });
});
