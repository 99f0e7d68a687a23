import type { Node } from '@babel/types';

/** Where the children of the commonest nodes stand, so that not every field of every node is looked at. */
const FIELDS: { readonly [type: string]: readonly string[] } = {
  ArrayExpression: ['elements'],
  ArrowFunctionExpression: ['params', 'body'],
  AssignmentExpression: ['left', 'right'],
  AssignmentPattern: ['left', 'right'],
  AwaitExpression: ['argument'],
  BinaryExpression: ['left', 'right'],
  BlockStatement: ['body'],
  CallExpression: ['callee', 'arguments'],
  ExportDefaultDeclaration: ['declaration'],
  ExportNamedDeclaration: ['declaration'],
  ExpressionStatement: ['expression'],
  ForOfStatement: ['left', 'right', 'body'],
  FunctionDeclaration: ['params', 'body'],
  FunctionExpression: ['params', 'body'],
  LogicalExpression: ['left', 'right'],
  MemberExpression: ['object', 'property'],
  NewExpression: ['callee', 'arguments'],
  ObjectExpression: ['properties'],
  ObjectMethod: ['key', 'params', 'body'],
  ObjectPattern: ['properties'],
  ObjectProperty: ['key', 'value'],
  OptionalCallExpression: ['callee', 'arguments'],
  OptionalMemberExpression: ['object', 'property'],
  Program: ['body'],
  ReturnStatement: ['argument'],
  SpreadElement: ['argument'],
  TemplateLiteral: ['expressions'],
  VariableDeclaration: ['declarations'],
  VariableDeclarator: ['id', 'init'],
};

const SKIPPED = new Set(['loc', 'extra', 'errors', 'comments', 'tokens', 'directives', 'typeAnnotation', 'decorators']);
const TYPE_THAT_HOLDS_VALUES =
  /^TS(?:AsExpression|NonNullExpression|SatisfiesExpression|TypeAssertion|Enum|Module|ExportAssignment|ParameterProperty|InstantiationExpression)/;

/** Nothing stands in them. */
const LEAVES = new Set([
  'Identifier',
  'NumericLiteral',
  'BooleanLiteral',
  'NullLiteral',
  'ThisExpression',
  'RegExpLiteral',
  'TemplateElement',
  'Super',
]);

/**
 * Collects the nodes within a node in which something can stand, in the order of the source.
 *
 * Takes from each node what nobody reads: lines and columns are three objects a node, more than the rest of it, and a tree
 * that is kept is copied about by the collector of garbage.
 */
export function childNodes(node: Node): Node[] {
  const found: Node[] = [];
  const isComputed = 'computed' in node && node.computed;
  const look = (field: string): void => {
    const value = node[field as keyof Node] as unknown;
    // A key of an object is no address to call, nor is the name of a member.
    if (!isComputed && (field === 'key' || field === 'property')) lighten(value);
    else addAll(value, found);
  };
  const fields = FIELDS[node.type];
  if (fields) for (const field of fields) look(field);
  else for (const field in node) if (!SKIPPED.has(field)) look(field);
  return found;
}

function addAll(value: unknown, found: Node[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const child of value as unknown[]) add(child, found);
  else add(value, found);
}

function add(child: unknown, found: Node[]): void {
  if (!isNode(child)) return;
  lighten(child);
  if (LEAVES.has(child.type)) return;
  if (child.type.startsWith('TS') && !TYPE_THAT_HOLDS_VALUES.test(child.type)) return;
  found.push(child);
}

function lighten(node: unknown): void {
  if (!isNode(node)) return;
  const light = node as { loc?: unknown; extra?: unknown };
  if (light.loc) light.loc = undefined;
  if (light.extra) light.extra = undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
