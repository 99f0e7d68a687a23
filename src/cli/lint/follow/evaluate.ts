import type { Node } from '@babel/types';
import { callValues } from './evaluate-call.js';
import { concatenated, partsOf } from './concatenate.js';
import { developmentBranches } from './development.js';
import { identifierValues } from './evaluate-name.js';
import { memberAt } from './evaluate-member.js';
import { isFunction } from './function-node.js';
import { keyOf } from './patterns.js';
import type { Spot } from './module-facts.js';
import { textValue, whileDeveloping, type Follower, type Value, type Values } from './values.js';

/** Works out what an expression may be. Asks the follower for its parts, which keeps count and remembers. */
export function evaluate(spot: Spot, follower: Follower): Values {
  const { node } = spot;
  const at = (part: Node): Spot => ({ ...spot, node: part });
  const of = (part: Node): Values => follower.valuesOf(at(part));

  switch (node.type) {
    case 'StringLiteral':
      return [textValue(node.value, spot)];
    case 'NumericLiteral':
      return [textValue(String(node.value), spot)];
    case 'BooleanLiteral':
      return [{ kind: 'boolean', value: node.value }];
    case 'NullLiteral':
      return [];
    case 'TemplateLiteral':
      return concatenated(partsOf(spot), spot, follower);
    case 'BinaryExpression':
      return node.operator === '+' ? concatenated(partsOf(spot), spot, follower) : compared(node, spot, of);
    case 'UnaryExpression': {
      const [value, ...others] = node.operator === '!' ? of(node.argument) : [];
      if (value?.kind === 'boolean' && others.length === 0) return [{ kind: 'boolean', value: !value.value }];
      return [{ kind: 'lost', spot }];
    }
    case 'LogicalExpression':
      return eitherOr(node.operator, of(node.left), () => of(node.right));
    case 'ConditionalExpression': {
      const [test, ...others] = of(node.test);
      if (test?.kind === 'boolean' && others.length === 0) return of(test.value ? node.consequent : node.alternate);
      const { script } = spot.scope.module.source;
      const { then, otherwise } = developmentBranches(script.slice(node.test.start ?? 0, node.test.end ?? 0));
      return [...whileDeveloping(of(node.consequent), then), ...whileDeveloping(of(node.alternate), otherwise)];
    }
    case 'Identifier':
      return identifierValues(spot, node.name, follower);
    case 'ThisExpression': {
      const { holder } = spot.scope;
      if (!holder) return [{ kind: 'lost', spot }];
      for (let { frame } = spot; frame; frame = frame.outer) {
        if (frame.self && holder.node.type !== 'ObjectExpression') return [{ kind: 'instance', spot: frame.self }];
      }
      return holder.node.type === 'ObjectExpression'
        ? [{ kind: 'object', spot: { ...holder, frame: spot.frame }, isThis: true }]
        : [{ kind: 'instance', spot: { ...holder, frame: spot.frame } }];
    }
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return memberValues(node, spot, follower);
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return callValues(node, spot, follower);
    case 'ObjectExpression':
      return [{ kind: 'object', spot }];
    case 'ArrayExpression':
      return [{ kind: 'array', spot }];
    case 'ClassDeclaration':
    case 'ClassExpression':
      return [{ kind: 'class', spot }];
    case 'TSEnumDeclaration':
      return [{ kind: 'enum', spot }];
    case 'AssignmentExpression':
      if (node.operator === '=') return of(node.right);
      if (node.operator === '+=') return concatenated([at(node.left), at(node.right)], spot, follower);
      return [...of(node.left), ...of(node.right)];
    case 'SequenceExpression': {
      const last = node.expressions[node.expressions.length - 1];
      return last ? of(last) : [];
    }
    case 'AwaitExpression':
      return of(node.argument);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return of(node.expression);
    default:
      return [isFunction(node) ? { kind: 'function', spot } : { kind: 'lost', spot }];
  }
}

function compared(
  { operator, left, right }: Extract<Node, { type: 'BinaryExpression' }>,
  spot: Spot,
  of: (part: Node) => Values,
): Values {
  if (/^[!=]==?$/.test(operator)) {
    const [[one, ...more], [other, ...others]] = [of(left), of(right)];
    const known = one?.kind === 'text' && other?.kind === 'text' && !one.lost && !other.lost;
    if (known && more.length === 0 && others.length === 0) {
      return [{ kind: 'boolean', value: (one.text === other.text) === (operator[0] === '=') }];
    }
  }
  return [{ kind: 'lost', spot }];
}

function eitherOr(operator: '||' | '&&' | '??', left: Values, right: () => Values): Values {
  const [first, ...others] = left;
  if (first?.kind === 'boolean' && others.length === 0 && operator !== '??') {
    return first.value === (operator === '&&') ? right() : left;
  }
  if (operator === '&&') return right();
  // What is there for sure is taken.
  const isThere = (value: Value): boolean => value.kind !== 'nothing' && !(value.kind === 'text' && value.text === '');
  if (left.length > 0 && left.every((value) => isThere(value) && value.kind !== 'lost')) return left;
  return [...left.filter(isThere), ...right()];
}

function memberValues(
  node: Extract<Node, { type: 'MemberExpression' | 'OptionalMemberExpression' }>,
  spot: Spot,
  follower: Follower,
): Values {
  const { object, property, computed } = node;
  const objectSpot = { ...spot, node: object };
  const [name] = namesOf(node, spot, follower);
  if (name !== undefined && isEnvironment(object)) return follower.environment(name, spot);

  if (name === undefined) return follower.memberOf(follower.valuesOf(objectSpot), '?', spot);
  return memberAt(objectSpot, name, { ...spot, node: computed ? node : property }, follower);
}

function namesOf(
  { property, computed }: Extract<Node, { type: 'MemberExpression' | 'OptionalMemberExpression' }>,
  spot: Spot,
  follower: Follower,
): readonly string[] {
  const key = keyOf(property, computed);
  if (key !== undefined) return [key];
  const values = follower.valuesOf({ ...spot, node: property });
  const texts = values.flatMap((value) => (value.kind === 'text' && !value.lost ? [value.text] : []));
  return texts.length === 1 && values.length === 1 ? texts : [];
}

/** `process.env` and `import.meta.env`. */
function isEnvironment(object: Node): boolean {
  if (object.type !== 'MemberExpression' || keyOf(object.property, object.computed) !== 'env') return false;
  return (
    object.object.type === 'MetaProperty' || (object.object.type === 'Identifier' && object.object.name === 'process')
  );
}
