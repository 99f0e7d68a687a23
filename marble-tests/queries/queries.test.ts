import { config, Observable, Subject, take } from 'rxjs';
import { createHttp, createNetwork, type HttpRequest } from '../../src/index.js';
import { createQueries } from '../../src/queries.js';
import { createStore } from '../../src/resilience.js';
import { json, marbles, text } from '../../src/testing/index.js';
import { desk, offline, shown, watching } from './support/desk.js';

const API = 'https://api.example.com';

describe('watch$', () => {
  it('asks once for all who watch, and shows what is there to who comes later', () => {
    const { queries, open, answer } = desk();
    const first = watching(queries.watch$('/items'));
    const second = watching(queries.watch$({ url: '/items' }));
    expect(open()).toEqual(['/items']);
    answer(0, [1]);
    const third = watching(queries.watch$('/items'));
    expect([first.seen, second.seen, third.seen]).toEqual([['[1] network'], ['[1] network'], ['[1] memory stale']]);
    expect(open()).toEqual(['/items']);
    answer(1, [1, 2]);
    expect([first.seen, third.seen]).toEqual([
      ['[1] network', '[1,2] network'],
      ['[1] memory stale', '[1,2] network'],
    ]);
  });

  it('aborts the question when the last one leaves, and not before', () => {
    const { queries, open } = desk();
    const first = watching(queries.watch$('/items'));
    const second = watching(queries.watch$('/items'));
    first.subscription.unsubscribe();
    expect(open()).toEqual(['/items']);
    second.subscription.unsubscribe();
    expect(open()).toEqual([]);
  });

  it('asks nothing for one who leaves with what was there', () => {
    const { queries, answer, count } = desk();
    watching(queries.watch$('/items'));
    answer(0, 1);
    const { seen } = watching(queries.watch$('/items').pipe(take(1)));
    expect(seen).toEqual(['1 memory stale', '|']);
    expect(count()).toBe(1);
  });

  it('emits nothing for an answer that says the same', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$('/items'));
    answer(0, { a: [1, { b: 2 }] });
    queries.invalidate('none');
    const later = watching(queries.watch$('/items'));
    answer(1, { a: [1, { b: 2 }] });
    expect([seen, later.seen]).toEqual([['{"a":[1,{"b":2}]} network'], ['{"a":[1,{"b":2}]} memory stale']]);
  });

  it('shares a frozen value', () => {
    const { queries, answer } = desk();
    let value: unknown;
    queries.watch$('/items').subscribe((state) => (value = state.value));
    answer(0, { list: [{ id: 1 }] });
    expect(() => {
      (value as { list: { id: number }[] }).list[0] = { id: 2 };
    }).toThrow(TypeError);
  });

  it('keeps bytes and empty bodies', () => {
    const { queries, answer } = desk();
    const bytes = watching(queries.watch$({ url: '/a', as: 'arraybuffer' }));
    const empty = watching(queries.watch$('/b'));
    answer(0, new ArrayBuffer(2));
    answer(1, undefined, { status: 204 });
    watching(queries.watch$('/b'));
    answer(2, undefined, { status: 204 });
    expect([bytes.seen, empty.seen]).toEqual([['{} network'], ['undefined network']]);
  });

  it('tells header, data and method apart, and not their order', () => {
    const { queries, open } = desk();
    watching(queries.watch$({ url: '/a', header: { 'Accept-Language': 'zh' } }));
    watching(queries.watch$({ url: '/a', header: { 'accept-language': 'zh' } }));
    watching(queries.watch$({ url: '/a', header: { 'Accept-Language': 'en' } }));
    watching(queries.watch$({ url: '/a', data: { a: 1, b: 2 } }));
    watching(queries.watch$({ url: '/a', data: { b: 2, a: 1 } }));
    expect(open()).toHaveLength(3);
  });

  it('ends with the error where there is nothing to show, and goes on where there is', () => {
    const { queries, answer, fail } = desk();
    const first = watching(queries.watch$('/items', { tags: ['t'] }));
    fail(0, offline);
    expect(first.seen).toEqual(['# offline']);

    const second = watching(queries.watch$('/items', { tags: ['t'] }));
    answer(1, 1);
    const third = watching(queries.watch$('/items'));
    fail(2, offline);
    expect(second.seen).toEqual(['1 network', '1 network stale: offline']);
    expect(third.seen).toEqual(['1 memory stale', '1 memory stale: offline']);
    // An unchanged answer takes the problem away.
    queries.invalidate('t');
    answer(3, 1);
    expect(second.seen.slice(2)).toEqual(['1 network']);
  });

  it('makes a bad status an error', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$('/items'));
    answer(0, 'oops', { status: 500 });
    expect(seen).toEqual(['# status']);
  });

  it.each([
    [{ url: '/a', method: 'POST', data: {} }],
    [{ url: '/a', parseJson: JSON.parse as never }],
    [{ url: '/a', readDeclaration: () => undefined }],
  ] satisfies [HttpRequest][])('refuses what cannot be asked twice: %j', (request) => {
    expect(() => desk().queries.watch$(request)).toThrow('a query must be safe to ask twice');
  });

  it.each([
    [{ freshMS: 1 }, "watch$: Unknown option 'freshMS'; known: freshMs, keepMs, tags, persist, backgroundFetch"],
    [{ freshMs: -1 }, 'watch$: freshMs must be milliseconds from 0; got -1'],
    [{ tags: 'a' }, "watch$: tags must be an array; got 'a'"],
  ])('refuses options that cannot be: %j', (options, what) => {
    expect(() => desk().queries.watch$('/a', options as never)).toThrow(new TypeError(what));
  });

  it('refuses to be made of what is no http$, or with options that there are not', () => {
    expect(() => createQueries(undefined as never)).toThrow(
      new TypeError('createQueries: expected http$; got undefined'),
    );
    expect(() => desk({ ttl: 1 } as never)).toThrow(
      "createQueries: Unknown option 'ttl'; known: network, store, maxBytes, identity, onWarning, random",
    );
  });
});

