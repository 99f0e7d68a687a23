import type { Node } from '@babel/types';
import { developmentBranches, isDevelopmentName } from './development.js';
import { gatherAssignment, type Assignment, settleAssignments } from './gather-assignments.js';
import { gatherModuleSyntax } from './gather-module-syntax.js';
import { addTo, type ModuleFacts, type SourceFile } from './module-facts.js';
import { definePattern, keyOf } from './patterns.js';
import { bindingIn, define, functionScope, type Scope, type Spot } from './scope.js';

/** What is yet to be looked at, and what is known of its surroundings. */
interface Step {
  readonly node: Node;
  readonly scope: Scope;
  readonly development: boolean;
  /** The key, attribute or variable that it is the value of. */
  readonly hint: string;
  readonly function?: Node | undefined;
  /** What `this` will be, if it is a function. */
  readonly holder?: Spot | undefined;
}

const SERVER = /(?:https?|wss?):(?:\/\/|\\)/i;

/** Walks through a file once, in a loop over a stack of its own: generated code can be deeper than the real one. */
export function gather(root: Node, source: SourceFile): ModuleFacts {
  const scope = { outer: undefined, bindings: new Map(), isFunction: true, holder: undefined } as unknown as Scope;
  const facts: ModuleFacts = {
    source,
    root,
    scope,
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
  };
  (scope as { module: ModuleFacts }).module = facts;
  const assignments: Assignment[] = [];
  const waiting: Step[] = [{ node: root, scope, development: false, hint: '' }];
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    // The last first, so that they are met in the order of the source.
    const next = look(step, facts, assignments);
    for (let child = next.pop(); child; child = next.pop()) waiting.push(child);
  }
  settleAssignments(assignments, facts);
  return facts;
}

function look(step: Step, facts: ModuleFacts, assignments: Assignment[]): Step[] {
  const { node, scope, development } = step;
  const inner = (outer: Scope, holder = outer.holder, isFunction = false): Scope => ({
    module: facts,
    outer,
    bindings: new Map(),
    isFunction,
    holder,
  });
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      gatherModuleSyntax(node, facts);
      return node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' ? [] : children(step);

    case 'VariableDeclaration':
      // `declare const HOST` says that a bundler puts it in.
      if (node.declare === true) return [];
      for (const { id, init } of node.declarations) {
        const into = node.kind === 'var' ? functionScope(scope) : scope;
        if (init) definePattern(id, { kind: 'value', spot: { node: init, scope }, development }, scope, into);
        else if (id.type === 'Identifier') bindingIn(into, id.name);
      }
      return children(step);

    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      if (node.id?.type === 'Identifier') {
        define(scope, node.id.name, { kind: 'value', path: [], spot: { node, scope } });
      }
      break;

    case 'ObjectExpression':
      for (const property of node.properties) {
        if (property.type === 'SpreadElement') continue;
        const key = keyOf(property.key, property.computed);
        if (key === undefined) continue;
        addTo(facts.properties, key, { node: property.type === 'ObjectMethod' ? property : property.value, scope });
      }
      return children(step, { holder: { node, scope } });

    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      facts.calls.push({ node, scope });
      break;

    case 'AssignmentExpression':
      gatherAssignment({ node, scope, development }, facts, assignments);
      if (node.left.type === 'Identifier') return children(step, { hint: node.left.name });
      if (node.left.type === 'MemberExpression') {
        return children(step, { hint: keyOf(node.left.property, node.left.computed) ?? '' });
      }
      break;

    case 'ReturnStatement':
      if (step.function && node.argument) addTo(facts.returns, step.function, { node: node.argument, scope });
      break;

    case 'StringLiteral':
      if (SERVER.test(node.value)) facts.mentions.push({ node, scope, hint: step.hint });
      return [];

    case 'TemplateLiteral':
      if (node.quasis.some(({ value }) => SERVER.test(value.cooked ?? ''))) {
        facts.mentions.push({ node, scope, hint: step.hint });
      }
      break;

    case 'BlockStatement':
    case 'StaticBlock':
    case 'SwitchStatement':
    case 'CatchClause':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement': {
      const block = inner(scope);
      if (node.type === 'CatchClause' && node.param?.type === 'Identifier') bindingIn(block, node.param.name);
      if (node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration') {
        const [declared] = node.left.declarations;
        if (declared) definePattern(declared.id, { kind: 'element', spot: { node: node.right, scope } }, scope, block);
      }
      return children(step, { scope: block });
    }

    case 'IfStatement':
    case 'ConditionalExpression': {
      const { test, consequent, alternate } = node;
      const condition = facts.source.script.slice(test.start ?? 0, test.end ?? 0);
      const { then, otherwise } = developmentBranches(condition);
      return [
        { ...step, node: test },
        { ...step, node: consequent, development: development || then },
        ...(alternate ? [{ ...step, node: alternate, development: development || otherwise }] : []),
      ];
    }
    case 'SwitchCase': {
      const only = node.test?.type === 'StringLiteral' && isDevelopmentName(node.test.value);
      return children(step, { development: development || only });
    }
    default:
  }

  if (isFunction(node)) {
    const isArrow = node.type === 'ArrowFunctionExpression';
    const own = inner(scope, isArrow ? scope.holder : (step.holder ?? scope.holder), true);
    facts.scopes.set(node, own);
    if (node.type === 'FunctionExpression' && node.id) {
      define(own, node.id.name, { kind: 'value', path: [], spot: { node, scope } });
    }
    node.params.forEach((pattern, index) => {
      definePattern(pattern, { kind: 'parameter', function: node, index }, own, own);
    });
    if (isArrow && node.body.type !== 'BlockStatement') addTo(facts.returns, node, { node: node.body, scope: own });
    return children({ ...step, holder: undefined, development: false, function: node }, { scope: own });
  }
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    const spot: Spot = { node, scope };
    const own = inner(scope, spot);
    facts.scopes.set(node, own);
    if (node.superClass) facts.derived.push(spot);
    for (const member of node.body.body) {
      if (!('key' in member) || member.type === 'TSDeclareMethod') continue;
      const key = keyOf(member.key, 'computed' in member && member.computed);
      if (key === undefined) continue;
      const value = 'value' in member ? member.value : member;
      if (value) addTo(facts.properties, key, { node: value, scope: own });
    }
    return children(step, { scope: own, holder: spot });
  }
  return children(step);
}

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

