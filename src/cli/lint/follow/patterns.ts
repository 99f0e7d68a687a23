import type { Node } from '@babel/types';
import type { Definition, PatternPath, Scope, Spot } from './module-facts.js';
import { define } from './scope.js';

/** A definition of the whole, before a pattern takes it apart. */
export type Source = Definition & { readonly path: readonly [] };

/** Defines the names of a pattern: `{ a, b: [c = 1], ...rest }`. */
export function definePattern(pattern: Node, source: Source, scope: Scope, into: Scope): void {
  if (pattern.type === 'Identifier') {
    define(into, pattern.name, source);
    return;
  }
  const waiting: { readonly node: Node; readonly path: PatternPath; readonly fallback?: Spot }[] = [
    { node: pattern, path: [] },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, path, fallback } = next;
    switch (node.type) {
      case 'Identifier':
        define(into, node.name, { ...source, path, fallback });
        break;
      case 'AssignmentPattern':
        waiting.push({ node: node.left, path, fallback: { node: node.right, scope } });
        break;
      case 'ObjectPattern':
        for (const property of node.properties) {
          // What is left over is told from the whole by what it is asked for.
          if (property.type === 'RestElement') waiting.push({ node: property.argument, path });
          else waiting.push({ node: property.value, path: [...path, keyOf(property.key, property.computed) ?? '?'] });
        }
        break;
      case 'ArrayPattern':
        node.elements.forEach((element, index) => {
          if (element?.type === 'RestElement') waiting.push({ node: element.argument, path });
          else if (element) waiting.push({ node: element, path: [...path, String(index)] });
        });
        break;
      case 'RestElement':
        // `(...rest)`: all of them, as a list.
        if (source.kind === 'parameter') definePattern(node.argument, { ...source, isRest: true }, scope, into);
        else waiting.push({ node: node.argument, path });
        break;
      case 'TSParameterProperty':
        waiting.push({ node: node.parameter, path });
        break;
      default:
    }
  }
}

/** The key of a member or property as it is written, where it is. */
export function keyOf(key: Node, computed: boolean): string | undefined {
  if (key.type === 'StringLiteral') return key.value;
  if (key.type === 'NumericLiteral') return String(key.value);
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  return key.type === 'Identifier' && !computed ? key.name : undefined;
}