describe('invalidate', () => {
  it('aborts what was asked before, and shows it to nobody', () => {
    const { queries, answer, open, count } = desk();
    const { seen } = watching(queries.watch$('/items', { tags: ['items'] }));
    queries.invalidate('items');
    expect([open(), count()]).toEqual([['/items'], 2]);
    answer(0, 'old');
    expect(seen).toEqual([]);
    answer(1, 'new');
    expect(seen).toEqual(['"new" network']);
  });

  it('forgets what nobody watches, and leaves other tags alone', () => {
    const { queries, answer, count } = desk();
    watching(queries.watch$('/a', { tags: ['a'], freshMs: 1e9 }).pipe(take(1)));
    watching(queries.watch$('/b', { tags: ['b'], freshMs: 1e9 }).pipe(take(1)));
    answer(0, 1);
    answer(1, 2);
    queries.invalidate('a', 'c');
    const a = watching(queries.watch$('/a', { freshMs: 1e9 }));
    const b = watching(queries.watch$('/b', { freshMs: 1e9 }));
    expect([a.seen, b.seen, count()]).toEqual([[], ['2 memory'], 3]);
  });

  it('emits nothing where the answer after it is the same', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$('/items', { tags: ['items'] }));
    answer(0, [1]);
    queries.invalidate('items');
    const later = watching(queries.watch$('/items'));
    answer(1, [1]);
    expect([seen, later.seen]).toEqual([['[1] network'], ['[1] network']]);
  });
});

