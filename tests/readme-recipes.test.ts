import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observable } from 'rxjs';
import { takeUntilUnload } from '../src/index.js';
import type { QueryState } from '../src/queries.js';
import { json, marbles, type MarbleHelpers } from '../src/testing/index.js';
import { CHINESE, ENGLISH, loaderOf, ROOT, run, textOf, type Pages } from './support/readme.js';

const API = 'https://api.example.com';

/** The block of the guide that has these words, as it stands there. */
function recipe(pages: Pages, words: string): string {
  const guide = pages.find((page) => page.includes('queries')) ?? '';
  const blocks = [...textOf(guide).matchAll(/^```jsx?\n([^]*?)^```$/gm)].map(([, code = '']) => code);
  const found = blocks.filter((code) => code.includes(words));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

/** `items.ts` of the guide, whose server has these answers, one a question: another question fails the test. */
function itemsOf(pages: Pages, { wx, server }: MarbleHelpers, ...lists: readonly unknown[]) {
  Object.assign(globalThis, { wx });
  const route = server.get(`${API}/items`);
  for (const list of lists) route.replies('r|', { r: json(list) });
  return loaderOf(pages)<{ readonly items$: Observable<QueryState<unknown>>; readonly refresh: () => void }>('items');
}

interface Preact {
  readonly render: (element: unknown, into: object) => void;
  readonly h: (component: object, properties: null) => unknown;
  readonly hooks: object;
}

/** Preact is an ES module, which `require` of Jest does not take. */
function preact(): Preact {
  const load = (file: string, core: object = {}) =>
    run(readFileSync(join(ROOT, 'node_modules/preact', file), 'utf8'), {}, () => core);
  const core = load('dist/preact.mjs') as Omit<Preact, 'hooks'> & { readonly options: object };
  // What is drawn, and what is done after it, is so at once.
  Object.assign(core.options, {
    debounceRendering: (work: () => void) => work(),
    requestAnimationFrame: (work: () => void) => work(),
  });
  return { ...core, hooks: load('hooks/dist/hooks.mjs', core) };
}

describe.each([
  ['en', ENGLISH],
  ['zh', CHINESE],
])('the recipes of guide/queries.md, %s', (_, pages) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  it(
    'a native page',
    marbles((helpers) => {
      const { items$, refresh } = itemsOf(pages, helpers, [1], [2]);
      const shown: unknown[] = [];
      const code = `export const page = {\n${recipe(pages, 'takeUntilUnload(this)')}};`;
      const { page } = run(code, { items$, refresh, takeUntilUnload }, () => ({})) as {
        page: { onLoad(): void; onPullDownRefresh(): void; onUnload?(): void };
      };
      const shownBy = Object.assign(page, { setData: (data: { items: unknown }) => shown.push(data.items) });
      shownBy.onLoad();
      helpers.flush();
      shownBy.onPullDownRefresh();
      helpers.flush();
      shownBy.onUnload?.();
      refresh();
      helpers.flush();
      expect(shown).toEqual([[1], [2]]);
    }),
  );

  it(
    'Taro, by the hooks of Preact',
    marbles((helpers) => {
      const { items$, refresh } = itemsOf(pages, helpers, [1], [2]);
      const { render, h, hooks } = preact();
      const drawn: unknown[] = [];
      const code = `export function List() {\n${recipe(pages, 'useEffect(')}drawn.push(items);\nreturn null;\n}`;
      const { List } = run(code, { ...hooks, items$, drawn }, () => ({})) as { List: object };
      const page = { childNodes: [], firstChild: null, ownerDocument: {} };
      render(h(List, null), page);
      helpers.flush();
      refresh();
      helpers.flush();
      render(null, page);
      refresh();
      helpers.flush();
      expect(drawn).toEqual([[], [1], [2]]);
    }),
  );

  it(
    'uni-app, by as much of Vue as it uses: it is not installed here',
    marbles((helpers) => {
      const { items$, refresh } = itemsOf(pages, helpers, [1], [2]);
      const set: unknown[] = [];
      let unmount = () => undefined as unknown;
      const vue = {
        shallowRef: (first: unknown) => {
          set.push(first);
          return Object.defineProperty({}, 'value', { set: (value) => set.push(value) });
        },
        onUnmounted: (hook: () => unknown) => (unmount = hook),
      };
      run(recipe(pages, 'shallowRef('), { ...vue, items$ }, () => ({}));
      helpers.flush();
      refresh();
      helpers.flush();
      unmount();
      refresh();
      helpers.flush();
      expect(set).toEqual([[], [1], [2]]);
    }),
  );
});
