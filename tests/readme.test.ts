import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstValueFrom, NEVER, type Observable } from 'rxjs';
import ts from 'typescript';
import * as library from '../src/index.js';
import * as simulatorEntry from '../src/simulator/create-simulator.js';
import * as script from '../src/simulator/wires/script.js';

const ROOT = join(__dirname, '..');
const ENGLISH = 'README.md';
const CHINESE = 'README.zh-CN.md';
const READMES = [ENGLISH, CHINESE];

/** The clauses of the rules of record. */
const RULES: readonly string[] = [
  ...['DOM-1', 'DOM-2', 'DOM-3', 'DOM-4', 'DOM-5', 'DOM-6', 'DOM-7', 'DOM-8', 'LAN-1', 'UDP-1', 'TCP-1'],
  ...['TIME-1', 'TIME-2', 'LIM-1', 'LIM-2', 'LIM-3', 'BG-1', 'BG-2', 'ENC-1', 'ENC-2', 'CB-1'],
];

const textOf = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const allOf = (name: string, pattern: RegExp) => [...textOf(name).matchAll(pattern)].map(([, found]) => found ?? '');

// Those that are marked ```ts run are run below, too.
const blocksOf = (name: string) => allOf(name, /^```ts(?: run)?\n([^]*?)^```$/gm);
const runnableOf = (name: string) => allOf(name, /^```ts run\n([^]*?)^```$/gm);

describe('the READMEs', () => {
  it('have code that compiles against src', () => {
    const files = new Map<string, string>();
    // In tests/, where a user of this checkout would put them. One README will do: the other has the same code.
    blocksOf(ENGLISH).forEach((code, index) => files.set(join(ROOT, 'tests', `${ENGLISH}.${index + 1}.ts`), code));

    expect(problemsOf(files)).toEqual([]);
  }, 30_000);

  it('have the same code but for comments', () => {
    expect(blocksOf(ENGLISH).length).toBeGreaterThan(0);
    expect(runnableOf(CHINESE).map(tokensOf)).toEqual(runnableOf(ENGLISH).map(tokensOf));
    expect(blocksOf(CHINESE).map(tokensOf)).toEqual(blocksOf(ENGLISH).map(tokensOf));
  });

  it('have the same tables, as far as they are not words', () => {
    const firstCellsOf = (name: string) =>
      allOf(name, /^\| ([^|]*?) *\|/gm).map((cell) => /^[\w`, -]+$/.exec(cell)?.[0]);
    expect(firstCellsOf(CHINESE)).toHaveLength(firstCellsOf(ENGLISH).length);
    expect(allOf(CHINESE, /^\| (`.*?`) \|/gm)).toEqual(allOf(ENGLISH, /^\| (`.*?`) \|/gm));
  });

  describe.each(READMES)('%s', (name) => {
    it('has each rule once in its table, and no other', () => {
      expect(allOf(name, /^\| ([A-Z]+-\d+) +\|/gm).sort()).toEqual([...RULES].sort());
    });

    it('mentions no rule that there is not', () => {
      const mentioned = allOf(name, /\b((?:DOM|LAN|UDP|TCP|TIME|LIM|BG|ENC|CB)-\d+)\b/g);
      expect(mentioned.filter((id) => !RULES.includes(id))).toEqual([]);
    });

    it('links to files that exist', () => {
      const targets = allOf(name, /\]\((?!https:)([^)#]+)/g);
      expect(targets.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
    });

    it('names every code of an error', () => {
      const doc = textOf('src/platform/network-error.ts');
      const codes = [...doc.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => `\`${code}\``);
      expect(codes.length).toBeGreaterThan(10);
      expect(codes.filter((code) => !textOf(name).includes(code))).toEqual([]);
    });
  });
});