describe('change', () => {
  it('shows at once what the server is going to say; undo takes it back', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$<number>('/likes'));
    answer(0, 1);
    const { undo } = queries.change<number>('/likes', (likes) => likes + 1);
    undo();
    undo();
    expect(seen).toEqual(['1 network', '2 memory stale', '1 memory stale']);
  });

  it('stays on top of an answer that was asked for before it, and goes with one that was asked for after it', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$<number>('/likes', { tags: ['likes'] }));
    answer(0, 1);
    watching(queries.watch$<number>('/likes'));
    const { undo } = queries.change<number>('/likes', (likes) => likes + 10);
    answer(1, 2);
    expect(seen).toEqual(['1 network', '11 memory stale', '12 network stale']);
    watching(queries.watch$<number>('/likes'));
    answer(2, 20);
    undo();
    expect(seen.slice(3)).toEqual(['20 network']);
  });

  it('emits nothing where the server says just that', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$<{ likes: number }>('/post'));
    answer(0, { likes: 1 });
    queries.change<{ likes: number }>('/post', ({ likes }) => ({ likes: likes + 1 }));
    watching(queries.watch$('/post'));
    answer(1, { likes: 2 });
    expect(seen).toEqual(['{"likes":1} network', '{"likes":2} memory stale']);
  });

  it('is one of several: each is taken back by itself', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$<number>('/n'));
    answer(0, 1);
    const plus = queries.change<number>('/n', (n) => n + 1);
    queries.change<number>('/n', (n) => n * 10);
    plus.undo();
    expect(seen).toEqual(['1 network', '2 memory stale', '20 memory stale', '10 memory stale']);
  });

  it('does nothing where there is no answer', () => {
    const { queries } = desk();
    let called = 0;
    queries.change('/n', (value) => (called++, value)).undo();
    expect(called).toBe(0);
  });

  it('throws what it throws, and leaves what is shown', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$<number[]>('/n'));
    answer(0, [1]);
    expect(() =>
      queries.change<number[]>('/n', (list) => {
        list.push(2);
        return list;
      }),
    ).toThrow(TypeError);
    expect(seen).toEqual(['[1] network']);
  });
});

describe('identity', () => {
  it('is asked when it is needed, and not when the queries are made', () => {
    let asked = 0;
    const { queries } = desk({ identity: () => (asked++, 'ann') });
    const items$ = queries.watch$('/a');
    expect(asked).toBe(0);
    watching(items$);
    expect(asked).toBeGreaterThan(0);
  });

  it('keeps the answers of each apart, and moves who watches', () => {
    let user = 'a';
    const { queries, answer, open } = desk({ identity: () => user });
    const { seen } = watching(queries.watch$('/me', { freshMs: 1e9 }));
    answer(0, 'a');
    user = 'b';
    queries.invalidate();
    expect(open()).toEqual(['/me']);
    answer(1, 'b');
    user = 'a';
    const again = watching(queries.watch$('/me', { freshMs: 1e9 }));
    expect([seen, again.seen]).toEqual([['"a" network', '"b" network', '"a" memory'], ['"a" memory']]);
  });

  it('drops an answer that was asked for by somebody else', () => {
    let user = 'a';
    const { queries, answer, count } = desk({ identity: () => user });
    const { seen } = watching(queries.watch$('/me'));
    user = 'b';
    answer(0, 'a');
    expect([seen, count()]).toEqual([[], 2]);
    answer(1, 'b');
    expect(seen).toEqual(['"b" network']);
  });
});

