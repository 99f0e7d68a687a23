import type { CallExpression, NewExpression, Node, OptionalCallExpression } from '@babel/types';
import { concatenated, type Part } from './concatenate.js';
import { elementsOf, itemsOf } from './list-items.js';
import { returnsOf } from './returned-values.js';
import { importedValues } from './evaluate-name.js';
import { keyOf } from './patterns.js';
import type { Spot } from './module-facts.js';
import { bindingOf } from './scope.js';
import { BASE_KEY, HTTP_PACKAGE } from './takes-address.js';
import { textMethod } from './text-methods.js';
import { frameOf, textValue, type Follower, type Value, type Values } from './values.js';

type Call = CallExpression | OptionalCallExpression | NewExpression;

/** What is given back as it came: `String(x)`, `Object.freeze(x)`, `reactive(x)`, `defineConfig(x)`. */
const PASSES_ON =
  /^(?:String|decodeURI|decodeURIComponent|encodeURI|freeze|seal|stringify|parse|reactive|readonly|ref|unref|shallowRef|shallowReactive|markRaw|toRaw|cloneDeep|defineConfig|asValue)$/;
const MERGES = /^(?:assign|merge|deepMerge|mergeDeep|extend|defaults)$/;
const PROMISIFIES = /promis|pify|wrap|proxy/i;

/** Works out what a call gives back. */
export function callValues(node: Call, spot: Spot, follower: Follower): Values {
  const { callee } = node;
  const given: Spot[] = node.arguments.map((argument) => ({ ...spot, node: argument }));
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
    const ofText = memberCall(callee, given, spot, follower);
    if (ofText) return ofText;
  }

  const values = callee.type === 'Super' ? [] : follower.valuesOf({ ...spot, node: callee });
  const found: Value[] = [];
  for (const value of values) {
    if (value.kind === 'function') {
      const frame = frameOf(value.spot, given, spot.frame, selfOf(callee, spot, follower));
      found.push(...(frame ? returnsOf({ ...value.spot, frame }, follower) : [{ kind: 'lost', spot } as const]));
    } else if (value.kind === 'class') found.push({ kind: 'instance', spot: value.spot });
    else if (value.kind === 'package' || value.kind === 'client')
      found.push(...made(value, name, given, spot, follower));
  }
  if (found.length > 0) return found;
  if (values.some(({ kind }) => kind === 'function')) return [];

  if (first && (PASSES_ON.test(name) || (name === 'Proxy' && node.type === 'NewExpression'))) {
    return follower.valuesOf(first);
  }
  if (MERGES.test(name) && given.length > 0) {
    return [{ kind: 'merged', parts: given.map((part) => follower.valuesOf(part)) }];
  }
  if (first && PROMISIFIES.test(name)) {
    const apis = follower.valuesOf(first).filter(({ kind }) => kind === 'api' || kind === 'platform');
    if (apis.length > 0) return apis;
  }
  return [{ kind: 'lost', spot }];
}

/** A client is made: `axios.create({ baseURL })`, `new Request({ baseURL })`, `createNetwork({ baseUrl })`. */
function made(
  value: Extract<Value, { kind: 'package' | 'client' }>,
  name: string,
  given: readonly Spot[],
  spot: Spot,
  follower: Follower,
): Values {
  if (value.kind === 'package' && !HTTP_PACKAGE.test(value.name)) {
    const promised = given.flatMap((part) => follower.valuesOf(part)).filter(({ kind }) => kind === 'api');
    if (PROMISIFIES.test(name) || PROMISIFIES.test(value.name)) return promised;
    return value.name.length > 0 && given.some((part) => hasBase(part.node)) ? [client(given, spot)] : [];
  }
  // createStreams(network)
  const inherited = given.flatMap((part) => (part.node.type === 'Identifier' ? follower.valuesOf(part) : []));
  const parent = inherited.find((other) => other.kind === 'client') ?? (value.kind === 'client' ? value : undefined);
  const own = client(given, spot);
  return [own.bases.length > 0 || !parent ? own : parent];
}

function client(given: readonly Spot[], spot: Spot): Extract<Value, { kind: 'client' }> {
  return { kind: 'client', made: spot, bases: given.flatMap(basesIn) };
}

/** The base addresses in some options. */
export function basesIn(options: Spot): Spot[] {
  if (options.node.type !== 'ObjectExpression') return [];
  return options.node.properties.flatMap((property) => {
    if (property.type !== 'ObjectProperty') return [];
    return BASE_KEY.test(keyOf(property.key, property.computed) ?? '') ? [{ ...options, node: property.value }] : [];
  });
}

function hasBase(node: Node): boolean {
  return (
    node.type === 'ObjectExpression' &&
    node.properties.some(
      (property) => property.type === 'ObjectProperty' && BASE_KEY.test(keyOf(property.key, property.computed) ?? ''),
    )
  );
}

function memberCall(
  callee: Extract<Node, { type: 'MemberExpression' | 'OptionalMemberExpression' }>,
  given: readonly Spot[],
  spot: Spot,
  follower: Follower,
): Values | undefined {
  const name = keyOf(callee.property, callee.computed) ?? '';
  const object: Spot = { ...spot, node: callee.object };
  switch (name) {
    case 'bind':
      return follower.valuesOf(object);
    case 'join': {
      const [separator] = given[0] ? follower.valuesOf(given[0]) : [];
      return follower.valuesOf(object).flatMap((value) => {
        const items = itemsOf(value, follower);
        if (!items) return [{ kind: 'lost', spot }];
        const between = textValue(separator?.kind === 'text' ? separator.text : ',', undefined);
        const parts = items.flatMap((item, index): Part[] => [...(index > 0 ? [between] : []), item]);
        return concatenated(parts, spot, follower);
      });
    }
    case 'find':
    case 'at':
    case 'pop':
    case 'shift': {
      const values = follower.valuesOf(object).filter(({ kind }) => kind === 'array' || kind === 'list');
      return values.length > 0 ? elementsOf(values, spot, follower) : undefined;
    }
    case 'concat':
    case 'trim':
    case 'toString':
    case 'valueOf':
    case 'toLowerCase':
    case 'replace':
    case 'replaceAll':
    case 'slice':
    case 'substring':
    case 'substr':
      return textMethod(name, object, given, spot, follower);
    default:
      return undefined;
  }
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
