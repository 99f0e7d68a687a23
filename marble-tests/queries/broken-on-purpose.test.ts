import { EMPTY, NEVER, of } from 'rxjs';
import { createHttp, createNetwork, type Http, type HttpRequest } from '../../src/index.js';
import { createQueries, type StoredAnswer } from '../../src/queries.js';
import { httpResponse, json, marbles } from '../../src/testing/index.js';
import { clockwork } from './support/clockwork.js';
import { desk, offline, shown, watching } from './support/desk.js';

const API = 'https://api.example.com';
const HOUR = 3_600_000;

describe('a change', () => {
  const withAnswer = (body: unknown = 1) => {
    const all = desk();
    const { seen } = watching(all.queries.watch$('/n', { freshMs: 1e9, tags: ['n'] }));
    all.answer(0, body);
    return { ...all, seen };
  };

  it('cannot make another of the same query: it would make one without end', () => {
    const { queries, seen } = withAnswer();
    const twice = (n: number) => {
      queries.change<number>('/n', (m) => m * 10);
      return n + 1;
    };
    expect(() => queries.change('/n', twice)).toThrow('change nothing within');
    expect(seen).toEqual(['1 network']);
    queries.change<number>('/n', (n) => n + 1);
    expect(seen).toEqual(['1 network', '2 memory stale']);
  });

  it('may be made by who is told of one', () => {
    const { queries, answer } = desk();
    const seen: string[] = [];
    queries.watch$<number>('/n', { freshMs: 1e9 }).subscribe((state) => {
      seen.push(shown(state));
      if (state.value === 2) queries.change<number>('/n', (n) => n + 1);
    });
    answer(0, 1);
    queries.change<number>('/n', (n) => n + 1);
    expect(seen).toEqual(['1 network', '2 memory stale', '3 memory stale']);
  });

  it('that invalidates goes with the answer', () => {
    const { queries, answer, seen } = withAnswer();
    queries.change<number>('/n', (n) => {
      queries.invalidate('n');
      return n + 1;
    });
    answer(1, 5);
    expect(seen).toEqual(['1 network', '5 network']);
  });

  it.each([
    ['a promise', (n: number) => Promise.resolve(n + 1)],
    ['no function', { id: 1 }],
  ])('is told at once where it gives %s', (_, change) => {
    const { queries, seen } = withAnswer();
    expect(() => queries.change('/n', change as never)).toThrow('change: write (value) => the new value, at once');
    expect(seen).toEqual(['1 network']);
  });

  it('to nothing is a change as any', () => {
    const { queries, seen } = withAnswer();
    queries.change('/n', () => undefined).undo();
    expect(seen).toEqual(['1 network', 'undefined memory stale', '1 memory']);
  });
});

describe('memory', () => {
  it('counts bytes as bytes', () => {
    const { queries, answer, count } = desk({ maxBytes: 10_000 });
    for (let index = 0; index < 4; index++) {
      const { subscription } = watching(queries.watch$(`/${index}`, { freshMs: 1e9 }));
      answer(index, new ArrayBuffer(4_000));
      subscription.unsubscribe();
    }
    watching(queries.watch$('/3', { freshMs: 1e9 }));
    expect(count()).toBe(4);
    watching(queries.watch$('/0', { freshMs: 1e9 }));
    expect(count()).toBe(5);
  });

  it.each([
    ['a BigInt', { id: 10n }, { id: 11n }],
    ['a Map', new Map([[1, 2]]), new Map([[1, 3]])],
  ])('what the app’s own parser makes is told apart, such as %s', (_, first, second) => {
    const { queries, answer } = desk();
    const seen: unknown[] = [];
    queries.watch$('/n').subscribe(({ value }) => seen.push(value));
    answer(0, first);
    queries.watch$('/n').subscribe();
    answer(1, second);
    expect(seen).toEqual([first, second]);
  });

  it('a warning in the middle of a telling, before and after one leaves', () => {
    let warn: () => void = () => undefined;
    const { network } = clockwork({ onMemoryWarning: (listener: () => void) => (warn = listener) });
    const { queries, answer, open } = desk({ network });
    const seen: unknown[] = [];
    const watcher = queries.watch$('/n').subscribe(({ value }) => {
      seen.push(value);
      warn();
      watcher.unsubscribe();
      warn();
    });
    answer(0, 1);
    const again = watching(queries.watch$('/n'));
    answer(1, 2);
    expect([seen, again.seen, open()]).toEqual([[1], ['2 network'], []]);
  });

  it('[K1] counts for the tags that were given, whatever becomes of the list', () => {
    const { queries, answer, open } = desk();
    const tags = ['n'];
    const query$ = queries.watch$('/n', { freshMs: 1e9, tags });
    tags[0] = 'other';
    watching(query$);
    answer(0, 1);
    queries.invalidate('n');
    expect(open()).toEqual(['/n']);
  });

  it('remembers an invalidation of more tags than it can count', () => {
    const { queries, answer } = desk();
    watching(queries.watch$('/n', { freshMs: 1e9 }));
    answer(0, 'before');
    queries.invalidate('n');
    for (let index = 0; index < 1_001; index++) queries.invalidate(`t${index}`);
    const { seen } = watching(queries.watch$('/n', { freshMs: 1e9, tags: ['n'] }));
    expect(seen).toEqual([]);
  });
});

