import type { Node } from '@babel/types';
import type { FunctionNode } from './function-node.js';
import type { Scope, Spot } from './module-facts.js';
import { keyOf } from './patterns.js';

/** What surrounds a node. Its siblings share it: another is made only where something changes. */
export interface WalkContext {
  readonly scope: Scope;
  readonly development: boolean;
  /** The key, attribute or variable that it is the value of. */
  readonly hint: string;
  readonly function: FunctionNode | undefined;
  /** What `this` will be, if it is a function. */
  readonly holder: Spot | undefined;
}

/** What surrounds the children of a node that changes no scope. */
export function ofChildren(node: Node, context: WalkContext): WalkContext {
  switch (node.type) {
    case 'ObjectProperty':
    case 'ClassProperty':
      // A function is the value of the property that was left, and of nothing within it.
      return { ...context, hint: keyOf(node.key, false) ?? context.hint };
    case 'ClassBody':
      return context;
    case 'VariableDeclarator':
      return { ...context, hint: node.id.type === 'Identifier' ? node.id.name : context.hint, holder: undefined };
    case 'JSXAttribute':
      return {
        ...context,
        hint: node.name.type === 'JSXIdentifier' ? node.name.name : context.hint,
        holder: undefined,
      };
    default:
      return withoutHolder(context);
  }
}

/** The same, where `this` is told by nothing nearby. */
export function withoutHolder(context: WalkContext): WalkContext {
  return context.holder === undefined ? context : { ...context, holder: undefined };
}
