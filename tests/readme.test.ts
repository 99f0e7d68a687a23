import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asyncScheduler, firstValueFrom, NEVER, type Observable, type Subject, type Subscription } from 'rxjs';
import {
  createHttp,
  createNetwork,
  isNetworkError,
  type Http,
  type HttpInterceptor,
  type Network,
} from '../src/index.js';
import * as simulatorEntry from '../src/simulator/index.js';
import { docExamples, isOfUnused } from './support/doc-examples.js';
import {
  blocksOf,
  CHINESE,
  ENGLISH,
  loaderOf,
  moduleOf,
  problemsOf,
  run,
  textOf,
  tokensOf,
  type Surroundings,
} from './support/readme.js';
import { marbles } from '../src/testing/index.js';

const ROOT = join(__dirname, '..');
const READMES = ['README.md', 'README.zh-CN.md'];
const PAGES = [...ENGLISH, ...CHINESE];

/** The clauses of discoveries/rules.md. */
const RULES = (JSON.parse(textOf('scripts/conformance/clauses.json')) as { id: string }[]).map(({ id }) => id);

const allOf = (name: string, pattern: RegExp) => [...textOf(name).matchAll(pattern)].map(([, found]) => found ?? '');

describe('the READMEs and guides', () => {
  it('have code that compiles against src, and so have the doc blocks', () => {
    // One language will do: the other has the same code.
    const problems = problemsOf([...blocksOf(ENGLISH), ...docExamples()]);
    expect(problems.filter((problem) => !isOfUnused(problem))).toEqual([]);
  }, 60_000);

  it('say of each block which file it is', () => {
    const files = blocksOf(ENGLISH).map(({ file }) => file);
    expect(files).not.toContain('');
    expect(new Set(files).size).toBe(files.length);
  });

  it('are run in the tests, block by block', () => {
    const tests = readdirSync(__dirname)
      .filter((file) => file.startsWith('readme'))
      .map((file) => textOf(`tests/${file}`))
      .join('');
    const blocks = blocksOf(ENGLISH);
    const isRun = (file: string) =>
      tests.includes(`'${file}'`) || blocks.some(({ code }) => code.includes(`from './${file}'`));
    const notRun = blocks.filter(({ file, runnable }) => !runnable || !isRun(file));
    expect(notRun).toEqual([]);
  });

  describe.each(ENGLISH.map((english, index) => [english, CHINESE[index]!]))('%s and %s', (english, chinese) => {
    it('have the same code but for comments', () => {
      const codeOf = (name: string) =>
        blocksOf([name]).map(({ file, runnable, code }) => ({ file, runnable, tokens: tokensOf(code) }));
      expect(codeOf(chinese)).toEqual(codeOf(english));
    });

    it('have the same tables, as far as they are not words', () => {
      const rowsOf = (name: string) => allOf(name, /^(\|) /gm);
      expect(rowsOf(chinese)).toHaveLength(rowsOf(english).length);
      expect(allOf(chinese, /^\| (`.*?`) \|/gm)).toEqual(allOf(english, /^\| (`.*?`) \|/gm));
    });

    it('have the same sections', () => {
      const levelsOf = (name: string) => allOf(name, /^(##+) /gm);
      expect(levelsOf(chinese)).toEqual(levelsOf(english));
    });
  });

  describe.each(PAGES)('%s', (name) => {
    it('mentions no rule that there is not', () => {
      const mentioned = allOf(name, /\b((?:DOM|LAN|UDP|TCP|TIME|LIM|BG|ENC|CB)-\d+)\b/g);
      expect(mentioned.filter((id) => !RULES.includes(id))).toEqual([]);
    });

    it('links to files and sections that exist', () => {
      const broken = allOf(name, /\]\((?!https:)([^)]+)/g).filter((target) => {
        const [path = '', section] = target.split('#');
        const file = path === '' ? name : join(dirname(name), path);
        return !existsSync(join(ROOT, file)) || (section !== undefined && !anchorsOf(file).includes(section));
      });
      expect(broken).toEqual([]);
    });
  });

  it.each(READMES)('%s is read in one sitting', (name) => {
    expect(textOf(name).split('\n').length).toBeLessThanOrEqual(350);
  });

  describe.each(PAGES.filter((name) => name.includes('/rules.')))('%s', (name) => {
    it('has each rule once in its table, and no other', () => {
      expect(allOf(name, /^\| ([A-Z]+-\d+) +\|/gm).sort()).toEqual([...RULES].sort());
    });
  });

  describe.each(PAGES.filter((name) => name.includes('/calls.')))('%s', (name) => {
    it('names every code of an error', () => {
      const doc = textOf('src/platform/network-error.ts');
      const codes = [...doc.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => `\`${code}\``);
      expect(codes.length).toBeGreaterThan(10);
      expect(codes.filter((code) => !textOf(name).includes(code))).toEqual([]);
    });
  });

  describe.each(CHINESE.concat(ENGLISH).filter((name) => name.includes('/simulator.')))('%s', (name) => {
    it('names the options of the simulator', () => {
      const options = [...textOf('src/simulator/options.ts').matchAll(/^ {2}readonly (\w+)\?:/gm)].map(
        ([, option]) => option!,
      );
      expect(options.length).toBeGreaterThan(30);
      expect(options.filter((option) => !new RegExp(`\\b${option}\\b`).test(textOf(name)))).toEqual([]);
    });
  });
});

describe.each([
  ['English', ENGLISH],
  ['Chinese', CHINESE],
])('the code of the %s pages', (_language, name) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  /** The README's blocks as the modules of an app on that phone. */
  const appOn = ({ wx }: Phone, surroundings?: Surroundings) => {
    Object.assign(globalThis, { wx });
    return loaderOf(name, surroundings);
  };

  describe('in the app', () => {
    /** The page as the platform would have it, after `onLoad`; `shown` gets what it sets. */
    const openPage = (phone: Phone, shown: (data: unknown) => void = () => undefined) => {
      let page: PageOptions | undefined;
      const Page = (options: PageOptions) => (page = options);
      appOn(phone, { globals: { Page } })('items-page');
      page!.setData = shown;
      page!.onLoad();
      return page!;
    };

    it('shows what came, with the token of the moment', async () => {
      const phone = createPhone(() => ({ body: '[{"id":1,"title":"tea"}]' }));
      const shown = await new Promise((resolve) => openPage(phone, resolve));
      await phone.close();

      expect(shown).toEqual({ items: [{ id: 1, title: 'tea' }] });
      expect(phone.sent).toEqual(['GET /items']);
      expect(phone.tokens).toEqual(['Bearer first']);
    });

    it('shows why nothing came', async () => {
      const phone = createPhone(() => ({ statusCode: 404 }));
      const shown = await new Promise((resolve) => openPage(phone, resolve));
      await phone.close();

      expect(shown).toEqual({ problem: expect.stringContaining('404') });
    });

    it('has what interceptors and beforeSend put into a call', async () => {
      let header: Readonly<Record<string, string>> = {};
      const phone = createPhone((_line, request) => {
        header = request.header;
        return { body: '[]' };
      });
      const { signed } = appOn(phone)<{ signed: Network }>('signed');
      await firstValueFrom(createHttp(signed)('/items'));
      await phone.close();

      expect(header).toMatchObject({ 'Accept-Language': 'zh-CN', 'X-Time': expect.stringMatching(/^\d+$/) });
    });

    it('lets go when the page is left', async () => {
      const phone = createPhone(() => NEVER);
      const seen: string[] = [];
      phone.events$.subscribe(({ type }) => seen.push(type));

      openPage(phone).onUnload();
      await phone.close();

      expect(seen).toEqual(['called', 'started', 'aborted', 'settled']);
    });
  });

  it.each([
    ['Taro', { ENV_TYPE: {} }],
    ['uni', { upx2px: () => 1 }],
  ])('in the app: %s is refused as wx', async (wrapper, marks) => {
    const { wx, close } = createPhone(() => ({}));
    await close();
    const wrapped = { ...(wx as simulatorEntry.SimulatedWx), ...marks };

    expect(() => createNetwork({ wx: wrapped })).toThrow(`do not pass ${wrapper} as wx; pass nothing`);
  });

  it('on the desk: prints what its comments say', async () => {
    const { code } = blocksOf(name).find(({ file }) => file === 'desk')!;
    const printed = await new Promise<string[]>((closed) => {
      const lines: string[] = [];
      const createSimulator = (options: object) => {
        const simulator = simulatorEntry.createSimulator(options);
        return { ...simulator, close: () => simulator.close().then(() => closed(lines)) };
      };
      const console = { log: (...words: unknown[]) => lines.push(words.join(' ')) };
      const modules = { 'rx-miniprogram/simulator': { createSimulator } };
      loaderOf(name, { globals: { console }, modules })('desk');
    });

    const promised = [...code.matchAll(/^\/\/ ((?:DOM|\d).*?)(?: …)?$/gm)].map(([, line = '']) => line);
    expect(promised).toHaveLength(2);
    expect(printed.map((line, index) => line.slice(0, promised[index]?.length))).toEqual(promised);
  });

  it('the draft: is found again as far as it was told', async () => {
    const told = new Promise((log) => loaderOf(name, { globals: { console: { log } } })('draft'));

    expect(await told).toBe('half a sentence');
  });

  it('in virtual time: passes, and fails for a wrong expectation', () => {
    const { code } = blocksOf(name).find(({ file }) => file === 'feed-test')!;
    loaderOf(name)('feed-test');

    const wrong = code.replace("'18s (r|)'", "'17s (r|)'");
    expect(() => run(wrong, {}, moduleOf)).toThrow();
  });

  describe('by hand', () => {
    it('answers', async () => {
      const phone = createPhone(() => ({ body: '["first"]' }));
      const { feed$ } = appOn(phone)<{ feed$: Observable<unknown> }>('feed');
      const answer = await firstValueFrom(feed$);
      await phone.close();

      expect(answer).toMatchObject({ status: 200, body: ['first'] });
    });

    it(
      'sends what was cut before what was held',
      marbles(({ flush }) => {
        const phone = createPhone(() => ({ body: '[]', afterMs: 6_000 }));
        const load = appOn(phone);
        const { feed$ } = load<{ feed$: Observable<unknown> }>('feed');
        const { http$ } = load<{ http$: Http }>('network');

        feed$.subscribe();
        at(1_000, phone.enterBackground);
        at(2_000, () => http$.get('/held', { priority: 'low' }).subscribe());
        at(9_000, phone.enterForeground);
        flush();

        expect(phone.timeline).toEqual(['0 GET /feed', '9000 GET /feed', '9000 GET /held']);
      }),
    );
  });

  describe('await', () => {
    it('sends when it is subscribed to, and not when it is awaited', async () => {
      const phone = createPhone(() => ({ body: '{"name":"Ada"}' }));
      const load = appOn(phone);
      const { http$ } = load<{ http$: Http }>('network');
      const { loadMe } = load<{ loadMe: () => Promise<unknown> }>('me');

      // eslint-disable-next-line @typescript-eslint/await-thenable -- the very mistake
      await http$('/me');
      expect(phone.sent).toEqual([]);
      expect(await loadMe()).toEqual({ name: 'Ada' });
      expect(phone.sent).toEqual(['GET /me']);
      await phone.close();
    });

    it('rejects with what went wrong', async () => {
      const phone = createPhone(() => ({ statusCode: 500 }));
      const { loadMe } = appOn(phone)<{ loadMe: () => Promise<unknown> }>('me');

      await expect(loadMe()).rejects.toMatchObject({ code: 'status' });
      await phone.close();
    });
  });

  describe('search', () => {
    interface Search {
      readonly typed$: Subject<string>;
      readonly found$: Observable<{ readonly found: string[]; readonly problem: unknown }>;
    }

    it(
      'aborts the old request before it sends the next, once a pause in the typing',
      marbles(({ flush }) => {
        const phone = createPhone((line) => ({ body: JSON.stringify([line]), afterMs: 1_000 }));
        const happened: string[] = [];
        phone.events$.subscribe(({ type, at }) => {
          if (type === 'started' || type === 'aborted') happened.push(`${at} ${type}`);
        });
        const { typed$, found$ } = appOn(phone)<Search>('search');

        const shown: unknown[] = [];
        found$.subscribe(({ found }) => shown.push(found));
        at(0, () => typed$.next('t'));
        at(100, () => typed$.next('te'));
        at(900, () => typed$.next('tea'));
        flush();

        expect(happened).toEqual(['400 started', '1200 aborted', '1200 started']);
        expect(shown).toEqual([['GET /search?words=tea']]);
      }),
    );

    it(
      'goes on after a failure',
      marbles(({ flush }) => {
        const phone = createPhone((line) => (line.endsWith('=x') ? { statusCode: 500 } : { body: '["tea"]' }));
        const { typed$, found$ } = appOn(phone)<Search>('search');

        const shown: unknown[] = [];
        found$.subscribe(({ found, problem }) => shown.push([found, isNetworkError(problem, 'status')]));
        at(0, () => typed$.next('x'));
        at(1_000, () => typed$.next('tea'));
        flush();

        expect(shown).toEqual([
          [[], true],
          [['tea'], false],
        ]);
      }),
    );
  });

  describe('unwrap', () => {
    const unwrapped = async (answer: simulatorEntry.PlainAnswer) => {
      const phone = createPhone(() => answer);
      const load = appOn(phone);
      const { http$ } = load<{ http$: Http }>('network');
      const { unwrap } = load<{ unwrap: () => (source: Observable<unknown>) => Observable<unknown> }>('unwrap');
      try {
        return await firstValueFrom(http$('/items').pipe(unwrap()));
      } finally {
        await phone.close();
      }
    };

    it('gives the data', async () => {
      expect(await unwrapped({ body: '{"code":0,"data":[1],"msg":"ok"}' })).toEqual([1]);
    });

    it.each([
      ['another code', { body: '{"code":7,"data":null,"msg":"sold out"}' }, { code: 7, message: 'sold out' }],
      ['an empty body', { statusCode: 204 }, { code: undefined, message: 'no { code, data, msg } came' }],
      ['something else', { body: '"tea"' }, { code: undefined, message: 'no { code, data, msg } came' }],
    ])('errors for %s', async (_, answer, error) => {
      await expect(unwrapped(answer)).rejects.toMatchObject({ name: 'BusinessError', ...error });
    });

    it('errors for a status, as requireOk() does', async () => {
      await expect(unwrapped({ statusCode: 502, body: 'Bad Gateway' })).rejects.toMatchObject({ code: 'status' });
    });
  });

  describe('log in again', () => {
    /** A server that knows one token; the login gives it out, after 20 ms, as often as `loginAnswers` says. */
    const appWithLogin = (loginAnswers: (attempt: number) => simulatorEntry.PlainAnswer, late: Late = {}) => {
      let attempts = 0;
      const phone = createPhone((line, { header }) => {
        if (line === 'POST /login') return { afterMs: 20, ...loginAnswers(++attempts) };
        const afterMs = late[line] ?? 1;
        if (header['Authorization'] === 'Bearer second') return { body: `"${line}"`, afterMs };
        return line === 'GET /by-code'
          ? { body: '{"code":40101,"data":null,"msg":"expired"}', afterMs }
          : { statusCode: 401, afterMs };
      });
      const load = appOn(phone);
      const { network } = load<{ network: Network }>('network');
      const { loginWhenRefused } = load<{ loginWhenRefused: HttpInterceptor }>('login');
      const { createHttp } = jest.requireActual<typeof import('../src/index.js')>('../src/index.js');
      const { internalsOf } =
        jest.requireActual<typeof import('../src/network/internals.js')>('../src/network/internals.js');
      const { baseUrl, beforeSend } = internalsOf(network).settings;
      const http$ = createHttp(createNetwork({ baseUrl, beforeSend, interceptors: [loginWhenRefused] }));
      const outcome = (path: string) =>
        firstValueFrom(http$(path)).then(
          ({ status, body }) => ({ status, body }),
          (error: unknown) => error,
        );
      return { phone, http$, outcome };
    };
    const given = () => ({ body: '{"code":0,"data":{"token":"second"},"msg":"ok"}' });
    const refusals = {
      refused: () => ({ body: '{"code":40101,"data":null,"msg":"banned"}' }),
      401: () => ({ statusCode: 401 }),
    };
    type Late = Readonly<Record<string, number>>;

    it('logs in once for all who are refused, by status or code, and sends each again once', async () => {
      const { phone, http$, outcome } = appWithLogin(given);
      const post = firstValueFrom(http$.post('/pay', { amount: 1 }));
      const outcomes = await Promise.all([outcome('/a'), outcome('/by-code')]);
      await post;
      await phone.close();

      expect(outcomes).toEqual([
        { status: 200, body: 'GET /a' },
        { status: 200, body: 'GET /by-code' },
      ]);
      expect(phone.sent).toHaveLength(7);
      expect(phone.sent.filter((line) => line === 'POST /login')).toHaveLength(1);
      expect(phone.sent.slice(0, 3).sort()).toEqual(['GET /a', 'GET /by-code', 'POST /pay']);
      expect(phone.sent.slice(4).sort()).toEqual(['GET /a', 'GET /by-code', 'POST /pay']);
    });

    it('does not log in again for one whose refusal comes after the login', async () => {
      const { phone, outcome } = appWithLogin(given, { 'GET /late': 60 });
      const outcomes = await Promise.all([outcome('/a'), outcome('/late')]);
      await phone.close();

      expect(outcomes).toMatchObject([{ status: 200 }, { status: 200 }]);
      expect(phone.sent).toEqual(['GET /a', 'GET /late', 'POST /login', 'GET /a', 'GET /late']);
    });

    it.each(Object.keys(refusals) as (keyof typeof refusals)[])(
      'fails all who wait when the login fails (%s), without recursion, and tries anew for the next',
      async (how) => {
        const { phone, outcome } = appWithLogin((attempt) => (attempt === 1 ? refusals[how]() : given()));
        const [a, b] = await Promise.all([outcome('/a'), outcome('/b')]);
        const sentBefore = [...phone.sent];
        const after = await outcome('/c');
        await phone.close();

        expect(a).toBeInstanceOf(Error);
        expect(b).toBe(a);
        expect(sentBefore).toEqual(['GET /a', 'GET /b', 'POST /login']);
        expect(after).toEqual({ status: 200, body: 'GET /c' });
      },
    );

    it('sends a call again once and no more', async () => {
      const { phone, outcome } = appWithLogin(() => ({ body: '{"code":0,"data":{"token":"useless"},"msg":"ok"}' }));
      const refused = await outcome('/a');
      await phone.close();

      expect(refused).toMatchObject({ status: 401 });
      expect(phone.sent).toEqual(['GET /a', 'POST /login', 'GET /a']);
    });

    it('goes on for the others when one who waits leaves', async () => {
      const { phone, http$, outcome } = appWithLogin(given);
      const leaver = http$('/leaver').subscribe();
      const stayer = outcome('/stayer');
      await until(() => phone.sent.includes('POST /login'));
      leaver.unsubscribe();
      expect(await stayer).toMatchObject({ status: 200 });
      expect(phone.sent).toEqual(['GET /leaver', 'GET /stayer', 'POST /login', 'GET /stayer']);
      await phone.close();
    });

    it('stops when the last one who waits leaves, and starts anew for the next', async () => {
      const { phone, http$, outcome } = appWithLogin(given);
      const leaver = http$('/leaver').subscribe();
      await until(() => phone.sent.includes('POST /login'));
      leaver.unsubscribe();
      expect(await outcome('/next')).toMatchObject({ status: 200 });
      await phone.close();

      expect(phone.sent).toEqual(['GET /leaver', 'POST /login', 'GET /next', 'POST /login', 'GET /next']);
    });
  });

  describe('retry', () => {
    beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
    afterEach(() => jest.restoreAllMocks());

    it(
      'waits longer each time, and gives up after the third',
      marbles(({ flush }) => {
        const phone = createPhone(() => ({ statusCode: 503 }));
        const { timeline } = phone;
        const { items$ } = appOn(phone)<{ items$: Observable<unknown> }>('patient-items');
        items$.subscribe({ error: ({ code }: { code: string }) => timeline.push(`${asyncScheduler.now()} ${code}`) });
        flush();
        expect(timeline).toEqual([
          '0 GET /items',
          '250 GET /items',
          '750 GET /items',
          '1750 GET /items',
          '1750 status',
        ]);
      }),
    );
  });

  describe('one poll', () => {
    const poll = (answers: (attempt: number) => Answer) => {
      let attempt = 0;
      const phone = createPhone(() => answers(++attempt));
      const warned: unknown[] = [];
      const console = { warn: (warning: unknown) => warned.push(warning) };
      const { unread$ } = appOn(phone, { globals: { console } })<{ unread$: Observable<number> }>('unread');
      return { phone, unread$, warned };
    };

    it(
      'is made once for all pages, and not without one',
      marbles(({ flush }) => {
        const { phone, unread$ } = poll((attempt) => ({ body: String(attempt) }));
        const shown: string[] = [];
        const open = (page: string): Subscription => unread$.subscribe((count) => shown.push(`${page} ${count}`));
        const pages: Record<string, Subscription> = {};

        at(1_000, () => (pages['a'] = open('a')));
        at(11_000, () => (pages['b'] = open('b')));
        at(40_000, () => pages['a']!.unsubscribe());
        at(70_000, () => pages['b']!.unsubscribe());
        at(200_000, () => (pages['c'] = open('c')));
        at(210_000, () => pages['c']!.unsubscribe());
        flush();

        expect(phone.timeline).toEqual([
          '1000 GET /unread',
          '31000 GET /unread',
          '61000 GET /unread',
          '200000 GET /unread',
        ]);
        expect(shown).toEqual(['a 1', 'b 1', 'a 2', 'b 2', 'b 3', 'c 4']);
      }),
    );

    it(
      'holds in the background, and asks once on the return',
      marbles(({ flush }) => {
        const { phone, unread$ } = poll(() => ({ body: '0' }));
        const page = unread$.subscribe();
        at(10_000, phone.enterBackground);
        at(100_000, phone.enterForeground);
        at(130_000, () => page.unsubscribe());
        flush();

        expect(phone.timeline).toEqual(['0 GET /unread', '100000 GET /unread', '120000 GET /unread']);
      }),
    );

    it(
      'goes on after a failure, and tells of it',
      marbles(({ flush }) => {
        const { unread$, warned } = poll((attempt) => (attempt === 1 ? { statusCode: 500 } : { body: '2' }));
        const shown: number[] = [];
        const page = unread$.subscribe((count) => shown.push(count));
        at(40_000, () => page.unsubscribe());
        flush();

        expect(shown).toEqual([2]);
        expect(warned).toMatchObject([{ code: 'status' }]);
      }),
    );
  });

  describe('waiting, offline, interrupted', () => {
    interface Banner {
      readonly banner$: Observable<string>;
      readonly adviceOn: (error: unknown) => string;
    }

    it(
      'shows how many wait, and that there is no network',
      marbles(({ flush }) => {
        const phone = createPhone(() => ({ afterMs: 1_000 }));
        const load = appOn(phone);
        const { banner$ } = load<Banner>('banner');
        const { http$ } = load<{ http$: Http }>('network');
        const shown: string[] = [];
        const banner = banner$.subscribe((words) => shown.push(`${asyncScheduler.now()} ${words}`));

        at(500, () => {
          for (let index = 0; index < 12; index++) http$('/slow').subscribe();
        });
        at(3_000, () => phone.setNetwork('none'));
        at(4_000, () => phone.setNetwork('4g'));
        at(5_000, () => banner.unsubscribe());
        flush();

        expect(shown).toEqual(['100 ', '600 2 waiting', '1600 ', '3100 offline', '4100 ']);
      }),
    );

    it(
      'tells what was cut from what was never sent, and from what the network broke off',
      marbles(({ flush }) => {
        const phone = createPhone(() => NEVER);
        const load = appOn(phone);
        const { adviceOn } = load<Banner>('banner');
        const { http$ } = load<{ http$: Http }>('network');
        const advice: string[] = [];
        const error = (problem: unknown) => advice.push(adviceOn(problem));

        http$.post('/pay').subscribe({ error });
        at(1_000, phone.enterBackground);
        at(2_000, () => http$.post('/tap', {}, { background: 'refuse' }).subscribe({ error }));
        at(20_000, phone.enterForeground);
        at(25_000, () => http$.post('/pay').subscribe({ error }));
        at(30_000, () => phone.setNetwork('none'));
        flush();

        expect(advice).toEqual(['not sent', 'cut in the background', 'no network']);
        expect(phone.timeline).toEqual(['0 POST /pay', '25000 POST /pay']);
      }),
    );

    it(
      'lets calls wait for the network, if told to',
      marbles(({ flush }) => {
        const phone = createPhone(() => ({}));
        const load = appOn(phone);
        const watching = load<{ waitForNetwork: () => Subscription }>('wait-for-network').waitForNetwork();
        const { http$ } = load<{ http$: Http }>('network');
        const ended: string[] = [];

        at(1_000, () => phone.setNetwork('none'));
        at(2_000, () => {
          http$('/patient').subscribe();
          http$({ url: '/hasty', maxWaitMs: 1_000, totalMs: 3_000 }).subscribe({
            error: ({ phase }) => ended.push(`${asyncScheduler.now()} ${phase}`),
          });
        });
        at(9_000, () => phone.setNetwork('wifi'));
        at(11_000, () => watching.unsubscribe());
        flush();

        // A random part of a second after the return.
        expect(phone.timeline).toEqual([expect.stringMatching(/^9\d{3}(\.\d+)? GET \/patient$/)]);
        expect(ended).toEqual(['5000 total']);
      }),
    );
  });

  describe('a request that outlives its page', () => {
    type PlaceOrder = (sku: string, key: string) => Observable<{ readonly body: unknown }>;

    it(
      'is sent once, is not aborted by the page, and its answer waits for the next one',
      marbles(({ flush }) => {
        const phone = createPhone(() => ({ body: '{"id":7}', afterMs: 3_000 }));
        const { placeOrder } = appOn(phone)<{ placeOrder: PlaceOrder }>('order');
        const heard: unknown[] = [];

        const order$ = placeOrder('tea', 'key-1');
        const page = order$.subscribe(() => heard.push('the page that has gone'));
        at(1_000, () => page.unsubscribe());
        at(9_000, () => order$.subscribe(({ body }) => heard.push(body)));
        flush();

        expect(phone.timeline).toEqual(['0 POST /orders']);
        expect(heard).toEqual([{ id: 7 }]);
      }),
    );

    it(
      'survives the background with its key, and gives its error to who comes later',
      marbles(({ flush }) => {
        const phone = createPhone(() => ({ statusCode: 409, afterMs: 8_000 }));
        const { placeOrder } = appOn(phone)<{ placeOrder: PlaceOrder }>('order');
        const heard: unknown[] = [];

        const order$ = placeOrder('tea', 'key-1');
        at(1_000, phone.enterBackground);
        at(20_000, phone.enterForeground);
        at(30_000, () => order$.subscribe({ error: (error) => heard.push(error) }));
        flush();

        expect(phone.timeline).toEqual(['0 POST /orders', '20000 POST /orders']);
        expect(heard).toMatchObject([{ code: 'status' }]);
      }),
    );
  });

  it(
    'leaving a component: stops its poll',
    marbles(({ flush }) => {
      const phone = createPhone(() => ({ body: '3' }));
      const shown: unknown[] = [];
      const Component = ({ lifetimes }: { lifetimes: Record<'attached' | 'detached', (this: object) => void> }) => {
        const instance = { setData: (data: unknown) => shown.push(data) };
        at(1_000, () => lifetimes.attached.call(instance));
        at(40_000, () => lifetimes.detached.call(instance));
      };
      appOn(phone, { globals: { Component } })('unread-badge');
      flush();

      expect(phone.timeline).toEqual(['1000 GET /unread', '31000 GET /unread']);
      expect(shown).toEqual([{ unread: 3 }, { unread: 3 }]);
    }),
  );

  describe.each([
    ['Taro', 'use-until-unload', 'useUntilUnload'],
    ['uni-app', 'until-unload', 'untilPageUnload'],
  ])('leaving a page in %s', (_, file, hook) => {
    it('aborts what runs, and sends nothing afterwards', async () => {
      const phone = createPhone(() => NEVER);
      const seen: string[] = [];
      phone.events$.subscribe(({ type }) => seen.push(type));
      const unloads: (() => void)[] = [];
      const onUnload = (callback: () => void) => void unloads.push(callback);
      const modules = {
        '@tarojs/taro': { useUnload: onUnload },
        react: { useState: (initial: () => unknown) => [initial(), () => undefined] },
        '@dcloudio/uni-app': { onUnload },
      };
      const load = appOn(phone, { modules });
      const { http$ } = load<{ http$: Http }>('network');
      const untilUnload =
        load<Record<string, () => (source: Observable<unknown>) => Observable<unknown>>>(file)[hook]!();

      http$('/items').pipe(untilUnload).subscribe();
      unloads.forEach((unload) => unload());
      http$('/late').pipe(untilUnload).subscribe();
      await phone.close();

      expect(seen).toEqual(['called', 'started', 'aborted', 'settled']);
    });
  });
});