describe.each(READMES)('the code of %s', (name) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  const exampleWith = (words: string) => {
    const code = runnableOf(name).find((candidate) => candidate.includes(words));
    if (code === undefined) throw new Error(`${name}: no block marked \`ts run\` contains ${words}`);
    return code;
  };

  it('in the app: shows what came', async () => {
    const { close } = phone({ body: '[{"id":1,"title":"tea"}]' });
    const page = await new Promise<PageOptions>((shown) => {
      const Page = (options: PageOptions) => {
        options.setData = (data) => shown(Object.assign(options, { data }));
        options.onLoad();
      };
      run(exampleWith('Page({'), { Page });
    });
    await close();

    expect(page.data).toEqual({ items: [{ id: 1, title: 'tea' }] });
  });

  it('in the app: lets go when the page is left', async () => {
    const { events$, close } = phone(NEVER);
    const seen: string[] = [];
    events$.subscribe(({ type }) => seen.push(type));

    const Page = (options: PageOptions) => {
      options.onLoad();
      options.onUnload();
    };
    run(exampleWith('Page({'), { Page });
    await close();

    expect(seen).toEqual(['called', 'started', 'aborted', 'settled']);
  });

  it('on the desk: prints what its comments say', async () => {
    const code = exampleWith('lookup:');
    const printed = await new Promise<string[]>((closed) => {
      const lines: string[] = [];
      const createSimulator = (options: object) => {
        const simulator = simulatorEntry.createSimulator(options);
        return { ...simulator, close: () => simulator.close().then(() => closed(lines)) };
      };
      const console = { log: (...words: unknown[]) => lines.push(words.join(' ')) };
      run(code, { console }, { 'rx-miniprogram/simulator': { createSimulator } });
    });

    const promised = [...code.matchAll(/^\/\/ (.*?)(?: …)?$/gm)].map(([, line = '']) => line);
    expect(promised).toHaveLength(2);
    expect(printed.map((line, index) => line.slice(0, promised[index]?.length))).toEqual(promised);
  });

  it('by hand: answers', async () => {
    const { close } = phone({ body: '["first"]' });
    const { feed$ } = run(exampleWith('export const feed$')) as { readonly feed$: Observable<unknown> };
    const answer = await firstValueFrom(feed$);
    await close();

    expect(answer).toMatchObject({ status: 200, body: ['first'] });
  });

  it('in virtual time: passes, and fails for a wrong expectation', () => {
    const code = exampleWith('new TestScheduler');
    run(code);
    expect(() => run(code.replace("'18s (r|)'", "'17s (r|)'"))).toThrow();
  });
});

/** What the example gives to `Page`; the page itself, as far as we are concerned. */
interface PageOptions {
  data: unknown;
  setData(data: unknown): void;
  onLoad(): void;
  onUnload(): void;
}

/** A phone whose every request gets the same answer; its `wx` is the global one. */
function phone(answer: script.ScriptedAnswer): simulatorEntry.Simulator {
  const simulator = simulatorEntry.createSimulator({
    domains: { request: ['https://api.example.com'] },
    wire: (request) => script.scriptWire({ [`${request.method} ${request.url}`]: answer })(request),
  });
  Object.assign(globalThis, { wx: { ...simulator.wx, getStorageSync: () => 'secret' } });
  return simulator;
}

/** Runs a block as a CommonJS module with some more globals; returns its exports. */
function run(
  code: string,
  globals: { readonly [name: string]: unknown } = {},
  modules: { readonly [id: string]: unknown } = {},
): unknown {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const known: { readonly [id: string]: unknown } = {
    'rx-miniprogram': library,
    'rx-miniprogram/simulator': simulatorEntry,
    '../src/simulator/wires/script.js': script,
    ...modules,
  };
  const exported = {};
  // Jest's, so that the example's rxjs is the one that src has.
  const load = (id: string) => known[id] ?? jest.requireActual<object>(id);
  const names = Object.keys(globals);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a README's code is what this test runs
  const example = new Function('require', 'exports', ...names, outputText) as (...values: unknown[]) => void;
  example(load, exported, ...names.map((name) => globals[name]));
  return exported;
}

/** The words of a program, without comments and layout. */
function tokensOf(code: string): string[] {
  const tokens: string[] = [];
  const visit = (node: ts.Node) => {
    const children = node.getChildren(source);
    if (children.length === 0 && node.getText(source) !== '') tokens.push(node.getText(source));
    children.forEach(visit);
  };
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022);
  visit(source);
  return tokens;
}

/** What the compiler has to say about some files that exist only here. */
function problemsOf(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: ['node', 'miniprogram-api-typings'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    paths: {
      'rx-miniprogram': [join(ROOT, 'src/index.ts')],
      'rx-miniprogram/simulator': [join(ROOT, 'src/simulator/create-simulator.ts')],
    },
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getCurrentDirectory = () => ROOT;

  const program = ts.createProgram([...files.keys()], options, host);
  // Errors of src are the type check's affair.
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, messageText }) => {
        const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
        return `${path.slice(ROOT.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      },
    );
  });
}