describe('from within a watcher', () => {
  it('a switch of the user in the middle of a telling shows nobody the answer of the one before', () => {
    let user = 'a';
    const { queries, answer } = desk({ identity: () => user });
    queries.watch$('/me').subscribe(() => {
      if (user !== 'a') return;
      user = 'b';
      queries.invalidate();
    });
    const { seen } = watching(queries.watch$('/me'));
    answer(0, 'a');
    expect(seen).toEqual([]);
    answer(1, 'b');
    expect(seen).toEqual(['"b" network']);
  });

  it('nor is a failure told to who watches for somebody else by then', () => {
    let user = 'a';
    const { queries, answer, fail } = desk({ identity: () => user });
    queries.watch$('/me').subscribe(({ problem }) => {
      if (!problem || user !== 'a') return;
      user = 'b';
      queries.invalidate();
    });
    const { seen } = watching(queries.watch$('/me'));
    answer(0, 'a');
    watching(queries.watch$('/me'));
    fail(1, offline);
    expect(seen).toEqual(['"a" network']);
  });

  it('an invalidation in the middle of a telling leaves the bounds of the memory right', () => {
    const { queries, answer, count } = desk({ maxBytes: 3_000 });
    const page = 'x'.repeat(400);
    let times = 0;
    queries.watch$('/0', { tags: ['t'] }).subscribe(() => {
      if (times++ < 50) queries.invalidate('t');
    });
    for (let time = 0; time < 50; time++) answer(time, `${page}${time}`);
    const before = count();
    for (let index = 1; index < 7; index++) {
      watching(queries.watch$(`/${index}`, { freshMs: 1e9 }).pipe(take(1)));
      answer(before + index - 1, page);
    }
    watching(queries.watch$('/1', { freshMs: 1e9 }));
    expect(count()).toBe(before + 7);
  });
});

describe('memory', () => {
  it('is bounded: what was used least recently goes, and never what is watched', () => {
    const { queries, answer, count } = desk({ maxBytes: 3_000 });
    const page = 'x'.repeat(400);
    const watched = watching(queries.watch$('/0', { freshMs: 1e9 }));
    answer(0, page);
    for (let index = 1; index < 5; index++) {
      watching(queries.watch$(`/${index}`, { freshMs: 1e9 }).pipe(take(1)));
      answer(index, page);
    }
    const asked = count();
    watching(queries.watch$('/4', { freshMs: 1e9 }));
    watching(queries.watch$('/0', { freshMs: 1e9 }));
    expect(count()).toBe(asked);
    watching(queries.watch$('/1', { freshMs: 1e9 }));
    expect(count()).toBe(asked + 1);
    expect(watched.seen).toHaveLength(1);
  });

  it('is left by all that nobody watches on a memory warning', () => {
    let warn: () => void = () => undefined;
    const scheduler = { now: () => 0, schedule: () => ({ unsubscribe() {} }) } as never;
    const wx = { onMemoryWarning: (listener: () => void) => (warn = listener) };
    const network = { wx, scheduler, app$: new Subject() } as never;
    const { queries, answer, count } = desk({ network });
    watching(queries.watch$('/a', { freshMs: 1e9 }));
    watching(queries.watch$('/b', { freshMs: 1e9 }).pipe(take(1)));
    answer(0, 1);
    answer(1, 2);
    warn();
    watching(queries.watch$('/a', { freshMs: 1e9 }));
    expect(count()).toBe(2);
    watching(queries.watch$('/b', { freshMs: 1e9 }));
    expect(count()).toBe(3);
  });

  it(
    'is left by what nobody has watched for keepMs',
    marbles(({ wx, server, cold, flush }) => {
      const network = createNetwork({ wx });
      const queries = createQueries(createHttp(network), { network });
      const route = server
        .get(`${API}/a`)
        .replies('r|', { r: json(1) })
        .replies('r|', { r: json(2) });
      const seen: string[] = [];
      const once = () =>
        queries
          .watch$(`${API}/a`, { freshMs: 1e9, keepMs: 10 })
          .pipe(take(1))
          .subscribe((state) => seen.push(shown(state)));
      once();
      cold('-----a--------------------b').subscribe(once);
      server.get(`${API}/b`).replies('r|', { r: json(1) });
      cold('-------------------------b').subscribe(() => {
        queries.prefetch(`${API}/b`).subscribe();
      });
      flush();
      expect(seen).toEqual(['1 network', '1 memory', '2 network']);
      expect(route.requests).toHaveLength(2);
    }),
  );

  it('forgets everything with clear(); who watches keeps what it was shown', () => {
    const { queries, answer, count } = desk();
    const { seen } = watching(queries.watch$('/a', { freshMs: 1e9, tags: ['t'] }));
    watching(queries.watch$('/b', { freshMs: 1e9 }).pipe(take(1)));
    answer(0, 1);
    answer(1, 2);
    queries.clear();
    expect([seen, count()]).toEqual([['1 network'], 2]);
    watching(queries.watch$('/b', { freshMs: 1e9 }));
    expect(count()).toBe(3);
    queries.invalidate('t');
    answer(3, 1);
    expect(seen).toEqual(['1 network']);
  });
});