/** The sections of a page, as links name them. */
function anchorsOf(name: string): string[] {
  return allOf(name, /^##+ (.*)$/gm).map((title) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replace(/ /g, '-'),
  );
}

type Answer = simulatorEntry.PlainAnswer | Observable<simulatorEntry.WireEvent>;

/** What the example gives to `Page`; the page itself, as far as we are concerned. */
interface PageOptions {
  data: unknown;
  setData(data: unknown): void;
  onLoad(): void;
  onUnload(): void;
}

/** A phone on which an app may run, and what its server has seen. */
interface Phone extends Omit<simulatorEntry.Simulator, 'wx'> {
  readonly wx: object;
  /** `GET /items`, in the order of arrival. */
  readonly sent: string[];
  /** The same with the time before it. */
  readonly timeline: string[];
  /** The Authorization of each. */
  readonly tokens: (string | undefined)[];
}

/** A phone whose server answers by `GET /items`. */
function createPhone(answerTo: (line: string, request: simulatorEntry.WireRequest) => Answer): Phone {
  const API = 'https://api.example.com';
  const storage = new Map([['token', 'first']]);
  const sent: string[] = [];
  const timeline: string[] = [];
  const tokens: (string | undefined)[] = [];

  const simulator = simulatorEntry.createSimulator({
    domains: { request: [API] },
    wire: (request) => {
      const { method, url, header } = request;
      const line = `${method} ${url.slice(API.length)}`;
      sent.push(line);
      // In virtual time a poll that nobody stops would hang the test.
      if (sent.length > 100) throw new Error('it goes on for ever');
      timeline.push(`${asyncScheduler.now()} ${line}`);
      tokens.push(header['Authorization']);
      return simulatorEntry.scriptWire({ [`${method} ${url}`]: answerTo(line, request) })(request);
    },
  });
  const wx = {
    ...simulator.wx,
    getStorageSync: (key: string) => storage.get(key),
    setStorageSync: (key: string, value: string) => storage.set(key, value),
    login: () => Promise.resolve({ code: 'from-wx', errMsg: 'login:ok' }),
  };
  return { ...simulator, wx, sent, timeline, tokens };
}

/** Does something at a time of the phone's clock. Milliseconds. */
function at(ms: number, action: () => void): void {
  asyncScheduler.schedule(() => action(), ms);
}

/** Waits, in real time, until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => asyncScheduler.schedule(resolve, 1));
}
