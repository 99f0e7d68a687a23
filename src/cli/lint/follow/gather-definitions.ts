import type { BlockStatement, Class, Node, ObjectExpression, VariableDeclaration } from '@babel/types';
import { isTelling } from './field-names.js';
import type { FunctionNode } from './function-node.js';
import { addTo, type ModuleFacts, type Scope, type Spot } from './module-facts.js';
import { definePattern, keyOf } from './patterns.js';
import { bindingIn, define, functionScope, innerScope } from './scope.js';

/** Notes the names of `const`, `let` and `var`. */
export function gatherVariables(node: VariableDeclaration, scope: Scope, development: boolean): void {
  const into = node.kind === 'var' ? functionScope(scope) : scope;
  for (const { id, init } of node.declarations) {
    if (init) definePattern(id, { kind: 'value', path: [], spot: { node: init, scope }, development }, scope, into);
    else if (id.type === 'Identifier') bindingIn(into, id.name);
  }
}

/** Notes the values of an object literal by their keys. */
export function gatherObject(node: ObjectExpression, scope: Scope, facts: ModuleFacts): void {
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') continue;
    const key = keyOf(property.key, property.computed);
    if (key === undefined) continue;
    addProperty(facts, key, { node: property.type === 'ObjectMethod' ? property : property.value, scope });
  }
}

/** Of what everybody uses for everything only the name is kept: nobody asks for its values. */
function addProperty({ properties }: ModuleFacts, key: string, spot: Spot): void {
  if (isTelling(key)) addTo(properties, key, spot);
  else if (!properties.has(key)) properties.set(key, []);
}

/** Makes the scope of a block, with the names that its head defines. */
export function blockScope(node: Node, scope: Scope): Scope {
  const block = innerScope(scope, scope.holder, false);
  if (node.type === 'CatchClause' && node.param?.type === 'Identifier') bindingIn(block, node.param.name);
  if (node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration') {
    const [declared] = node.left.declarations;
    if (declared)
      definePattern(declared.id, { kind: 'element', path: [], spot: { node: node.right, scope } }, scope, block);
  }
  return block;
}

/** Makes the scope of a function, with its parameters and what it gives back in short. */
export function gatherFunction(node: FunctionNode, scope: Scope, holder: Spot | undefined, facts: ModuleFacts): Scope {
  const isArrow = node.type === 'ArrowFunctionExpression';
  const own = innerScope(scope, isArrow ? scope.holder : (holder ?? scope.holder), true);
  // Its parameters may be members of the class.
  if (node.type === 'ClassMethod' && node.kind === 'constructor') facts.scopes.set(node, own);
  if (node.type === 'FunctionExpression' && node.id) {
    define(own, node.id.name, { kind: 'value', path: [], spot: { node, scope } });
  }
  if (!isArrow && facts.usesArguments) {
    define(own, 'arguments', { kind: 'parameter', path: [], function: node, index: 0, isRest: true });
  }
  node.params.forEach((pattern, index) => {
    definePattern(pattern, { kind: 'parameter', path: [], function: node, index, isRest: false }, own, own);
  });
  if (isArrow && node.body.type !== 'BlockStatement') addTo(facts.returns, node, { node: node.body, scope: own });
  return own;
}

/** Makes the scope of a class, and notes the values of its members. */
export function gatherClass(node: Class, scope: Scope, facts: ModuleFacts): Scope {
  const spot: Spot = { node, scope };
  const own = innerScope(scope, spot, false);
  facts.scopes.set(node, own);
  if (node.superClass) facts.derived.push(spot);
  for (const member of node.body.body) {
    if (!('key' in member) || member.type === 'TSDeclareMethod') continue;
    const key = keyOf(member.key, 'computed' in member && member.computed);
    if (key === undefined) continue;
    const value = 'value' in member ? member.value : member;
    if (value) addProperty(facts, key, { node: value, scope: own });
  }
  return own;
}

const FORGOTTEN: BlockStatement = { type: 'BlockStatement', body: [], directives: [] };

/**
 * Lets go of the statements of a function, once they are on the walk: of all that is in them only the calls, the values of
 * names and what is given back is asked for later, and those are noted. A thousand trees that are kept whole are a gigabyte.
 */
export function forgetStatements(node: FunctionNode): void {
  if (node.body.type === 'BlockStatement') node.body = FORGOTTEN;
  node.returnType = null;
  node.typeParameters = null;
}
