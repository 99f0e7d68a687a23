import type { NetworkType } from '../platform/wx.js';
import type { Simulator } from '../simulator/create-simulator.js';
import { AppProblem } from './app-problem.js';
import type { AppReport, RecordedCall } from './app-record.js';
import type { MiniProgram } from './mini-program.js';
import { formatRoute } from './route.js';
import { withFiles } from './desk-files.js';

/** The page that is in front. */
export interface PageInFront {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Its data, as `setData` has left it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Which calls are meant; what is not said is not looked at. */
export interface CallPattern {
  /** `'GET https://api.example.com/items'`, or its beginning; without a method any. */
  readonly call?: string | undefined;
  readonly status?: number | undefined;
  readonly outcome?: RecordedCall['outcome'] | undefined;
  readonly rule?: string | undefined;
  /** How many there are. @defaultValue at least one */
  readonly times?: number | undefined;
}

/** What a user does with an app, and what is expected of it. */
export interface AppDriver {
  /** The page in front, if one is open. */
  readonly page: PageInFront | undefined;
  /** The addresses of the open pages, the last one in front. */
  readonly pages: readonly string[];
  /** The calls of the network so far. */
  readonly calls: readonly RecordedCall[];
  readonly simulator: Simulator;
  /** Opens a page, as a tap on a link to it does; a tab where it is one. @throws AppProblem where `app.json` does not name it. */
  open(url: string): Promise<void>;
  /** Calls a handler of the page in front, as a tap does. @returns what it returns. @throws AppProblem where there is no such handler. */
  call(handler: string, event?: unknown): Promise<unknown>;
  /** Goes back. @param delta - How many pages. @defaultValue 1 */
  back(delta?: number): Promise<void>;
  /** Hides the app; with a time in milliseconds, shows it again after that. */
  hide(ms?: number): Promise<void>;
  show(): Promise<void>;
  /** Connects the device in another way; with a time in milliseconds, as before after that. */
  network(networkType: NetworkType, ms?: number): Promise<void>;
  /** Lets time pass, in milliseconds. */
  wait(ms: number): Promise<void>;
  /**
   * Waits until a call like this has ended, or a function says so.
   *
   * @param timeoutMs - How long, at most. @defaultValue `10000`
   * @throws Error that says what there was instead.
   */
  waitFor(what: string | CallPattern | (() => boolean), timeoutMs?: number): Promise<void>;
  /** @throws Error where no call, or not so many, is like this; `'no refusal'`: where a rule refused one. */
  expect(what: 'no refusal' | 'no error' | CallPattern): void;
  /**
   * Says what a call of `wx` that asks the user answers from now on: `{ confirm: true }`, or `{ fail: 'cancel' }`. A
   * `tempFilePath` may name a file of your computer: the app gets a copy of it on the phone.
   *
   * @throws TypeError where there is no such file.
   */
  answer(api: string, result: object | ((option: unknown) => object)): void;
  /** What was seen so far. */
  report(): AppReport;
  /** Ends the app, and what it has open. */
  close(): Promise<void>;
}

/** What drives time. */
export interface DriverTime {
  /** Lets so much time pass. 0 lets what is due at once happen. */
  readonly pass: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How often it is looked whether what is waited for has come. Milliseconds. */
const LOOK_EVERY_MS = 10;

/** Drives an app that has been started. */
export function createDriver(app: MiniProgram, simulator: Simulator, { pass, close }: DriverTime): AppDriver {
  const { stack, record } = app;
  const inFront = () => {
    const page = stack.current();
    if (page) return page;
    throw new AppProblem('page-not-found', '', 'no page is open; open one first');
  };

  return {
    simulator,
    get page() {
      const page = stack.current();
      return page && { ...page.route, data: page.instance.data() as Readonly<Record<string, unknown>> };
    },
    get pages() {
      return stack.pages().map(({ route }) => formatRoute(route));
    },
    get calls() {
      return record.calls();
    },
    open: async (url) => {
      app.open(url);
      await pass(0);
    },
    call: async (handler, event) => {
      const { instance, route } = inFront();
      const handle = instance.handler(handler);
      if (!handle)
        throw new AppProblem('no-handler', handler, `the page has no '${handler}'`, { file: `${route.path}.js` });
      const returned = handle(event ?? tapEvent());
      await pass(0);
      return returned;
    },
    back: async (delta = 1) => {
      stack.back(delta);
      await pass(0);
    },
    hide: async (ms) => {
      simulator.enterBackground();
      await pass(ms ?? 0);
      if (ms === undefined) return;
      simulator.enterForeground();
      await pass(0);
    },
    show: async () => {
      simulator.enterForeground();
      await pass(0);
    },
    network: async (networkType, ms) => {
      simulator.setNetwork(networkType);
      await pass(ms ?? 0);
      if (ms === undefined) return;
      simulator.setNetwork('wifi');
      await pass(0);
    },
    wait: pass,
    waitFor: async (what, timeoutMs = 10_000) => {
      const isThere = typeof what === 'function' ? what : () => matching(what, record.calls(), true).length > 0;
      for (let waited = 0; !isThere(); waited += LOOK_EVERY_MS) {
        if (waited >= timeoutMs) {
          const wanted = typeof what === 'function' ? 'the condition' : shownPattern(what);
          throw new Error(`waitFor: ${wanted} has not come in ${timeoutMs} ms; there were${listed(record.calls())}`);
        }
        await pass(LOOK_EVERY_MS);
      }
      await pass(0);
    },
    expect: (what) => {
      const all = record.calls();
      if (what === 'no error') {
        const [error] = record.report().errors;
        if (error) throw new Error(`expect: no error; the app threw ${error.message}`);
        return;
      }
      const isRefusal = what === 'no refusal';
      const found = matching(isRefusal ? { outcome: 'refused' } : what, all, false);
      if (isRefusal ? found.length === 0 : what.times === undefined ? found.length > 0 : found.length === what.times)
        return;
      const wanted = isRefusal ? 'no refusal' : shownPattern(what);
      throw new Error(`expect: ${wanted}; there were${listed(isRefusal ? found : all)}`);
    },
    answer: (api, result) => {
      const told = (answer: object) => withFiles(api, answer, simulator);
      const isMade = (one: typeof result): one is (option: unknown) => object => typeof one === 'function';
      app.answer(api, isMade(result) ? (option) => told(result(option)) : told(result));
    },
    report: record.report,
    close,
  };
}

function matching(what: string | CallPattern, calls: readonly RecordedCall[], ended: boolean): RecordedCall[] {
  const { call = '', status, outcome, rule } = typeof what === 'string' ? { call: what } : what;
  return calls.filter((one) => {
    if (ended && one.outcome === 'open') return false;
    const isNamed = `${one.method} ${one.url}`.startsWith(call) || one.url.startsWith(call);
    const same = (wanted: unknown, got: unknown) => wanted === undefined || wanted === got;
    return isNamed && same(status, one.status) && same(outcome, one.outcome) && same(rule, one.rule);
  });
}

function shownPattern(what: string | CallPattern): string {
  return typeof what === 'string' ? what : JSON.stringify(what);
}

function listed(calls: readonly RecordedCall[]): string {
  if (calls.length === 0) return ' no calls';
  return calls
    .map(
      ({ method, url, outcome, status, rule }) =>
        `\n  ${method} ${url} ${[outcome, status, rule].filter(Boolean).join(' ')}`,
    )
    .join('');
}

function tapEvent() {
  const target = { id: '', dataset: {}, offsetLeft: 0, offsetTop: 0 };
  return {
    type: 'tap',
    timeStamp: 0,
    target,
    currentTarget: target,
    mark: {},
    detail: { x: 0, y: 0 },
    touches: [],
    changedTouches: [],
  };
}