/** Spelt out and not spread: it is done for each of a hundred thousand nodes. */
function children(step: Step, change?: Partial<Step>): Step[] {
  const { node, development, function: fn } = step;
  // A function is the value of the property that was left, and of nothing within it.
  const passesOn = node.type === 'ObjectProperty' || node.type === 'ClassBody' || node.type === 'ClassProperty';
  const scope = change?.scope ?? step.scope;
  const holder = change?.holder ?? (passesOn ? step.holder : undefined);
  const inDevelopment = change?.development ?? development;
  const hint = change?.hint ?? step.hint;
  const found: Step[] = [];
  const add = (child: unknown, itsHint: string): void => {
    if (!isNode(child) || LEAVES.has(child.type)) return;
    if (child.type.startsWith('TS') && !TYPE_THAT_HOLDS_VALUES.test(child.type)) return;
    found.push({ node: child, scope, development: inDevelopment, hint: itsHint, function: fn, holder });
  };
  // `for in`, for speed, too.
  for (const key in node) {
    const value = node[key as keyof Node] as unknown;
    if (typeof value !== 'object' || value === null || SKIPPED.has(key)) continue;
    // A key of an object is no address to call.
    if (key === 'key' && !('computed' in node && node.computed)) continue;
    const itsHint = key === 'value' || key === 'init' ? hintOf(node) || hint : hint;
    if (Array.isArray(value)) for (const child of value as unknown[]) add(child, itsHint);
    else add(value, itsHint);
  }
  return found;
}

function hintOf(node: Node): string {
  if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' ? node.id.name : '';
  if (node.type === 'JSXAttribute') return node.name.type === 'JSXIdentifier' ? node.name.name : '';
  return 'key' in node && typeof node.key === 'object' ? (keyOf(node.key, false) ?? '') : '';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
