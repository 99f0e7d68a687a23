import { parseExpression } from '@babel/parser';
import type { Node } from '@babel/types';

/** What cannot be told without drawing the view. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** Ends the reading of what cannot be told. */
class Untold extends Error {}

/** As the language does them, for the app wrote them so. */
const OPERATORS: Readonly<Record<string, (a: number, b: number) => unknown>> = {
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  // eslint-disable-next-line eqeqeq
  '==': (a, b) => a == b,
  // eslint-disable-next-line eqeqeq
  '!=': (a, b) => a != b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const parsed = new Map<string, Node>();

/** What an attribute says: `a`, `{{a.b}}`, `a-{{b ? 1 : 2}}`; or `UNKNOWN`. */
export function attributeValue(written: string, scope: object): unknown {
  if (!written.includes('{{')) return written;
  try {
    const parts = written.trim().split('{{');
    const [whole = '', end, more] = (parts[1] ?? '').split('}}');
    if (parts.length === 2 && parts[0] === '' && end === '' && more === undefined)
      return valueOf(expression(whole), scope);
    const [first = '', ...rest] = written.split('{{');
    return rest.reduce((text, part) => {
      const [inner = '', after] = part.split('}}');
      if (after === undefined) throw new Untold();
      const value = valueOf(expression(inner), scope) as string | null | undefined;
      return `${text}${value ?? ''}${after}`;
    }, first);
  } catch {
    return UNKNOWN;
  }
}

function expression(text: string): Node {
  const node = parsed.get(text) ?? parseExpression(text);
  parsed.set(text, node);
  return node;
}

function valueOf(node: Node, scope: object): unknown {
  const of = (inner: Node) => valueOf(inner, scope);
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return node.value;
    case 'NullLiteral':
      return null;
    case 'Identifier':
      return fieldOf(scope, node.name);
    case 'MemberExpression': {
      const { object, property, computed } = node;
      return fieldOf(
        of(object),
        !computed && property.type === 'Identifier' ? property.name : (of(property) as string),
      );
    }
    case 'ArrayExpression':
      return node.elements.map((item) => item && of(item));
    case 'ObjectExpression':
      return Object.assign({}, ...node.properties.map((property) => propertyOf(property, of))) as object;
    case 'CallExpression': {
      // Only a script of the view has functions.
      const called = of(node.callee);
      if (typeof called !== 'function') throw new Untold();
      return (called as (...args: unknown[]) => unknown)(...node.arguments.map(of));
    }
    case 'ConditionalExpression':
      return of(node.test) ? of(node.consequent) : of(node.alternate);
    case 'LogicalExpression':
      if (node.operator === '??') return of(node.left) ?? of(node.right);
      return node.operator === '&&' ? of(node.left) && of(node.right) : of(node.left) || of(node.right);
    case 'UnaryExpression':
      if (node.operator === '!') return !of(node.argument);
      if (node.operator === '-') return -(of(node.argument) as number);
      throw new Untold();
    case 'BinaryExpression': {
      const act = OPERATORS[node.operator];
      if (act) return act(of(node.left) as number, of(node.right) as number);
      throw new Untold();
    }
    default:
      throw new Untold();
  }
}

function propertyOf(property: Node, of: (inner: Node) => unknown): object {
  if (property.type === 'SpreadElement') return of(property.argument) ?? {};
  if (property.type !== 'ObjectProperty' || property.computed) throw new Untold();
  const { key, value } = property;
  if (key.type === 'Identifier') return { [key.name]: of(value) };
  return { [String(of(key))]: of(value) };
}

/** A view reads what is not there as undefined, and so on. */
function fieldOf(owner: unknown, key: PropertyKey): unknown {
  return owner === null || owner === undefined ? undefined : (owner as Record<PropertyKey, unknown>)[key];
}
