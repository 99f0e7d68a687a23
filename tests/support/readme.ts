import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const ROOT = join(__dirname, '..', '..');
/** Where the blocks would lie, were they files. */
const FOLDER = join(ROOT, 'tests', 'readme-blocks');

/** What a reader of one language has. */
export type Pages = readonly string[];
export const ENGLISH: Pages = [
  'README.md',
  ...[
    'calls',
    'costs',
    'inspect',
    'phones',
    'queries',
    'recipes',
    'resilience',
    'rules',
    'simulator',
    'simulator-life',
    'sockets',
    'testing',
  ].map((name) => `guide/${name}.md`),
];
export const CHINESE: Pages = ENGLISH.map((page) => page.replace('.md', '.zh-CN.md'));

/** A block marked `ts` or `ts run`; its first line says which file it is. */
export interface Block {
  readonly file: string;
  readonly code: string;
  readonly runnable: boolean;
}

/** What a block knows beside its imports. */
export interface Surroundings {
  readonly globals?: Readonly<Record<string, unknown>>;
  /** In place of the modules of the same name. */
  readonly modules?: Readonly<Record<string, unknown>>;
}

/** The text of a file of this repository. */
export function textOf(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** The sources of the entries, by the name that an app imports: `rx-miniprogram/streams`. */
export const ENTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(
    (JSON.parse(textOf('package.json')) as { exports: Record<string, string | { import: { default: string } }> })
      .exports,
  ).flatMap(([subpath, target]) =>
    typeof target === 'string'
      ? []
      : [
          [
            `rx-miniprogram${subpath.slice(1)}`,
            target.import.default.replace(/^\.\/dist\/esm\/(.+)\.js$/, 'src/$1.ts'),
          ],
        ],
  ),
);

/** What an app gets that imports it: one of our entries, or a package. Jest's, so that the example's rxjs is the one that src has. */
export function moduleOf(id: string): object {
  return jest.requireActual(ENTRIES[id] === undefined ? id : join(ROOT, ENTRIES[id]));
}

/** All blocks of some pages, in their order. */
export function blocksOf(pages: Pages): Block[] {
  return pages
    .flatMap((page) => [...textOf(page).matchAll(/^```ts( run)?\n([^]*?)^```$/gm)])
    .map(([, run, code = '']) => ({
      file: /^\/\/ (\S+)\.ts\n/.exec(code)?.[1] ?? '',
      code,
      runnable: run !== undefined,
    }));
}

/** The lines of the blocks of some other language than TypeScript. */
export function linesOf(pages: Pages, language: string): string[] {
  return pages
    .flatMap((page) => [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))])
    .flatMap(([, block = '']) => block.trimEnd().split('\n'));
}

/**
 * Loads blocks of some pages as an app would load its modules: each once, `./network` being the block that calls itself so.
 *
 * @returns what a block exports
 */
export function loaderOf(
  pages: Pages,
  { globals = {}, modules = {} }: Surroundings = {},
): <Exports extends object>(file: string) => Exports {
  const loaded = new Map<string, object>();
  const load = (file: string): object => {
    const present = loaded.get(file);
    if (present) return present;
    const block = blocksOf(pages).find((candidate) => candidate.file === file && candidate.runnable);
    if (!block) throw new Error(`${pages[0]}: no block marked \`ts run\` begins with // ${file}.ts`);
    const exported = run(block.code, globals, (id) => {
      if (id.startsWith('./')) return load(id.slice(2));
      return modules[id] ?? moduleOf(id);
    });
    loaded.set(file, exported);
    return exported;
  };
  return <Exports extends object>(file: string) => load(file) as Exports;
}

/** Runs a program as a CommonJS module with some more globals; returns its exports. */
export function run(code: string, globals: Readonly<Record<string, unknown>>, load: (id: string) => unknown): object {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported = {};
  const names = Object.keys(globals);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a README's code is what this runs
  const program = new Function('require', 'exports', ...names, outputText) as (...values: unknown[]) => void;
  program(load, exported, ...names.map((name) => globals[name]));
  return exported;
}

/** The words of a program, without comments and layout. */
export function tokensOf(code: string): string[] {
  const tokens: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length === 0 && node.getText(source) !== '') tokens.push(node.getText(source));
    children.forEach(visit);
  };
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022);
  visit(source);
  return tokens;
}

/** As much of the frameworks as the blocks use: they are not installed here. */
const FRAMEWORKS = `
declare module '@tarojs/taro' {
  export function useUnload(callback: () => void): void;
}
declare module 'react' {
  export function useState<S>(initial: S | (() => S)): [S, (next: S) => void];
}
declare module '@dcloudio/uni-app' {
  export function onUnload(hook: () => unknown): false | Function | undefined;
}
`;

/** What the compiler has to say about some blocks, as files of one app. */
export function problemsOf(blocks: readonly Block[]): string[] {
  const files = new Map(blocks.map(({ file, code }) => [join(FOLDER, `${file}.ts`), code]));
  files.set(join(FOLDER, 'frameworks.d.ts'), FRAMEWORKS);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: ['node', 'jest', 'miniprogram-api-typings'],
    // As a bundler reads them: `import { http$ } from './network'`.
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: Object.fromEntries(Object.entries(ENTRIES).map(([id, file]) => [id, [join(ROOT, file)]])),
    resolveJsonModule: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.directoryExists = (path) => path === FOLDER || (directoryExists?.(path) ?? true);
  host.getCurrentDirectory = () => ROOT;

  const program = ts.createProgram([...files.keys()], options, host);
  // Errors of src are the type check's affair.
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, messageText }) => {
        const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
        return `${path.slice(FOLDER.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      },
    );
  });
}
