import { join } from 'node:path';
import { TAB_BAR, type AppFolder } from './app-folder.js';
import type { AppRegistry } from './app-registry.js';
import { createComponentTree, type ComponentSource, type ComponentTree } from './component-tree.js';
import { createInstance, type Instance } from './instance.js';
import { formatRoute, type Route } from './route.js';

/** A page that is open. */
export interface OpenPage {
  readonly route: Route;
  readonly instance: Instance;
  readonly tree: ComponentTree;
}

/** How a page is reached. */
export type NavigationKind = 'navigateTo' | 'redirectTo' | 'switchTab' | 'reLaunch';

/** The pages that are open, the last one in front. */
export interface PageStack {
  readonly pages: () => readonly OpenPage[];
  readonly current: () => OpenPage | undefined;
  /** What `getCurrentPages` gives. */
  readonly selves: () => object[];
  /** Why the platform would refuse it, in its words, or nothing. */
  readonly refusal: (kind: NavigationKind, route: Route) => string | undefined;
  /** Opens a page, as `refusal` has no objection to; @throws what its script throws. */
  readonly go: (kind: NavigationKind, route: Route, channel?: unknown) => OpenPage;
  readonly back: (delta: number) => void;
  /** The app goes to the background, or comes back. */
  readonly hide: () => void;
  readonly show: () => void;
}

/** What a stack stands on. */
export interface PageStackOptions extends ComponentSource {
  readonly app: AppFolder;
  readonly registry: AppRegistry;
  /** Is told which page is in front from now on. */
  readonly entered: (path: string) => void;
  /** Is told which page is made anew. */
  readonly opened: (path: string) => void;
}

/** The most pages that can be open (the platform's own number). */
const MAX_PAGES = 10;

/** Makes a stack without pages. */
export function createPageStack(options: PageStackOptions): PageStack {
  const { app, registry, entered, opened } = options;
  const stack: OpenPage[] = [];
  /** Pages of the tab bar stay when another tab is shown. */
  const tabs = new Map<string, OpenPage>();
  let isVisible = true;

  const isTab = (path: string) => app.config.tabs.includes(path);
  const current = () => stack.at(-1);

  const show = (page: OpenPage | undefined) => {
    if (!page || !isVisible) return;
    entered(page.route.path);
    page.tree.pageLifetime('show');
    page.instance.pageLifetime('show');
    page.instance.call('onShow');
  };
  const hide = (page: OpenPage | undefined) => {
    if (!page || !isVisible) return;
    page.tree.pageLifetime('hide');
    page.instance.pageLifetime('hide');
    page.instance.call('onHide');
  };
  const close = (page: OpenPage) => {
    tabs.delete(page.route.path);
    page.instance.call('onUnload');
    page.tree.detach();
    page.instance.lifetime('detached');
  };

  const load = (route: Route, channel: unknown): OpenPage => {
    entered(route.path);
    opened(route.path);
    const definition = registry.page(route.path);
    const base = join(app.root, route.path);
    // eslint-disable-next-line prefer-const -- the members look at it when they are called
    let tree: ComponentTree;
    const tabBar =
      app.config.hasOwnTabBar && isTab(route.path) ? () => tree.select(TAB_BAR)[0]?.self ?? null : undefined;
    const instance: Instance = createInstance(definition, options, {
      // A page that is made by Component gets its query as properties.
      properties: route.query,
      changed: () => tree.update(),
      members: {
        ...options.commonMembers(),
        is: route.path,
        route: route.path,
        __route__: route.path,
        options: route.query,
        id: '',
        dataset: {},
        triggerEvent: () => undefined,
        getOpenerEventChannel: () =>
          channel ?? options.realm.toApp({ on: ignore, once: ignore, off: ignore, emit: ignore }),
        selectComponent: (selector: string) => tree.select(selector)[0]?.self ?? null,
        selectAllComponents: (selector: string) => tree.select(selector).map((one) => one.self),
        selectOwnerComponent: () => null,
        ...(tabBar && { getTabBar: tabBar }),
        ...options.pageMembers,
      },
    });
    tree = createComponentTree({ base, instance: () => instance, chain: [base], tabBar }, options);
    const page: OpenPage = { route, instance, tree };
    stack.push(page);
    instance.lifetime('created');
    tree.create();
    instance.lifetime('attached');
    tree.attach();
    instance.call('onLoad', { ...route.query });
    show(page);
    tree.ready();
    instance.lifetime('ready');
    instance.call('onReady');
    return page;
  };

  const closeAll = (kept: (page: OpenPage) => boolean) => {
    for (const page of stack.splice(0).reverse()) if (!kept(page)) close(page);
  };

  const go = (kind: NavigationKind, route: Route, channel?: unknown): OpenPage => {
    switch (kind) {
      case 'navigateTo':
        hide(current());
        return load(route, channel);
      case 'redirectTo': {
        const last = stack.pop();
        if (last) close(last);
        return load(route, channel);
      }
      case 'switchTab': {
        const known = tabs.get(route.path);
        if (known && known === current()) return known;
        hide(current());
        closeAll(({ route: { path } }) => isTab(path));
        if (known) {
          stack.push(known);
          show(known);
          return known;
        }
        const page = load({ path: route.path, query: {} }, channel);
        tabs.set(route.path, page);
        return page;
      }
      case 'reLaunch': {
        const others = [...tabs.values()].filter((page) => !stack.includes(page));
        closeAll(() => false);
        others.forEach(close);
        const page = load(route, channel);
        if (isTab(route.path)) tabs.set(route.path, page);
        return page;
      }
    }
  };

  return {
    pages: () => stack,
    current,
    selves: () => stack.map(({ instance }) => instance.self),
    refusal: (kind, { path }) => {
      if (!app.config.pages.includes(path)) return `page "${path}" is not found`;
      if (kind === 'switchTab') return isTab(path) ? undefined : 'can not switch to no-tabBar page';
      if (kind === 'reLaunch') return undefined;
      if (isTab(path)) return `can not ${kind} a tabbar page`;
      return kind === 'navigateTo' && stack.length >= MAX_PAGES ? 'webview count limit exceed' : undefined;
    },
    go,
    back: (delta) => {
      // The first page stays, however far back is asked for.
      const closed = stack.splice(Math.max(1, stack.length - Math.max(1, delta)));
      if (closed.length === 0) return;
      for (const page of closed.reverse()) close(page);
      show(current());
    },
    hide: () => {
      hide(current());
      isVisible = false;
    },
    show: () => {
      isVisible = true;
      show(current());
    },
  };
}

/** The address of the page in front. */
export function shownRoute(page: OpenPage | undefined): string | undefined {
  return page && formatRoute(page.route);
}

const ignore = () => {};
