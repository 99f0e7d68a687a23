import type { Node } from '@babel/types';

/** A node that is a function. */
export type FunctionNode = Extract<Node, { readonly params: unknown; readonly body: unknown }>;

/** Whether it is one. */
export function isFunction(node: Node): node is FunctionNode {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return true;
    default:
      return false;
  }
}