describe('freshness', () => {
  it(
    'a fresh answer is shown and not asked for again; an older one is',
    marbles(({ wx, server, cold, flush }) => {
      const network = createNetwork({ wx });
      const queries = createQueries(createHttp(network), { network });
      const route = server
        .get(`${API}/a`)
        .replies('r|', { r: json(1) })
        .replies('r|', { r: json(2) });
      const seen: string[] = [];
      const watch = () => queries.watch$(`${API}/a`, { freshMs: 10 }).subscribe((state) => seen.push(shown(state)));
      watch();
      cold('-----a---------b').subscribe(watch);
      flush();
      expect(seen).toEqual(['1 network', '1 memory', '1 memory stale', '2 network', '2 network', '2 network']);
      expect(route.requests).toHaveLength(2);
    }),
  );

  it(
    'an ETag is sent back; a 304 is an unchanged answer',
    marbles(({ wx, server, cold, flush }) => {
      const network = createNetwork({ wx });
      const queries = createQueries(createHttp(network), { network });
      const route = server
        .get(`${API}/a`)
        .replies('r|', { r: json([1], { headers: { ETag: '"v1"' } }) })
        .replies('r|', { r: text('', { status: 304 }) });
      const seen: string[] = [];
      const watch = () => queries.watch$(`${API}/a`).subscribe((state) => seen.push(shown(state)));
      watch();
      cold('-----a').subscribe(watch);
      flush();
      expect(route.requests.map(({ header }) => header['If-None-Match'])).toEqual([undefined, '"v1"']);
      expect(seen).toEqual(['[1] network', '[1] memory stale']);
    }),
  );

  it(
    'asks in front only: after a return, once for all who watch, a random part of a second later',
    marbles(({ wx, server, simulator, cold, flush }) => {
      const network = createNetwork({ wx });
      const queries = createQueries(createHttp(network), { network, random: () => 0.5 });
      const route = server
        .get(`${API}/a`)
        .replies('r|', { r: json(1) })
        .replies('r|', { r: json(2) });
      const seen: string[] = [];
      const watch = () => queries.watch$(`${API}/a`, { tags: ['t'] }).subscribe((state) => seen.push(shown(state)));
      watch();
      watch();
      cold('-----h-i-s').subscribe((step) => {
        if (step === 'h') simulator.enterBackground();
        if (step === 'i') queries.invalidate('t');
        if (step === 's') simulator.enterForeground();
      });
      flush();
      expect(route.requests.map(({ at }) => at)).toEqual([0, 509]);
      expect(seen).toEqual(['1 network', '1 network', '2 network', '2 network']);
    }),
  );
});

describe('prefetch', () => {
  it('asks at once, and tells when it is there', () => {
    const { queries, answer, open } = desk();
    const told: string[] = [];
    const done$ = queries.prefetch('/a', { freshMs: 1e9 });
    expect(open()).toEqual(['/a']);
    answer(0, 1);
    done$.subscribe({ complete: () => told.push('there') });
    queries.prefetch('/a', { freshMs: 1e9 }).subscribe({ complete: () => told.push('was there') });
    expect([told, watching(queries.watch$('/a', { freshMs: 1e9 })).seen]).toEqual([
      ['there', 'was there'],
      ['1 memory'],
    ]);
  });

  it('tells why it is not', () => {
    const { queries, fail, answer } = desk();
    const told: unknown[] = [];
    queries.prefetch('/a').subscribe({ error: (error) => told.push(error) });
    fail(0, offline);
    watching(queries.watch$('/b'));
    answer(1, 1);
    queries.prefetch('/b').subscribe({ error: (error) => told.push(error) });
    fail(2, offline);
    expect(told).toEqual([offline, offline]);
  });
});

