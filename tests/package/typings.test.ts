import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, tool } from './support/cache.js';
import { installed } from './support/installed.js';
import { entries, packed, withProject } from './support/packed.js';

/** A program of the consumer, as the options of tsconfig.json have it. */
interface Program {
  readonly files: readonly string[];
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

type Programs = Readonly<Record<string, Program>>;

const OPTIONS = { target: 'es2018', lib: ['es2018'], strict: true, exactOptionalPropertyTypes: true, noEmit: true };
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };
const NODE16 = { module: 'node16', moduleResolution: 'node16' };
/** What a native mini program usually says: node10 up to TypeScript 5. */
const COMMONJS = { module: 'commonjs' };

const APP = ['app.ts', 'timer.d.ts'];
const OFFICIAL_APP = ['app.ts', 'official.ts'];
const VENDORED_APP = [...OFFICIAL_APP, 'typings/index.d.ts'];
const NO_TYPINGS = { types: [] };
/** From npm. */
const OFFICIAL = { types: ['miniprogram-api-typings'] };
/** As the templates of the developer tools have them. */
const VENDORED = { types: [], typeRoots: ['./typings'] };

const program = (files: readonly string[], ...options: readonly object[]): Program => ({
  files,
  compilerOptions: Object.assign({}, OPTIONS, ...options) as Program['compilerOptions'],
});

/** rxjs asks for a timer, which all typings have, the official ones among them. */
const TIMER = 'declare function setTimeout(callback: () => void, ms?: number): number;\n';

/** What every compiler is asked. */
const BASIC: Programs = {
  bundler: program(APP, BUNDLER, NO_TYPINGS, { skipLibCheck: false }),
  'node16, both formats': program(['app.mts', 'app.cts', 'timer.d.ts'], NODE16, NO_TYPINGS, { skipLibCheck: false }),
  commonjs: program(APP, COMMONJS, NO_TYPINGS, { skipLibCheck: false }),
  'official typings, libraries unchecked': program(OFFICIAL_APP, COMMONJS, OFFICIAL, { skipLibCheck: true }),
};
/** What takes the others too long. */
const ALL: Programs = {
  ...BASIC,
  'bundler, libraries unchecked': program(APP, BUNDLER, NO_TYPINGS, { skipLibCheck: true }),
  'commonjs, libraries unchecked': program(APP, COMMONJS, NO_TYPINGS, { skipLibCheck: true }),
  'official typings': program(OFFICIAL_APP, COMMONJS, OFFICIAL, { skipLibCheck: false }),
  'official typings, bundler': program(OFFICIAL_APP, BUNDLER, OFFICIAL, { skipLibCheck: false }),
  'official typings, node16': program(['app.mts', 'official.mts'], NODE16, OFFICIAL, { skipLibCheck: false }),
  'vendored typings': program(VENDORED_APP, COMMONJS, VENDORED, { skipLibCheck: false }),
  'vendored typings, libraries unchecked': program(VENDORED_APP, BUNDLER, VENDORED, { skipLibCheck: true }),
};

/** Not in our devDependencies: two compilers are enough for everybody. */
const older = installed('typescripts', {
  'typescript-5.4': 'npm:typescript@5.4.5',
  'typescript-5.9': 'npm:typescript@5.9.3',
});

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(300_000);

describe('an app that installs the packed package', () => {
  beforeAll(() => void packed());

  it('compiles with TypeScript 6 in the usual settings', () => {
    expect(compiledBy(join(ROOT, 'node_modules', 'typescript'))).toEqual(['6.0', nothingToSayOf(BASIC)]);
  });

  it('compiles with TypeScript 7 in each setting', () => {
    const said = withApp((folder) =>
      Object.entries(ALL).map(([name, { files, compilerOptions }]) => {
        const config = join(folder, 'tsconfig.json');
        writeFileSync(config, JSON.stringify({ files, compilerOptions }));
        try {
          return [name, tool('tsc', ['-p', config], folder).split('\n').filter(Boolean)] as const;
        } catch (error) {
          return [name, [String(error)]] as const;
        }
      }),
    );
    expect(Object.fromEntries(said)).toEqual(nothingToSayOf(ALL));
  });

  (older === undefined ? it.skip : it).each(['5.4', '5.9'])(
    'compiles with TypeScript %s in the usual settings',
    (version) => {
      expect(compiledBy(join(older!, 'node_modules', `typescript-${version}`))).toEqual([
        version,
        nothingToSayOf(BASIC),
      ]);
    },
  );

  it('is the example mini program too, with its types in comments', () => {
    const files = [
      'app.js',
      'pages/list/list.js',
      'pages/search/search.js',
      'components/network-panel/network-panel.js',
    ];
    const checked = { ...COMMONJS, ...OFFICIAL, allowJs: true, checkJs: true, skipLibCheck: false };
    const said = withApp((folder) => {
      cpSync(join(ROOT, 'examples', 'miniprogram'), folder, { recursive: true });
      return compile(join(ROOT, 'node_modules', 'typescript'), folder, [program(files, checked)]).said;
    });
    expect(said).toEqual([[]]);
  });
});

function compiledBy(typescript: string): [version: string, said: Readonly<Record<string, readonly string[]>>] {
  return withApp((folder) => {
    const { version, said } = compile(typescript, folder, Object.values(BASIC));
    return [
      /^\d+\.\d+/.exec(version)?.[0] ?? '',
      Object.fromEntries(Object.keys(BASIC).map((name, index) => [name, said[index] ?? []])),
    ];
  });
}

function nothingToSayOf(programs: Programs): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
}

function compile(
  typescript: string,
  folder: string,
  programs: readonly Program[],
): { version: string; said: string[][] } {
  const script = join(__dirname, 'support', 'compile.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, typescript], {
    input: JSON.stringify({ folder, programs }),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${typescript}: exit code ${status}\n${stderr}`);
  return JSON.parse(stdout) as { version: string; said: string[][] };
}

function withApp<T>(use: (folder: string) => T): T {
  return withProject((folder) => {
    const official = join(ROOT, 'node_modules', 'miniprogram-api-typings');
    symlinkSync(official, join(folder, 'node_modules', 'miniprogram-api-typings'), 'junction');
    mkdirSync(join(folder, 'typings'));
    cpSync(join(official, 'types'), join(folder, 'typings', 'types'), { recursive: true });
    writeFileSync(join(folder, 'typings', 'index.d.ts'), '/// <reference path="./types/index.d.ts" />\n');

    writeFileSync(join(folder, 'timer.d.ts'), TIMER);
    const app = `${readFileSync(join(__dirname, 'consumer', 'app.ts'), 'utf8')}\n${noExportIsAny()}`;
    for (const extension of ['ts', 'mts', 'cts']) {
      writeFileSync(join(folder, `app.${extension}`), app);
      cpSync(join(__dirname, 'consumer', 'official.ts'), join(folder, `official.${extension}`));
    }
    return use(folder);
  });
}

/** A check of what each entry exports: names of those that are `any` are an error. */
function noExportIsAny(): string {
  const checks = entries().map(
    ({ specifier }, index) =>
      `import * as entry${index} from '${specifier}';\n` +
      `type Any${index} = { [Name in keyof typeof entry${index}]: IsAny<(typeof entry${index})[Name]> extends true ? Name : never };\n` +
      `export const any${index}: Any${index}[keyof Any${index}][] & never[] = [];\n` +
      `export const some${index}: keyof typeof entry${index} extends never ? never : true = true;`,
  );
  return checks.join('\n');
}
