import type { CallExpression, NewExpression, Node, OptionalCallExpression } from '@babel/types';
import type { Definition, Scope, Spot, Write } from './scope.js';

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
  readonly calls: CallSite[];
  readonly mentions: Mention[];
  /** The values under each key of object literals and classes. */
  readonly properties: Map<string, Spot[]>;
  /** Assignments to members, by the member's name. */
  readonly writes: Map<string, Write[]>;
  readonly returns: Map<Node, Spot[]>;
  /** The inner scope of functions and classes. */
  readonly scopes: Map<Node, Scope>;
  readonly exports: Map<string, Definition[]>;
  /** `export * from` these. */
  readonly stars: string[];
  /** What is assigned to `module.exports`. */
  readonly commonjs: Spot[];
  /** Classes that extend another. */
  readonly derived: Spot[];
}

/** Adds to a list in a map. */
export function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