describe('pages', () => {
  interface Page {
    readonly items: readonly number[];
    readonly cursor?: string;
  }
  const next = ({ cursor }: Page) => cursor && `/items?after=${cursor}`;

  it('reads on, and all of it anew', () => {
    const { queries, answer, open } = desk();
    const list = queries.pages<Page>('/items', { next, tags: ['items'] });
    const seen: string[] = [];
    list.watch$.subscribe(({ value, hasMore }) =>
      seen.push(`${value.map(({ items }) => items.join()).join('|')} ${hasMore}`),
    );
    answer(0, { items: [1], cursor: 'a' });
    list.more();
    expect(open()).toEqual(['/items?after=a']);
    answer(1, { items: [2], cursor: 'b' });
    list.more();
    answer(2, { items: [3] });
    list.more();
    expect(open()).toEqual([]);
    expect(seen).toEqual(['1 true', '1|2 true', '1|2|3 false']);

    queries.invalidate('items');
    answer(3, { items: [0, 1], cursor: 'x' });
    expect(seen).toHaveLength(3);
    expect(open()).toEqual(['/items?after=x']);
  });

  it('asks for as many pages as there were, by the new cursors, and shows them together', () => {
    const { queries, answer, open } = desk();
    const list = queries.pages<Page>('/items', { next });
    const seen: string[] = [];
    const watch = () =>
      list.watch$.subscribe(({ value }) => seen.push(value.map(({ items }) => items.join()).join('|')));
    watch();
    answer(0, { items: [1], cursor: 'a' });
    list.more();
    answer(1, { items: [2], cursor: 'b' });
    watch();
    answer(2, { items: [0], cursor: 'x' });
    expect(open()).toEqual(['/items?after=x']);
    answer(3, { items: [1], cursor: 'y' });
    expect(seen).toEqual(['1', '1|2', '1|2', '0|1', '0|1']);
  });

  it('reads on after what is being asked, and not for nobody', () => {
    const { queries, answer, open } = desk();
    const list = queries.pages<Page>('/items', { next });
    list.more();
    expect(open()).toEqual([]);
    const subscription = list.watch$.subscribe();
    list.more();
    answer(0, { items: [1], cursor: 'a' });
    expect(open()).toEqual(['/items?after=a']);
    list.more();
    subscription.unsubscribe();
    expect(open()).toEqual([]);
  });

  it('asks for no page behind a list that was invalidated, or is another one’s, meanwhile', () => {
    let user = 'a';
    const { queries, answer, open } = desk({ identity: () => user });
    const list = queries.pages<Page>('/items', { next, tags: ['items'] });
    list.watch$.subscribe();
    answer(0, { items: [1], cursor: 'a' });
    list.watch$.subscribe();
    list.more();
    queries.invalidate('items');
    expect(open()).toEqual(['/items']);
    answer(2, { items: [1], cursor: 'a' });
    list.watch$.subscribe();
    list.more();
    user = 'b';
    queries.invalidate();
    expect(open()).toEqual(['/items']);
  });

  it('says what it needs', () => {
    expect(() => desk().queries.pages('/items', {} as never)).toThrow('pages: write next: (last) => the request');
  });
});

