import type { CallExpression, NewExpression, Node, OptionalCallExpression } from '@babel/types';
import { calledAs, givenTo } from './called-as.js';
import { importedValues } from './evaluate-name.js';
import { madeClient, PROMISIFIES } from './http-clients.js';
import { isMemberOf, methodCall } from './method-calls.js';
import type { Spot } from './module-facts.js';
import { keyOf } from './patterns.js';
import { returnsOf } from './returned-values.js';
import { bindingOf } from './scope.js';
import { frameOf, type Follower, type Value, type Values } from './values.js';

type Call = CallExpression | OptionalCallExpression | NewExpression;

/** What is given back as it came: `String(x)`, `Object.freeze(x)`, `reactive(x)`, `defineConfig(x)`. */
const PASSES_ON =
  /^(?:String|decodeURI|decodeURIComponent|encodeURI|freeze|seal|stringify|parse|reactive|readonly|ref|unref|shallowRef|shallowReactive|markRaw|toRaw|cloneDeep|defineConfig|asValue)$/;
const MERGES = /^(?:assign|merge|deepMerge|mergeDeep|extend|defaults)$/;

/** Works out what a call gives back. */
export function callValues(node: Call, spot: Spot, follower: Follower): Values {
  const { callee, arguments: written } = calledAs(node);
  const given: Spot[] = written.map((argument) => ({ ...spot, node: argument }));
  const [first] = given;
  const name = nameOf(callee);

  if (callee.type === 'Import' || (name === 'require' && isUnbound(callee, spot))) {
    if (first?.node.type === 'StringLiteral')
      return importedValues(first.node.value, callee.type === 'Import' ? '*' : 'require', spot, follower);
    return [{ kind: 'lost', spot }];
  }
  if (name === 'getApp' && isUnbound(callee, spot)) {
    const apps = follower.apps();
    return apps.length > 0 ? apps.flatMap((app) => follower.valuesOf(app)) : [{ kind: 'lost', spot }];
  }
  if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
    const ofText = methodCall(callee, given, spot, follower);
    if (ofText) return ofText;
  }

  const values = callee.type === 'Super' ? [] : follower.valuesOf({ ...spot, node: callee });
  const found: Value[] = [];
  for (const value of values) {
    if (value.kind === 'function') {
      const frame = frameOf(value.spot, givenTo(value.bound, given), spot.frame, selfOf(callee, spot, follower));
      found.push(...(frame ? returnsOf({ ...value.spot, frame }, follower) : [{ kind: 'lost', spot } as const]));
    } else if (value.kind === 'class') found.push({ kind: 'instance', spot: value.spot });
    else if (value.kind === 'package' || value.kind === 'client')
      found.push(...madeClient(value, name, given, spot, follower));
  }
  if (found.length > 0) return found;
  if (values.some(({ kind }) => kind === 'function')) return [];

  if (
    first &&
    (PASSES_ON.test(name) ||
      isMemberOf(callee, 'Promise', 'resolve') ||
      (name === 'Proxy' && node.type === 'NewExpression'))
  ) {
    return follower.valuesOf(first);
  }
  if (MERGES.test(name) && given.length > 0) {
    return [{ kind: 'merged', parts: given }];
  }
  if (first && PROMISIFIES.test(name)) {
    const apis = follower.valuesOf(first).filter(({ kind }) => kind === 'api' || kind === 'platform');
    if (apis.length > 0) return apis;
  }
  return [{ kind: 'lost', spot }];
}

/** What a method is called on, where that is an instance of one class. */
function selfOf(callee: Node, spot: Spot, follower: Follower): Spot | undefined {
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return undefined;
  const [object, ...others] = follower.valuesOf({ ...spot, node: callee.object });
  return object?.kind === 'instance' && others.length === 0 ? object.spot : undefined;
}

function nameOf(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression'
    ? (keyOf(callee.property, callee.computed) ?? '')
    : '';
}

function isUnbound(callee: Node, { scope }: Spot): boolean {
  return callee.type === 'Identifier' && !bindingOf(scope, callee.name);
}