describe('pages', () => {
  it('a next() that throws is told to who watches, and the list goes on after it', () => {
    const { queries, answer, open } = desk();
    let isBroken = false;
    const feed = queries.pages<string>('/feed', {
      freshMs: 1e9,
      next: () => {
        if (!isBroken) return '/feed?2';
        isBroken = false;
        throw new Error('mine');
      },
    });
    const { seen } = watching(feed.watch$);
    answer(0, 'a');
    isBroken = true;
    feed.more();
    feed.more();
    expect(open()).toEqual(['/feed?2']);
    answer(1, 'b');
    expect(seen).toEqual(['["a"] network', '["a"] network stale: undefined', '["a","b"] network']);
  });

  it('a cursor that repeats asks for one page each time: whether the server has more is for next() to say', () => {
    const { queries, answer, open, count } = desk();
    const feed = queries.pages<string>('/feed', { freshMs: 1e9, next: () => '/feed?x' });
    const { seen } = watching(feed.watch$);
    answer(0, 'a');
    feed.more();
    answer(1, 'b');
    expect([open(), count(), seen]).toEqual([[], 2, ['["a"] network', '["a","b"] network']]);
  });

  it.each<[string, HttpRequest]>([
    ['a POST', { url: '/feed', method: 'POST' }],
    ['one with a parser of its own', { url: '/feed', parseJson: (text) => text }],
  ])('a next() that gives %s is refused: it is asked again with the list', (_, request) => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.pages('/feed', { next: () => request }).watch$);
    answer(0, 'a');
    expect(seen).toEqual(['# invalid-argument']);
  });
});

describe('what never comes', () => {
  const silent = { get: () => NEVER, entries: () => NEVER, set: () => NEVER, remove: () => NEVER } as never;

  it('a store that never answers: the network is asked after three seconds', () => {
    const { network, pass } = clockwork();
    const { queries, answer, open } = desk({ network, store: silent });
    const { seen } = watching(queries.watch$('/a', { persist: true, tags: ['a'] }));
    pass(2_999);
    expect(open()).toEqual([]);
    pass(1);
    answer(0, 2);
    queries.invalidate('a');
    answer(1, 3);
    expect(seen).toEqual(['2 network', '3 network']);
  });

  it('data of the platform that never comes, and comes in the end', () => {
    let tell: (result: object) => void = () => undefined;
    const { network, pass } = clockwork({
      getBackgroundFetchData: ({ success }: { success: typeof tell }) => (tell = success),
    });
    const { queries, answer } = desk({ network });
    const { seen } = watching(queries.watch$('/a', { backgroundFetch: 'pre' }));
    pass(3_000);
    answer(0, 2);
    tell({ fetchedData: '1' });
    expect(seen).toEqual(['2 network']);
  });

  it('data of the platform that is nothing at all, told later', () => {
    let tell: () => void = () => undefined;
    const { network } = clockwork({
      getBackgroundFetchData: ({ success }: { success: () => void }) => (tell = success),
    });
    const { queries, open } = desk({ network });
    watching(queries.watch$('/a', { backgroundFetch: 'periodic' }));
    expect(() => tell()).not.toThrow();
    expect(open()).toEqual(['/a']);
  });

  it('a store that throws: what it throws is told, and not thrown', () => {
    const no = () => {
      throw new Error('no');
    };
    const { queries, answer, warnings } = desk({ store: { get: no, entries: no, set: no, clear: no } as never });
    const { seen } = watching(queries.watch$('/a', { persist: true, tags: ['a'] }));
    answer(0, 1);
    queries.invalidate('a');
    answer(1, 2);
    queries.clear();
    expect(seen).toEqual(['1 network', '2 network']);
    expect(warnings).toHaveLength(5);
  });

  it('a call that ends without an answer is an error, and the next one asks anew', () => {
    let isEmpty = true;
    const http$ = () => (isEmpty ? EMPTY : of(httpResponse({ body: 1 })));
    const queries = createQueries(http$ as unknown as Http);
    expect(watching(queries.watch$('/a')).seen).toEqual(['# no answer']);
    isEmpty = false;
    expect(watching(queries.watch$('/a')).seen).toEqual(['1 network']);
  });

  it('a call that throws is one that fails', () => {
    const queries = createQueries((() => {
      throw offline;
    }) as unknown as Http);
    expect(watching(queries.watch$('/a')).seen).toEqual(['# offline']);
    expect(watching(queries.watch$('/a')).seen).toEqual(['# offline']);
  });
});