describe('on the device', () => {
  const setUp = (
    simulator: { readonly wx: object; readonly scheduler: unknown },
    options: { readonly maxBytes?: number } = {},
  ) => {
    const network = createNetwork({ wx: simulator.wx as never, scheduler: simulator.scheduler as never });
    const warnings: string[] = [];
    const store = createStore<never>(network, { name: 'answers', ...options });
    const queries = createQueries(createHttp(network), {
      network,
      store,
      onWarning: (message) => warnings.push(message),
    });
    return { queries, store, warnings };
  };

  it(
    'is found after a restart, shown, and asked for again',
    marbles(({ simulator, server, flush }) => {
      server
        .get(`${API}/a`)
        .replies('-r|', { r: json([1]) })
        .replies('-r|', { r: json([2]) });
      watching(setUp(simulator).queries.watch$(`${API}/a`, { persist: true }));
      flush();
      simulator.destroy();
      simulator.restart();
      const { seen } = watching(setUp(simulator).queries.watch$(`${API}/a`, { persist: true }));
      flush();
      expect(seen).toEqual(['[1] storage stale', '[2] network']);
    }),
  );

  it(
    'is not found once its tag was invalidated, watched or not',
    marbles(({ simulator, server, flush }) => {
      server
        .get(`${API}/a`)
        .replies('-r|', { r: json([1]) })
        .replies('-r|', { r: json([2]) });
      watching(setUp(simulator).queries.watch$(`${API}/a`, { persist: true, tags: ['t'] }));
      flush();
      simulator.destroy();
      simulator.restart();
      const { queries } = setUp(simulator);
      queries.invalidate('t');
      const { seen } = watching(queries.watch$(`${API}/a`, { persist: true }));
      flush();
      expect(seen).toEqual(['[2] network']);
    }),
  );

  it(
    'makes room: the least recently used goes',
    marbles(({ simulator, server, cold, flush }) => {
      const { queries, store, warnings } = setUp(simulator, { maxBytes: 1_500 });
      const pages = ['a', 'b', 'c', 'd'];
      for (const name of pages) server.get(`${API}/${name}`).replies('-r|', { r: json('x'.repeat(300)) });
      pages.forEach((name, index) => {
        cold(`${'-'.repeat(10 * index)}a`).subscribe(() =>
          watching(queries.watch$(`${API}/${name}`, { persist: true })),
        );
      });
      flush();
      let keys: string[] = [];
      store
        .entries()
        .subscribe((all) => (keys = [...all.keys()].map((key) => /example\.com\/(.)/.exec(key)?.[1] ?? '')));
      expect(keys.sort()).toEqual(['b', 'c', 'd']);
      expect(warnings).toEqual([]);
    }),
  );

  it(
    'says what has no room at all, and goes on',
    marbles(({ simulator, server, flush }) => {
      const { queries, warnings } = setUp(simulator, { maxBytes: 100 });
      server.get(`${API}/a`).replies('-r|', { r: json('x'.repeat(300)) });
      server.get(`${API}/b`).replies('-r|', { r: json('x'.repeat(300_001)) });
      const a = watching(queries.watch$(`${API}/a`, { persist: true }));
      const b = watching(queries.watch$(`${API}/b`, { persist: true }));
      flush();
      expect([a.seen.length, b.seen.length]).toEqual([1, 1]);
      expect(warnings.map((warning) => warning.slice(0, 70))).toEqual([
        'rx-miniprogram: an answer is not kept on the device: NetworkError: sto',
        'rx-miniprogram: an answer is not kept on the device: Error: a key has ',
      ]);
    }),
  );

  it(
    'drops what another version has left there',
    marbles(({ simulator, server, flush }) => {
      server
        .get(`${API}/a`)
        .replies('-r|', { r: json([1]) })
        .replies('-r|', { r: json([2]) });
      const first = setUp(simulator);
      watching(first.queries.watch$(`${API}/a`, { persist: true }));
      flush();
      first.store.entries().subscribe((all) => {
        for (const key of all.keys()) first.store.set(key, { old: true } as never).subscribe();
      });
      flush();
      simulator.destroy();
      simulator.restart();
      const { seen } = watching(setUp(simulator).queries.watch$(`${API}/a`, { persist: true }));
      flush();
      expect(seen).toEqual(['[2] network']);
    }),
  );

  it('goes on though who is told of it throws: that is reported', async () => {
    const broken$ = new Observable<never>((subscriber) => subscriber.error(offline));
    const store = { get: () => broken$ } as never;
    const reported: unknown[] = [];
    config.onUnhandledError = (error) => reported.push(error);
    const { queries, answer } = desk({
      store,
      onWarning: () => {
        throw new Error('mine');
      },
    });
    const { seen } = watching(queries.watch$('/a', { persist: true, freshMs: 1e9 }));
    answer(0, new ArrayBuffer(1));
    // rxjs reports in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve));
    config.onUnhandledError = null;
    expect(seen).toHaveLength(1);
    expect(reported).toEqual([new Error('mine')]);
  });

  it('goes on without a store that cannot be read', () => {
    const broken$ = new Observable<never>((subscriber) => subscriber.error(offline));
    const store = {
      get: () => broken$,
      entries: () => broken$,
      clear: () => broken$,
      set: () => broken$,
      remove: () => broken$,
    } as never;
    const { queries, answer, warnings } = desk({ store });
    const { seen } = watching(queries.watch$('/a', { persist: true, tags: ['t'] }));
    answer(0, 1);
    queries.invalidate('t');
    queries.clear();
    expect(seen).toEqual(['1 network']);
    expect(warnings).toEqual([
      'rx-miniprogram: an answer is not read from the device: NetworkError: offline: no network',
      ...Array<string>(3).fill(
        'rx-miniprogram: an answer is not kept on the device: NetworkError: offline: no network',
      ),
    ]);
  });
});

