import type { SchedulerLike } from 'rxjs';
import type { SimulatedWx, Simulator } from '../simulator/create-simulator.js';
import { readAppError, type ThrownInApp } from './app-error.js';
import type { AppFolder } from './app-folder.js';
import { AppProblem, isAppProblem } from './app-problem.js';
import { createAppRecord, type AppRecord } from './app-record.js';
import { createAppRegistry } from './app-registry.js';
import type { ComponentSource } from './component-tree.js';
import { drawnIn } from './drawn.js';
import { defineGameGlobals, gameMembers } from './game-members.js';
import { createModuleLoader, type ModuleLoader } from './module-loader.js';
import { createNavigation } from './navigation.js';
import { createPageStack, type OpenPage, type PageStack } from './page-stack.js';
import { definePhoneGlobals, type ConsoleLevel } from './phone-globals.js';
import { createRealm, type AnyFunction } from './realm.js';
import { parseRoute, type Route } from './route.js';
import { olderMembers } from './older-members.js';
import { createStandIns } from './stand-ins.js';
import { createViewScripts } from './view-scripts.js';
import { wxTable } from './wx-typings.js';

/** A mini program in a phone: its scripts, its life and its pages, without the drawing. */
export interface MiniProgram {
  readonly folder: AppFolder;
  readonly record: AppRecord;
  readonly stack: PageStack;
  /** What `getApp` gives. */
  readonly appObject: () => object | undefined;
  /** Runs the app's script, calls `onLaunch` and `onShow`, and opens a page. @defaultValue its first */
  readonly start: (page?: string) => void;
  /** Opens a page as the platform's own navigation does. @throws AppProblem where there is no such page. */
  readonly open: (url: string) => OpenPage;
  /** Says what a call of `wx` answers from now on: a result, `{ fail: 'cancel' }`, or a function of the option. */
  readonly answer: (api: string, result: object | ((option: unknown) => object)) => void;
  /** Writes down something that was thrown outside of the app's own calls. */
  readonly threw: (error: unknown) => void;
  /** Writes down a promise that was rejected and that nobody handles: a failure of `wx` is none of the app's errors. */
  readonly rejected: (reason: unknown) => void;
}

/** What an app is run in. */
export interface MiniProgramOptions {
  readonly folder: AppFolder;
  readonly simulator: Simulator;
  readonly said: (level: ConsoleLevel, line: string) => void;
  /** Is told of what the app throws and does not catch, as it happens. */
  readonly onThrown: (thrown: ThrownInApp) => void;
}

type Hooks = Readonly<Record<string, unknown>>;

