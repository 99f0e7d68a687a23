type Hooks = Record<string, unknown>;

/** The part of `wx` that tells an app of its life. */
interface LifecycleWx {
  onAppShow(listener: (options: object) => void): void;
  onAppHide(listener: (options: object) => void): void;
}

/** The globals of a mini program, and what was registered with them. */
export interface AppGlobals {
  readonly globals: Readonly<Record<string, unknown>>;
  /** Calls `onLaunch` and `onShow` of the app. */
  readonly launch: () => void;
  /** Calls `onLoad`, `onShow` and `onReady` of the pages that were registered. */
  readonly openPages: () => void;
}

const LAUNCH = { path: 'pages/index/index', query: {}, scene: 1001, shadow: '', referrerInfo: {} };

/** Makes `wx`, `App`, `Page` and their like; pages and components are kept, and shown to nobody. */
export function appGlobals(wx: LifecycleWx): AppGlobals {
  let app: Hooks = {};
  const pages: Hooks[] = [];
  const call = (object: Hooks, name: string, argument?: object) => {
    const hook = object[name];
    if (typeof hook === 'function') hook.call(object, argument);
  };

  return {
    globals: {
      wx,
      App: (options: Hooks) => {
        app = options;
        wx.onAppShow((shown) => call(app, 'onShow', shown));
        wx.onAppHide((hidden) => call(app, 'onHide', hidden));
      },
      Page: (options: Hooks) => {
        const data = { ...(options['data'] as object | undefined) };
        const page: Hooks = { ...options, data, route: LAUNCH.path };
        page['setData'] = (changes: object, then?: () => void) => {
          Object.assign(data, changes);
          if (then) queueMicrotask(then);
        };
        pages.push(page);
      },
      Component: () => undefined,
      Behavior: (options: Hooks) => options,
      getApp: () => app,
      getCurrentPages: () => [...pages],
    },
    launch: () => {
      call(app, 'onLaunch', LAUNCH);
      call(app, 'onShow', LAUNCH);
    },
    openPages: () => {
      for (const page of pages) {
        call(page, 'onLoad', {});
        call(page, 'onShow');
        call(page, 'onReady');
      }
    },
  };
}