describe('backgroundFetch', () => {
  type Fetch = (option: { fetchType: string; success(result: object): void; fail(): void }) => void;
  const deskWith = (getBackgroundFetchData: Fetch | undefined) => {
    const scheduler = { now: () => 100, schedule: () => ({ unsubscribe() {} }) } as never;
    return desk({ network: { wx: { getBackgroundFetchData }, scheduler, app$: new Subject() } as never });
  };

  it('is the first value, once a start', () => {
    const types: string[] = [];
    const { queries, answer } = deskWith(({ fetchType, success }) => {
      types.push(fetchType);
      success({ fetchedData: '[1]', timeStamp: 90 });
    });
    const first = watching(queries.watch$('/a', { backgroundFetch: 'pre' }));
    const second = watching(queries.watch$('/b', { backgroundFetch: 'pre' }));
    answer(0, [2]);
    expect([first.seen, second.seen, types]).toEqual([['[1] prefetch stale', '[2] network'], [], ['pre']]);
  });

  it('is not asked for again where it is fresh', () => {
    const { queries, count } = deskWith(({ success }) => success({ fetchedData: '[1]', timeStamp: 90 }));
    const { seen } = watching(queries.watch$('/a', { backgroundFetch: 'periodic', freshMs: 60 }));
    expect([seen, count()]).toEqual([['[1] prefetch'], 0]);
  });

  it('is done without where it turns out later to be no JSON', () => {
    let tell: (() => void) | undefined;
    const { queries, answer } = deskWith(({ success }) => (tell = () => success({ fetchedData: '{' })));
    const { seen } = watching(queries.watch$('/a', { backgroundFetch: 'pre' }));
    tell?.();
    answer(0, [2]);
    expect(seen).toEqual(['[2] network']);
  });

  it.each<[string, Fetch | undefined]>([
    ['fails, as on Android', ({ fail }) => fail()],
    ['is empty, as on iOS', ({ success }) => success({})],
    ['is no JSON', ({ success }) => success({ fetchedData: '{' })],
    ['is not there, as on HarmonyOS', undefined],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
  ])('is done without where it %s', (_, fetch) => {
    const { queries, answer } = deskWith(fetch);
    const { seen } = watching(queries.watch$('/a', { backgroundFetch: 'pre' }));
    answer(0, [2]);
    expect(seen).toEqual(['[2] network']);
  });
});