/** Makes the app; nothing of it has run. */
export function createMiniProgram({ folder, simulator, said, onThrown }: MiniProgramOptions): MiniProgram {
  const { scheduler, wx: simulated } = simulator;
  const record = createAppRecord(scheduler.now());
  simulator.events$.subscribe(record.note);
  const answers = new Map<string, object | ((option: unknown) => object)>();

  const writeDown = (error: unknown) => {
    const thrown = readAppError(error, folder.root);
    record.threw({ message: thrown.message, place: thrown.place }, isAppProblem(error));
    onThrown(thrown);
    return thrown;
  };
  const threw = (error: unknown) => {
    const thrown = writeDown(error);
    const onError = appHooks()['onError'];
    if (typeof onError === 'function') {
      try {
        Reflect.apply(onError as AnyFunction, app, [thrown.message]);
      } catch {
        // It is told of what was thrown, and has thrown itself: a phone tells it nothing more.
      }
    }
  };
  const realm = createRealm(threw);
  const loader: ModuleLoader = createModuleLoader(folder, realm, record.missing);
  const registry = createAppRegistry(folder, { realm, loader, missing: record.missing });

  let app: Record<string, unknown> | undefined;
  const appHooks = (): Hooks => app ?? {};
  const callApp = (name: string, argument?: object) => {
    const hook = appHooks()[name];
    if (typeof hook === 'function')
      realm.guard(() => Reflect.apply(hook as AnyFunction, app, argument ? [realm.toApp(argument)] : []));
  };

  const viewScripts = createViewScripts(folder.root);
  const stack = createPageStack({ ...componentSource(), registry, entered: record.enter, opened: record.opened });
  let entry: Route = { path: folder.config.pages[0] ?? '', query: {} };

  const drawn = drawnIn(realm);
  const standIns = createStandIns({
    drawn,
    table: wxTable(),
    scheduler,
    used: record.standIn,
    scripted: (api, option) => {
      const told = answers.get(api);
      return typeof told === 'function' ? (told as (option: unknown) => object)(option) : told;
    },
  });
  const launchOptions = () => ({
    path: entry.path,
    query: { ...entry.query },
    scene: 1001,
    shareTicket: '',
    referrerInfo: { appId: '', extraData: {} },
    forwardMaterials: [],
    apiCategory: 'default',
  });
  const isGame = folder.entry.startsWith('game');
  const loadSubpackage = (name: string) => {
    const root = folder.config.subPackages.find((one) => one.name === name || one.root === name)?.root;
    return root !== undefined && realm.guard(() => loader.run(root) || loader.run(`${root}/game`)) === true;
  };
  const members = membersOf(simulated);
  const wx: Record<string, unknown> = {
    ...(isGame && gameMembers({ drawn, scheduler, members, loadSubpackage })),
    ...olderMembers(() => simulated.getFileSystemManager() as never, drawn),
    ...standIns,
    ...members,
    ...createNavigation({ stack, scheduler, realm, threw }),
    getLaunchOptionsSync: launchOptions,
    getEnterOptionsSync: launchOptions,
    canIUse: (schema: unknown) =>
      typeof schema === 'string' && (simulated.canIUse(schema) || (schema.split('.')[0] ?? '') in wxTable().members),
  };

  definePhoneGlobals(realm, { scheduler, said });
  if (isGame) defineGameGlobals(realm, scheduler);
  realm.define({
    wx,
    ...registry.globals,
    App: realm.raw((written: Record<string, unknown>) => {
      app = written;
    }),
    getApp: () => app,
    getCurrentPages: () => stack.selves(),
    requirePlugin: () => ({}),
    requireMiniProgram: () => undefined,
    __wxConfig: {
      ...folder.config.written,
      pages: folder.config.pages,
      envVersion: 'develop',
      platform: 'android',
      accountInfo: { appId: folder.appId ?? '' },
    },
  });
  // Registered first: the page hears of it before the app, and the app before those who listen by wx.onAppHide.
  onVisibility(simulated, {
    hide: (options) => {
      stack.hide();
      callApp('onHide', options);
    },
    show: (options) => {
      callApp('onShow', { ...options, ...launchOptions() });
      stack.show();
    },
  });

  const open = (url: string): OpenPage => {
    const route = parseRoute(url, stack.current()?.route.path);
    if (!folder.config.pages.includes(route.path)) {
      const known = folder.config.pages.join(', ');
      throw new AppProblem(
        'page-not-found',
        route.path,
        `there is no page ${route.path}; app.json names ${known || 'none'}`,
      );
    }
    const isTab = folder.config.tabs.includes(route.path);
    const isFirst = stack.pages().length === 0;
    const isFull = stack.refusal('navigateTo', route) !== undefined;
    const kind = isFirst ? 'reLaunch' : isTab ? 'switchTab' : isFull ? 'redirectTo' : 'navigateTo';
    return stack.go(kind, route);
  };

  return {
    folder,
    record,
    stack,
    appObject: () => app,
    threw,
    rejected: (reason) => {
      const { errMsg, message } = (reason ?? {}) as { readonly errMsg?: unknown; readonly message?: unknown };
      if (typeof errMsg === 'string' && message === undefined) record.unhandled(errMsg);
      else writeDown(reason);
      callApp('onUnhandledRejection', { reason: realm.toApp(reason), promise: realm.toApp({}) as object });
    },
    answer: (api, result) => void answers.set(api, result),
    open,
    start: (page) => {
      if (page !== undefined) entry = parseRoute(page);
      if (!loader.run(folder.entry)) throw new AppProblem('no-app', folder.entry, `there is no ${folder.entry}`);
      callApp('onLaunch', launchOptions());
      callApp('onShow', launchOptions());
      if (entry.path !== '') open(page ?? entry.path);
      // A mini game has none.
      else if (!isGame) record.missing('app.json: it names no page, so none opens');
    },
  };

  function componentSource(): ComponentSource & { readonly app: AppFolder } {
    return {
      app: folder,
      realm,
      scheduler,
      containers: { object: () => realm.toApp({}) as object, array: () => realm.toApp([]) as unknown[] },
      definitionAt: registry.component,
      commonMembers: () => commonMembers(scheduler, () => wx),
      pageMembers: {},
      viewScripts,
    };
  }
}

/** What pages and components have alike, about a view that is not drawn. */
function commonMembers(scheduler: SchedulerLike, wx: () => Hooks): Record<string, unknown> {
  const create = (name: string) => () => (wx()[name] as AnyFunction)();
  const later = (...args: unknown[]) => {
    const last = args.at(-1);
    if (typeof last === 'function') scheduler.schedule(() => void (last as AnyFunction)());
  };
  return {
    createSelectorQuery: create('createSelectorQuery'),
    createIntersectionObserver: create('createIntersectionObserver'),
    createMediaQueryObserver: create('createMediaQueryObserver'),
    getRelationNodes: () => [],
    hasBehavior: () => false,
    getTabBar: () => null,
    getAppBar: () => null,
    getPageId: () => 'page',
    animate: later,
    clearAnimation: later,
    applyAnimatedStyle: later,
    clearAnimatedStyle: later,
    setUpdatePerformanceListener: () => undefined,
    setInitialRenderingCache: () => undefined,
  };
}

/** With those that are made when they are asked for. */
function membersOf(wx: SimulatedWx): Record<string, unknown> {
  const all = wx as unknown as Record<string, unknown>;
  return Object.fromEntries(Object.keys(all).map((name) => [name, all[name]]));
}

function onVisibility(
  wx: SimulatedWx,
  { hide, show }: { readonly hide: (options: object) => void; readonly show: (options: object) => void },
): void {
  (wx.onAppHide ?? wx.onHide)?.(hide);
  (wx.onAppShow ?? wx.onShow)?.(show);
}
