import { dirname, join } from 'node:path/posix';
import {
  parse,
  type CallExpression,
  type ecmaVersion,
  type ExportAllDeclaration,
  type ExportNamedDeclaration,
  type ImportDeclaration,
  type ImportExpression,
  type MemberExpression,
  type NewExpression,
  type Node,
} from 'acorn';
import { full } from 'acorn-walk';
import ts from 'typescript';

/** What a file of JavaScript asks of the engine and of others, by what is written in it. */
export interface Code {
  /** What it imports or requires; `?` where that is no literal. */
  readonly imports: readonly string[];
  /** `eval`, `new Function`, timers with a text. */
  readonly evaluations: readonly string[];
  /** Library calls newer than ES2017. */
  readonly tooNew: readonly string[];
}

/** Members that came after ES2017. A method of our own by such a name would be reported too: call it otherwise. */
const NEWER: readonly string[] = [
  ...['flat', 'flatMap', 'matchAll', 'replaceAll', 'trimStart', 'trimEnd', 'at', 'findLast', 'findLastIndex', 'hasOwn'],
  ...['fromEntries', 'allSettled', 'withResolvers', 'groupBy', 'toSorted', 'toReversed', 'toSpliced', 'asyncIterator'],
  ...['isWellFormed', 'toWellFormed', 'description', 'getOrInsert', 'fromAsync', 'isError', 'escape', 'rawJSON'],
];
/** The like, but common words otherwise: reported on the global that owns it. */
const NEWER_ON: Readonly<Record<string, readonly string[]>> = { Promise: ['any', 'try', 'prototype'] };

const known = new Map<string, Code>();

/**
 * Reads a program and lists what it stands on; one that was read before is not read again, for some have 30 000 lines.
 *
 * @throws SyntaxError when it is newer than that version of the language.
 */
export function readCode(text: string, version: ecmaVersion, sourceType: 'script' | 'module'): Code {
  const key = `${version} ${sourceType} ${text}`;
  const code = known.get(key) ?? readAnew(text, version, sourceType);
  known.set(key, code);
  return code;
}

function readAnew(text: string, version: ecmaVersion, sourceType: 'script' | 'module'): Code {
  const program = parse(text, { ecmaVersion: version, sourceType, allowHashBang: true });
  const imports = new Set<string>();
  const evaluations: string[] = [];
  const tooNew = new Set<string>();

  full(program, (node) => {
    if (isImport(node) && node.source) imports.add(textOf(node.source));
    if (isCall(node)) {
      const name = node.callee.type === 'Identifier' ? node.callee.name : '';
      const [first] = node.arguments;
      if (name === 'require') imports.add(textOf(first));
      if (name === 'eval' || name === 'Function') evaluations.push(text.slice(node.start, node.end));
      if (/^set(Timeout|Interval)$/.test(name) && first?.type === 'Literal') evaluations.push(name);
    }
    if (isMember(node)) {
      const member = node.property.type === 'Identifier' && !node.computed ? node.property.name : '';
      const owner = node.object.type === 'Identifier' ? node.object.name : '';
      // What a module exports may be called as it likes.
      const exported = owner === 'exports' || owner.startsWith('require_');
      const isNewer = NEWER.includes(member) || (Object.hasOwn(NEWER_ON, owner) && NEWER_ON[owner]?.includes(member));
      if (isNewer && !exported) tooNew.add(`${owner || '…'}.${member}`);
    }
  });

  return { imports: [...imports].sort(), evaluations, tooNew: [...tooNew].sort() };
}

/**
 * The names in a script that no declaration in it explains: globals, `require` and the like among them. Those that it
 * asks for with `typeof` first are left out, for it runs without.
 */
export function freeNamesIn(text: string): string[] {
  const file = ts.createSourceFile('code.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const host: ts.CompilerHost = {
    getDefaultLibFileName: () => '',
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === 'code.js',
    readFile: () => undefined,
    getSourceFile: (name) => (name === 'code.js' ? file : undefined),
    writeFile: () => undefined,
  };
  const program = ts.createProgram(['code.js'], { allowJs: true, noLib: true, noResolve: true, types: [] }, host);
  const checker = program.getTypeChecker();
  const free = new Set<string>();
  const guarded = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isTypeOfExpression(node) && ts.isIdentifier(node.expression)) guarded.add(node.expression.text);
    if (ts.isIdentifier(node) && isReference(node) && node.text !== 'undefined') {
      const symbol = checker.getSymbolAtLocation(node);
      if (!symbol?.declarations?.length && node.text !== 'arguments') free.add(node.text);
    }
    node.forEachChild(visit);
  };
  visit(file);
  return [...free].filter((name) => !guarded.has(name)).sort();
}

/** Whether a name stands for a variable, and is not that of a member, a key or a label. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isMethodDeclaration(parent) || ts.isAccessor(parent) || ts.isPropertyDeclaration(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isMetaProperty(parent)) return false;
  if (ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent) || ts.isNamespaceExport(parent)) return false;
  return true;
}

type Import = ImportDeclaration | ExportAllDeclaration | ExportNamedDeclaration | ImportExpression;

function isImport(node: Node): node is Import {
  return /^(Import(Declaration|Expression)|Export(All|Named)Declaration)$/.test(node.type);
}

function isCall(node: Node): node is CallExpression | NewExpression {
  return node.type === 'CallExpression' || node.type === 'NewExpression';
}

function isMember(node: Node): node is MemberExpression {
  return node.type === 'MemberExpression';
}

function textOf(node: Node | null | undefined): string {
  const { value } = (node ?? {}) as { value?: unknown };
  return typeof value === 'string' ? value : '?';
}

/** Where a relative specifier leads, as a path in the package; CommonJS leaves the extension out at will. */
export function resolved(from: string, specifier: string, files: readonly string[]): string | undefined {
  const path = join(dirname(from), specifier);
  return [path, `${path}.js`, `${path}/index.js`].find((candidate) => files.includes(candidate));
}
