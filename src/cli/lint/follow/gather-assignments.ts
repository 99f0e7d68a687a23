import type { ArrayExpression, AssignmentExpression, Node } from '@babel/types';
import { addTo, type CallSite, type ModuleFacts, type Scope, type Write } from './module-facts.js';
import { keyOf } from './patterns.js';
import { bindingIn, bindingOf } from './scope.js';

/** `left = right`, and where it stands. */
export interface Assignment {
  readonly node: AssignmentExpression;
  readonly scope: Scope;
  readonly development: boolean;
}

/** Notes an assignment to a member; one to a name waits until all names are known. */
export function gatherAssignment(assignment: Assignment, facts: ModuleFacts, later: Assignment[]): void {
  const { node, scope, development } = assignment;
  const { left } = node;
  later.push(assignment);
  if (left.type !== 'MemberExpression') return;
  const name = keyOf(left.property, left.computed);
  if (name === undefined) return;

  const value = { node: node.right, scope };
  const { object } = left;
  const onExports =
    (object.type === 'Identifier' && object.name === 'exports') ||
    (object.type === 'MemberExpression' && isModuleExports(object.object, object.property));
  if (isModuleExports(object, left.property)) facts.commonjs.push(value);
  else if (onExports) addTo(facts.exports, name, { kind: 'value', path: [], spot: value });
  else addTo(facts.writes, name, { object: { node: object, scope }, value, development });
}

/** `list.push(item)`: the list may be one that holds the item. */
export function gatherPush(
  { node, scope, development }: CallSite & { readonly development: boolean },
  facts: ModuleFacts,
  later: Assignment[],
): void {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || node.arguments.length === 0) return;
  const { object, property } = callee;
  if (property.type !== 'Identifier' || (property.name !== 'push' && property.name !== 'unshift')) return;
  if (object.type !== 'Identifier' && object.type !== 'MemberExpression') return;
  const at = { ...(node.start != null && { start: node.start }), ...(node.end != null && { end: node.end }) };
  const elements = node.arguments as ArrayExpression['elements'];
  const right: ArrayExpression = { type: 'ArrayExpression', elements, ...at };
  const assigned: AssignmentExpression = { type: 'AssignmentExpression', operator: '=', left: object, right, ...at };
  gatherAssignment({ node: assigned, scope, development }, facts, later);
}

function isModuleExports(object: Node, property: Node): boolean {
  return (
    object.type === 'Identifier' &&
    object.name === 'module' &&
    property.type === 'Identifier' &&
    property.name === 'exports'
  );
}

/** Gives the names what is assigned to them, now that it is known which scope each belongs to. */
export function settleAssignments(assignments: readonly Assignment[], facts: ModuleFacts): void {
  for (const { node, scope, development } of assignments) {
    const { left, operator } = node;
    if (left.type === 'Identifier') {
      const home = bindingOf(scope, left.name) ?? bindingIn(facts.scope, left.name);
      // `+=` is worked out of both sides.
      const spot = { node: operator === '=' ? node.right : node, scope };
      home.definitions.push({ kind: 'value', path: [], spot, development });
    } else if (left.type === 'MemberExpression' && left.object.type === 'Identifier') {
      const name = keyOf(left.property, left.computed);
      const home = bindingOf(scope, left.object.name);
      if (name === undefined || !home) continue;
      const write: Write = { object: { node: left.object, scope }, value: { node: node.right, scope }, development };
      addTo((home.writes ??= new Map<string, Write[]>()), name, write);
    }
  }
}
