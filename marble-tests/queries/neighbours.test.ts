import { NEVER, of, Subject, throwError, type Observable } from 'rxjs';
import type { Http } from '../../src/index.js';
import { createQueries } from '../../src/queries.js';
import { httpResponse } from '../../src/testing/index.js';
import { desk, offline, watching } from './support/desk.js';

/** A lifecycle by hand. */
function hideable() {
  const app$ = new Subject<{ readonly visibility: string }>();
  const scheduler = { now: () => 0, schedule: (work: () => void) => (work(), { unsubscribe() {} }) };
  return { network: { wx: {}, app$, scheduler } as never, app$ };
}

describe('queries, what stands beside the usual', () => {
  it('prefetch completes where the answer is the same as one that was there', () => {
    const { queries, answer, open } = desk();
    watching(queries.watch$('/items')).subscription.add(() => undefined);
    answer(0, [1]);
    const { subscription } = watching(queries.watch$('/items'));
    const fetched = watching(queries.prefetch('/items'));
    answer(1, [1]);
    expect(fetched.seen).toEqual(['|']);
    subscription.unsubscribe();
    expect(open()).toEqual([]);
  });

  it('clear() asks anew for who has not been shown anything yet', () => {
    const { queries, answer, open } = desk();
    const { seen } = watching(queries.watch$('/items'));
    queries.clear();
    expect(open()).toEqual(['/items']);
    answer(1, [2]);
    expect(seen).toEqual(['[2] network']);
  });

  it('a page that is wanted while nobody looks comes after the return', () => {
    const { network, app$ } = hideable();
    const { queries, answer, open } = desk({ network });
    const feed = queries.pages<{ next?: string }>('/feed', { freshMs: 1e9, next: ({ next }) => next });
    const { seen } = watching(feed.watch$);
    answer(0, { next: '/feed?2' });
    app$.next({ visibility: 'background' });
    feed.more();
    expect(open()).toEqual([]);
    app$.next({ visibility: 'foreground' });
    expect(open()).toEqual(['/feed?2']);
    answer(1, {});
    expect(seen).toHaveLength(2);
  });

  it.each([[undefined], [7]])('identity may give %p, and another one after it', (nobody) => {
    let user: unknown = nobody;
    const { queries, answer, open } = desk({ identity: () => user as string });
    const { seen } = watching(queries.watch$('/me'));
    user = 'b';
    answer(0, 'of nobody');
    expect(open()).toEqual(['/me']);
    answer(1, 'of b');
    expect(seen).toEqual(['"of b" network']);
    user = nobody;
    expect(watching(queries.watch$('/me')).seen).toEqual([]);
  });

  it('identity must not be an object: all of them would be one', () => {
    const { queries } = desk({ identity: () => ({ id: 1 }) as never });
    expect(watching(queries.watch$('/me')).seen).toEqual(['# identity must return text']);
  });

  it('invalidate takes tags, and says so where it gets a list', () => {
    const { queries } = desk();
    expect(() => queries.invalidate(['items'] as never)).toThrow('invalidate: write the tags one by one');
  });

  it('an answer on the device goes with the tags that it was kept with', () => {
    const stored = { value: [1], atMs: 0, usedAtMs: 0, tags: ['items'] };
    const store = { get: () => of(stored), entries: () => NEVER, set: () => NEVER, remove: () => NEVER } as never;
    const { queries, open } = desk({ store });
    queries.invalidate('items');
    expect(watching(queries.watch$('/items', { persist: true })).seen).toEqual([]);
    queries.invalidate('items');
    expect(open()).toEqual(['/items']);
  });

  it('two who watch with other freshMs: each is told by its own', () => {
    const { queries, answer, count } = desk();
    const first = watching(queries.watch$('/items', { freshMs: 1e9 }));
    answer(0, [1]);
    const second = watching(queries.watch$('/items', { freshMs: 1e9 }));
    expect(count()).toBe(1);
    const third = watching(queries.watch$('/items'));
    expect(count()).toBe(2);
    answer(1, [2]);
    expect([first.seen, second.seen, third.seen]).toEqual([
      ['[1] network', '[2] network'],
      ['[1] memory', '[2] network'],
      ['[1] memory stale', '[2] network'],
    ]);
  });

  it('undo twice, in another order, and after clear() does what one undo does', () => {
    const { queries, answer } = desk();
    const { seen } = watching(queries.watch$<number>('/n', { freshMs: 1e9 }));
    answer(0, 1);
    const first = queries.change<number>('/n', (n) => n + 1);
    const second = queries.change<number>('/n', (n) => n * 10);
    first.undo();
    first.undo();
    second.undo();
    queries.clear();
    second.undo();
    expect(seen).toEqual(['1 network', '2 memory stale', '20 memory stale', '10 memory stale', '1 memory']);
  });

  it('one who watches may invalidate what it is shown: once, and the next answer is shown', () => {
    const { queries, answer, open } = desk();
    const seen: unknown[] = [];
    queries.watch$<number>('/n', { tags: ['n'] }).subscribe(({ value }) => {
      seen.push(value);
      if (value === 1) queries.invalidate('n');
    });
    answer(0, 1);
    expect(open()).toEqual(['/n']);
    answer(1, 2);
    expect(seen).toEqual([1, 2]);
  });

  it('an http$ that answers at once, and one that fails at once, leave nothing running', () => {
    const at = (answer$: Observable<unknown>) => createQueries((() => answer$) as unknown as Http);
    const good = at(of(httpResponse({ body: 1 })));
    expect(watching(good.watch$('/n')).seen).toEqual(['1 network']);
    expect(watching(good.watch$('/n')).seen).toEqual(['1 memory stale']);
    const bad = at(throwError(() => offline));
    expect(watching(bad.watch$('/n')).seen).toEqual(['# offline']);
    expect(watching(bad.watch$('/n')).seen).toEqual(['# offline']);
  });

  it.each([
    [{ maxBytes: 0 }, 'createQueries: maxBytes must be a whole number from 1; got 0'],
    [{ identity: 'me' }, "createQueries: identity must be a function; got 'me'"],
  ])('refuses %p', (options, why) => expect(() => desk(options as never)).toThrow(why));

  it.each([
    [{ tags: 'items' }, "watch$: tags must be an array; got 'items'"],
    [{ freshMs: NaN }, 'watch$: freshMs must be milliseconds from 0; got NaN'],
    [{ keepMs: -1 }, 'watch$: keepMs must be a positive number of milliseconds below 2^31; got -1'],
  ])('watch$ refuses %p', (options, why) => {
    expect(() => desk().queries.watch$('/a', options as never)).toThrow(why);
  });
});