describe('whose answers they are', () => {
  it('nobody can be asked while one is on its way, at a logout: it is told, and asked anew after the login', () => {
    let user: { readonly id: string } | undefined = { id: 'a' };
    const { queries, answer, open } = desk({ identity: () => (user as { readonly id: string }).id });
    const before = watching(queries.watch$('/me'));
    user = undefined;
    answer(0, 'of a');
    expect(before.seen).toEqual([expect.stringContaining('# Cannot read')]);
    expect(watching(queries.watch$('/me')).seen).toEqual([expect.stringContaining('# Cannot read')]);
    user = { id: 'a' };
    const after = watching(queries.watch$('/me'));
    expect(open()).toEqual(['/me']);
    answer(1, 'of a');
    expect(after.seen).toEqual(['"of a" network']);
  });

  it(
    'the user is switched by the very parser of the answer: it is shown to nobody',
    marbles(({ wx, server, flush, simulator: { scheduler } }) => {
      server
        .get(`${API}/me`)
        .replies('-r|', { r: json('of a') })
        .replies('-r|', { r: json('of b') });
      let user = 'a';
      const parseJson = (text: string) => ((user = 'b'), JSON.parse(text) as unknown);
      const network = createNetwork({ wx, scheduler, parseJson });
      const queries = createQueries(createHttp(network), { network, identity: () => user });
      const { seen } = watching(queries.watch$(`${API}/me`));
      flush();
      expect(seen).toEqual(['"of b" network']);
    }),
  );
});

describe('an answer that is confirmed', () => {
  it.each([
    ['by the same body', [1], {}],
    ['by a 304', '', { status: 304, ok: false }],
  ])('%s: nothing is emitted, and who comes next is told that it is fresh', (_, body, fields) => {
    const { network, pass } = clockwork();
    const { queries, answer, count } = desk({ network });
    const fresh = { freshMs: 1_000 };
    watching(queries.watch$('/a', fresh));
    answer(0, [1]);
    pass(5_000);
    const second = watching(queries.watch$('/a', fresh));
    answer(1, body, fields);
    const third = watching(queries.watch$('/a', fresh));
    expect(second.seen).toEqual(['[1] memory stale']);
    expect(third.seen).toEqual(['[1] memory']);
    pass(1_000);
    const fourth = watching(queries.watch$('/a', fresh));
    expect([fourth.seen, count()]).toEqual([['[1] memory stale'], 3]);
  });

  it('after a problem is shown again, as there is none any more', () => {
    const { queries, answer, fail } = desk();
    const { seen } = watching(queries.watch$('/a'));
    answer(0, [1]);
    watching(queries.watch$('/a'));
    fail(1, offline);
    watching(queries.watch$('/a'));
    answer(2, [1]);
    expect(seen).toEqual(['[1] network', '[1] network stale: offline', '[1] network']);
  });

  const deskWithStore = (stored?: StoredAnswer) => {
    const kept: StoredAnswer[] = [];
    const { network, pass } = clockwork();
    const store = {
      get: () => of(stored),
      set: (_: string, answer: StoredAnswer) => (kept.push(answer), EMPTY),
    } as never;
    return { ...desk({ network, store }), kept, pass };
  };

  it('is written to the device again after an hour, so that what is used does not go as the oldest', () => {
    const { queries, answer, kept, pass } = deskWithStore();
    watching(queries.watch$('/a', { persist: true }));
    answer(0, 1);
    watching(queries.watch$('/a'));
    answer(1, 1);
    pass(HOUR);
    watching(queries.watch$('/a'));
    answer(2, 1);
    expect(kept.map(({ atMs, usedAtMs }) => [atMs, usedAtMs])).toEqual([
      [0, 0],
      [HOUR, HOUR],
    ]);
  });

  it('is kept for one who wants it on the device later', () => {
    const { queries, answer, kept } = deskWithStore();
    watching(queries.watch$('/a'));
    answer(0, 1);
    watching(queries.watch$('/a', { persist: true }));
    answer(1, 1);
    expect(kept).toHaveLength(1);
  });

  it.each([
    [HOUR, 1],
    [HOUR - 1, 0],
    // The clock was set back.
    [-HOUR, 1],
  ])('of the device, used after %d ms, is written %d times', (ms, times) => {
    const { queries, kept, pass } = deskWithStore({ value: 1, atMs: 0, usedAtMs: 0, tags: ['t'] });
    pass(ms);
    watching(queries.watch$('/a', { persist: true }));
    expect(kept).toEqual(Array(times).fill({ value: 1, atMs: 0, usedAtMs: ms, tags: ['t'] }));
  });
});
