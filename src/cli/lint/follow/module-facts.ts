// The types of what is gathered refer to each other, and so stand in one file; what is done with them does not.
import type { CallExpression, NewExpression, Node, OptionalCallExpression } from '@babel/types';

/** A file of the app. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder in which the command runs. */
  readonly file: string;
  /** The script, each character where it stands in the file. */
  readonly script: string;
  /** Somebody else's: bundled, minified, vendored. */
  readonly thirdParty: boolean;
}

/** What a file says, gathered in one walk: names, calls, members, exports. Nothing is worked out yet. */
export interface ModuleFacts {
  readonly source: SourceFile;
  readonly root: Node;
  readonly scope: Scope;
  /** Whether `arguments` is written anywhere in it. */
  readonly usesArguments: boolean;
  readonly calls: CallSite[];
  readonly mentions: Mention[];
  /** The values under each key of object literals and classes; none under a key that tells nothing. */
  readonly properties: Map<string, Spot[]>;
  /** Assignments to members, by the member's name. */
  readonly writes: Map<string, Write[]>;
  readonly returns: Map<Node, Spot[]>;
  /** The inner scope of classes and of their constructors. */
  readonly scopes: Map<Node, Scope>;
  readonly exports: Map<string, Definition[]>;
  /** `export * from` these. */
  readonly stars: string[];
  /** What is assigned to `module.exports`. */
  readonly commonjs: Spot[];
  /** Classes that extend another. */
  readonly derived: Spot[];
}

/** A call, and where it stands. */
export interface CallSite {
  readonly node: CallExpression | OptionalCallExpression | NewExpression;
  readonly scope: Scope;
}

/** A text that names a server, and the key, attribute or variable that it stands at. */
export interface Mention {
  readonly node: Node;
  readonly scope: Scope;
  readonly hint: string;
}

/** A piece of syntax, the names that it sees, and the arguments that those names have this time. */
export interface Spot {
  readonly node: Node;
  readonly scope: Scope;
  readonly frame?: Frame | undefined;
}

/** A call that is being looked into: what the parameters of a function are, this time. */
export interface Frame {
  readonly function: Node;
  readonly arguments: readonly Spot[];
  /** The class of what the function was called on. */
  readonly self: Spot | undefined;
  /** Of the function itself: what it closes over. */
  readonly outer: Frame | undefined;
  readonly depth: number;
}

/** The way from a value to what a pattern takes of it: `const { a: [, b] } = value` is `['a', '1']`. */
export type PatternPath = readonly string[];

/** Where a name gets its value. There may be several, and any of them may be the one. */
export type Definition = {
  readonly path: PatternPath;
  readonly fallback?: Spot | undefined;
  /** Made only under a condition such as `isDev`. */
  readonly development?: boolean | undefined;
} & (
  | { readonly kind: 'value' | 'element'; readonly spot: Spot }
  | {
      readonly kind: 'parameter';
      readonly function: Node;
      readonly index: number;
      /** `...rest`: all arguments from there on. */
      readonly isRest: boolean;
    }
  | { readonly kind: 'import'; readonly source: string; readonly name: string }
);

/** A name in a scope. */
export interface Binding {
  readonly definitions: Definition[];
  /** `name.member = value`, by member; made with the first of them. */
  writes: Map<string, Write[]> | undefined;
}

/** An assignment to a member. */
export interface Write {
  readonly object: Spot;
  readonly value: Spot;
  readonly development: boolean;
}

/** The names of a function, a block or a module. */
export interface Scope {
  readonly module: ModuleFacts;
  readonly outer: Scope | undefined;
  /** Made with the first name: most blocks have none. */
  bindings: Map<string, Binding> | undefined;
  /** Whether `var` stops here. */
  readonly isFunction: boolean;
  /** What `this` is: the class or the object literal around it. */
  readonly holder: Spot | undefined;
}

/** Makes the facts of a module of which nothing is known yet. */
export function emptyFacts(source: SourceFile, root: Node): ModuleFacts {
  const facts = {
    source,
    root,
    scope: undefined as unknown as Scope,
    usesArguments: source.script.includes('arguments'),
    calls: [],
    mentions: [],
    properties: new Map(),
    writes: new Map(),
    returns: new Map(),
    scopes: new Map(),
    exports: new Map(),
    stars: [],
    commonjs: [],
    derived: [],
  } satisfies ModuleFacts as { -readonly [Key in keyof ModuleFacts]: ModuleFacts[Key] };
  facts.scope = { module: facts, outer: undefined, bindings: undefined, isFunction: true, holder: undefined };
  return facts;
}

/** Adds to a list in a map. */
export function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
