import type { Node } from '@babel/types';
import type { ModuleFacts } from './module-facts.js';

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
  | { readonly kind: 'parameter'; readonly function: Node; readonly index: number }
  | { readonly kind: 'import'; readonly source: string; readonly name: string }
);

/** A name in a scope. */
export interface Binding {
  readonly definitions: Definition[];
  /** `name.member = value`, by member. */
  readonly writes: Map<string, Write[]>;
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
  readonly bindings: Map<string, Binding>;
  /** Whether `var` stops here. */
  readonly isFunction: boolean;
  /** What `this` is: the class or the object literal around it. */
  readonly holder: Spot | undefined;
}

/** The name as it is seen from a scope. */
export function bindingOf(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const binding = at.bindings.get(name);
    if (binding) return binding;
  }
  return undefined;
}

/** Adds a definition to a name of this scope. */
export function define(scope: Scope, name: string, definition: Definition): void {
  bindingIn(scope, name).definitions.push(definition);
}

/** The name in this scope, made if it is not there. */
export function bindingIn(scope: Scope, name: string): Binding {
  let binding = scope.bindings.get(name);
  if (!binding) scope.bindings.set(name, (binding = { definitions: [], writes: new Map() }));
  return binding;
}

/** The scope in which `var` lands. */
export function functionScope(scope: Scope): Scope {
  let at = scope;
  while (!at.isFunction && at.outer) at = at.outer;
  return at;
}
