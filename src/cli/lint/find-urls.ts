import { parse, type ParserPlugin } from '@babel/parser';
import type { Node } from '@babel/types';
import type { DomainApi } from '../../platform/domain-lists.js';
import { urlArgumentOf } from './calls.js';
import { urlIn, type FoundUrl } from './found-url.js';
import { isTextual, staticText } from './static-text.js';

/** Bigger ones are bundles: they are searched as text, in a fraction of the time. */
const MOST_PARSED_CHARACTERS = 1_500_000;

/** What a file holds, and how well it was read. */
export interface FoundUrls {
  readonly urls: readonly FoundUrl[];
  /** `'text'`: it was not parsed, so that nothing is known of calls, comments and constants. */
  readonly readAs: 'syntax' | 'text';
}

const ESCAPED = /(?:https?|wss?):(?:\/\/|\\\/|\\u002f|\\x2f)/i;

/** Finds the URLs in the string and template literals of JavaScript and TypeScript. */
export function findUrls(source: string, file: string): FoundUrls {
  // Most files of an app name no server, and need no parser.
  if (!ESCAPED.test(source)) return { urls: [], readAs: 'syntax' };
  if (source.length > MOST_PARSED_CHARACTERS) return { urls: urlsInText(source), readAs: 'text' };
  try {
    return { urls: urlsInTree(parsed(source, file), marksIn(source)), readAs: 'syntax' };
  } catch {
    // Not only SyntaxError: the parser recurses, and generated code can be deeper than the stack.
    return { urls: urlsInText(source), readAs: 'text' };
  }
}

function parsed(source: string, file: string): Node {
  const ofFile: ParserPlugin[] = /\.[cm]?tsx?$/i.test(file)
    ? ['typescript', 'decorators', ...(/x$/i.test(file) ? ['jsx' as const] : [])]
    : ['jsx', 'decorators'];
  const options = {
    // Not 'unambiguous', which costs a fifth: what only a script may do is an error that is recovered from.
    sourceType: 'module',
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    attachComment: false,
  } as const;
  try {
    return parse(source, { ...options, plugins: ofFile });
  } catch (error) {
    // `.js` and `<script>` that hold types after all.
    if (ofFile.includes('typescript')) throw error;
    return parse(source, { ...options, sourceType: 'script', plugins: ['typescript', 'jsx', 'decorators'] });
  }
}

const MARK = /(?:https?|wss?):(?:\/\/|\\)|request|uploadFile|downloadFile|connectSocket|\w\$/gi;

/**
 * Tells whether a piece of the source can hold a URL, or a call that is given one. Most of a tree cannot, and need not be
 * walked.
 */
function marksIn(source: string): (node: Node) => boolean {
  const marks = Array.from(source.matchAll(MARK), ({ index }) => index);
  return ({ start, end }) => {
    if (start == null || end == null) return true;
    let low = 0;
    let high = marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((marks[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return (marks[low] ?? Infinity) < end;
  };
}

/** In a loop over a stack of its own, for the same reason as above. */
function urlsInTree(root: Node, isMarked: (node: Node) => boolean): FoundUrl[] {
  const constants = new Map<string, string>();
  const initOf = new Map<string, Node>();
  const apiOf = new Map<Node, DomainApi>();
  const texts: Node[] = [];
  const waiting: Node[] = [root];

  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const argument = urlArgumentOf(node);
    if (argument) {
      apiOf.set(argument.url, argument.api);
      // A bare constant is a text too, where a call is given it.
      if (argument.url.type === 'Identifier') texts.push(argument.url);
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init && isTextual(node.init)) {
      const { text, complete } = staticText(node.init, constants);
      // Twice the same name, in two scopes: nobody knows here which is meant.
      if (complete && !constants.has(node.id.name)) {
        constants.set(node.id.name, text);
        initOf.set(node.id.name, node.init);
      } else {
        constants.delete(node.id.name);
      }
    }
    if (isTextual(node)) {
      texts.push(node);
      waiting.push(...staticText(node, new Map()).rest);
    } else if (!isElsewhere(node) && (isMarked(node) || node.type === 'VariableDeclaration')) {
      pushChildren(node, waiting);
    }
  }

  const found: (FoundUrl & { readonly node: Node; readonly constants: readonly string[] })[] = [];
  for (const node of texts) {
    const { text, complete, constants: used } = staticText(node, constants);
    const url = urlIn(text, complete);
    if (url !== undefined) found.push({ url, api: apiOf.get(node), offset: node.start ?? 0, node, constants: used });
  }
  return found.filter(isToldOnce(found, initOf)).sort((a, b) => a.offset - b.offset);
}

/**
 * What a constant says is told where a call is given it, if that is seen: there its list is known. Else where the
 * constant is made, and not again where others are made of it.
 */
function isToldOnce(
  found: readonly { readonly api: DomainApi | undefined; readonly node: Node; readonly constants: readonly string[] }[],
  initOf: ReadonlyMap<string, Node>,
) {
  const told = new Set<Node>();
  const tell = (names: readonly string[]) => {
    for (const name of names) {
      const init = initOf.get(name);
      if (init && !told.has(init)) {
        told.add(init);
        tell(found.find(({ node }) => node === init)?.constants ?? []);
      }
    }
  };
  for (const { api, constants } of found) if (api !== undefined) tell(constants);
  return ({ api, node, constants }: (typeof found)[number]) =>
    api !== undefined || !(constants.length > 0 || told.has(node));
}

/** Texts that are no values: names of modules, types. */
function isElsewhere({ type }: Node): boolean {
  return type === 'ImportDeclaration' || type === 'TSLiteralType' || type === 'ExportAllDeclaration';
}

const SKIPPED = new Set(['loc', 'extra', 'errors', 'comments', 'tokens']);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The last first, so that they are met in the order of the source: constants before their use. */
function pushChildren(node: Node, waiting: Node[]): void {
  const found: Node[] = [];
  // `for in`, for speed: a file has a hundred thousand of them.
  for (const key in node) {
    const value = node[key as keyof Node] as unknown;
    if (typeof value !== 'object' || value === null || SKIPPED.has(key)) continue;
    // A key of an object is no address to call.
    if (key === 'key' && node.type === 'ObjectProperty' && !node.computed) continue;
    if (Array.isArray(value)) {
      for (const child of value as unknown[]) if (isNode(child)) found.push(child);
    } else if (isNode(value)) {
      found.push(value);
    }
  }
  for (let child = found.pop(); child; child = found.pop()) waiting.push(child);
}

const IN_QUOTES = /(["'`])((?:https?|wss?):(?:\/\/|\\\/\\\/)[^"'`\s\\$<>]{1,2000})/gi;

function urlsInText(source: string): FoundUrl[] {
  const urls: FoundUrl[] = [];
  for (const match of source.matchAll(IN_QUOTES)) {
    const [whole, quote, text = ''] = match;
    const complete = source[match.index + whole.length] === quote;
    const url = urlIn(text.replace(/\\\//g, '/'), complete);
    if (url !== undefined) urls.push({ url, api: undefined, offset: match.index });
  }
  return urls;
}
