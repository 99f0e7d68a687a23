import { createHttp, createNetwork, type HttpInterceptor } from '../src/index.js';
import { json, marbles } from '../src/testing/index.js';
import { CHINESE, ENGLISH, loaderOf } from './support/readme.js';

interface Loading {
  readonly showLoading: HttpInterceptor;
  readonly toastFailures: HttpInterceptor;
}

describe.each([
  ['English', ENGLISH],
  ['Chinese', CHINESE],
])('loading and toasts of the %s recipes', (_language, pages) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  it(
    'show loading once for what the user waits for, and a toast behind it; a page that is left ends it without a word',
    marbles(({ wx, server, network, flush, cold }) => {
      const api = 'https://api.example.com';
      const items = server.get(`${api}/items`).alwaysReplies('-----r|', { r: json([]) });
      server.get(`${api}/quiet`).alwaysReplies('-r|', { r: json([]) });
      const told: string[] = [];
      const tell = (name: string) => (option?: { title?: string }) => told.push([name, option?.title].join(' ').trim());
      const names = ['showLoading', 'hideLoading', 'showToast'];
      Object.assign(globalThis, { wx: Object.fromEntries(names.map((name) => [name, tell(name)])) });
      const { showLoading, toastFailures } = loaderOf(pages)<Loading>('loading');
      const http$ = createHttp(createNetwork({ wx, baseUrl: api, interceptors: [toastFailures, showLoading] }));
      const error = () => undefined;
      const high = (path: string) => http$.get(path, { priority: 'high' }).subscribe({ error });

      http$.get('/quiet').subscribe();
      high('/items');
      cold('--a').subscribe(() => high('/items'));
      const left = cold('----------a').subscribe(() => left.add(high('/items')));
      cold('------------a').subscribe(() => left.unsubscribe());
      network('---------------o');
      cold('----------------a').subscribe(() => high('/items'));
      flush();

      expect(items.calls).toHaveLength(3);
      expect(told).toEqual([
        'showLoading loading',
        'hideLoading',
        'showLoading loading',
        'hideLoading',
        'showLoading loading',
        'hideLoading',
        'showToast no network',
      ]);
    }),
  );
});
