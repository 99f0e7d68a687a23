import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './cache.js';

/** The names of an entry, in the order of the alphabet. */
export interface EntryNames {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** The public names of the package, as its declaration files have them. */
export interface PublicNames {
  readonly of: (entry: string) => EntryNames;
  /** Names that mean one thing at one entry and another at the next. */
  readonly ambiguous: () => readonly string[];
  /**
   * Our own types that a public declaration names, and that no entry exports.
   *
   * @param but - Declarations that are not looked at.
   */
  readonly unreachable: (but: ReadonlySet<string>) => readonly string[];
}

const TYPES = '/declarations';

/**
 * Reads them from the sources, by way of declarations in memory: nothing has to be built.
 *
 * @param doors - Which file under src each entry is.
 */
export function publicNames(doors: ReadonlyMap<string, string>): PublicNames {
  const files = declarationsOf([...doors.values()].map((door) => join(ROOT, 'src', door)));
  const declared = (door: string) => `${TYPES}/${door.replace(/\.ts$/, '.d.ts')}`;
  const program = ts.createProgram([...doors.values()].map(declared), { noLib: true, types: [] }, hostOf(files));
  const checker = program.getTypeChecker();

  const exportsOf = (entry: string) => {
    const file = program.getSourceFile(declared(doors.get(entry) ?? ''));
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${entry}: no such entry, or it exports nothing`);
    return checker.getExportsOfModule(module);
  };
  const target = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

  const symbolAt = (name: ts.Node) => {
    const found = checker.getSymbolAtLocation(name);
    return found && target(found);
  };

  return {
    of(entry) {
      const isValue = (symbol: ts.Symbol) => (target(symbol).flags & ts.SymbolFlags.Value) !== 0;
      const names = (symbols: readonly ts.Symbol[]) => symbols.map(({ name }) => name).sort();
      const all = exportsOf(entry);
      return { values: names(all.filter(isValue)), types: names(all.filter((symbol) => !isValue(symbol))) };
    },

    ambiguous() {
      const meant = new Map<string, ts.Symbol>();
      return [...doors.keys()].flatMap(exportsOf).flatMap((symbol) => {
        const first = meant.get(symbol.name) ?? target(symbol);
        meant.set(symbol.name, first);
        return first === target(symbol) ? [] : [symbol.name];
      });
    },

    unreachable(but) {
      const all = new Set([...doors.keys()].flatMap(exportsOf).map(target));
      const missing = new Set<string>();
      for (const symbol of all) {
        if (but.has(symbol.name)) continue;
        for (const name of namesIn(symbol, symbolAt)) {
          const named = symbolAt(name);
          if (named && isOurs(named) && !all.has(named)) missing.add(`${named.name}, named by ${symbol.name}`);
        }
      }
      return [...missing].sort();
    },
  };
}

function declarationsOf(roots: readonly string[]): ReadonlyMap<string, string> {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.node.json'), ts.sys.readFile).config as object;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const files = new Map<string, string>();
  ts.createProgram(roots, {
    ...options,
    noEmit: false,
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: join(ROOT, 'src'),
    outDir: TYPES,
  }).emit(undefined, (path, text) => files.set(path, text));
  return files;
}

/** The declarations alone: neither RxJS nor a library of the language, of which no name is ours. */
function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost({});
  return {
    ...host,
    fileExists: (path) => files.has(path),
    readFile: (path) => files.get(path),
    directoryExists: (path) => path === TYPES || path.startsWith(`${TYPES}/`),
    getSourceFile(path, version) {
      const text = files.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
    },
  };
}

/**
 * Each name by which a declaration speaks of a type. What an interface extends needs no name to be used: its members are
 * looked through as if they stood in the interface itself. Nor does the table of which a union of words is made.
 */
function namesIn(symbol: ts.Symbol, symbolAt: (name: ts.Node) => ts.Symbol | undefined): ts.Node[] {
  const names: ts.Node[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.push(node.typeName);
    if (ts.isImportTypeNode(node) && node.qualifier) names.push(node.qualifier);
    if (ts.isExpressionWithTypeArguments(node)) {
      const base = symbolAt(node.expression);
      if (base && isOurs(base)) names.push(...namesIn(base, symbolAt));
    }
    node.forEachChild(look);
  };
  symbol.declarations?.forEach(look);
  return names;
}

/** Declared at the top of one of our files: no type parameter, no parameter, no member. */
function isOurs({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((declaration) => {
    const parent = ts.isVariableDeclaration(declaration) ? declaration.parent.parent.parent : declaration.parent;
    return ts.isSourceFile(parent) && parent.fileName.startsWith(TYPES);
  });
}
