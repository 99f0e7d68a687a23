import type { Node } from '@babel/types';
import type { Spot } from './module-facts.js';
import { keyOf } from './patterns.js';
import { apiOfMethod, BASE_KEY, HTTP_PACKAGE } from './takes-address.js';
import type { Follower, Value, Values } from './values.js';

/** Turns what takes callbacks into what gives promises. */
export const PROMISIFIES = /promis|pify|wrap|proxy/i;

/** A client is made: `axios.create({ baseURL })`, `new Request({ baseURL })`, `createNetwork({ baseUrl })`. */
export function madeClient(
  value: Extract<Value, { kind: 'package' | 'client' }>,
  name: string,
  given: readonly Spot[],
  spot: Spot,
  follower: Follower,
): Values {
  if (value.kind === 'package' && !HTTP_PACKAGE.test(value.name)) {
    const promised = given.flatMap((part) => follower.valuesOf(part)).filter(({ kind }) => kind === 'api');
    if (PROMISIFIES.test(name) || PROMISIFIES.test(value.name)) return promised;
    return value.name.length > 0 && given.some((part) => hasBase(part.node)) ? [client(given, spot, follower)] : [];
  }
  // createHttp(network), createStream(network)
  const inherited = given.flatMap((part) => (part.node.type === 'Identifier' ? follower.valuesOf(part) : []));
  const parent = inherited.find((other) => other.kind === 'client') ?? (value.kind === 'client' ? value : undefined);
  const own = client(given, spot, follower);
  const made = own.bases.length > 0 || !parent ? own : parent;
  if (!OF_ONE_API.test(name)) return [made];
  const api = apiOfMethod(name.replace(/^create/, '').toLowerCase());
  // A socket has an address of its own.
  return [api === 'socket' ? { kind: 'api', api, key: 'url' } : { kind: 'api', api, key: 'url', client: made }];
}

/** Of our own creators, those whose function is compared with another list than `request`. */
const OF_ONE_API = /^create(?:Upload|Download|Socket|WebSocket)$/;

function client(given: readonly Spot[], spot: Spot, follower: Follower): Extract<Value, { kind: 'client' }> {
  return { kind: 'client', made: spot, bases: given.flatMap((part) => basesIn(part, follower)) };
}

/** The base addresses in some options. */
export function basesIn(options: Spot, follower: Follower): Spot[] {
  const objects = follower.valuesOf(options).filter(({ kind }) => kind === 'object');
  return objects.flatMap((value) => {
    if (value.kind !== 'object' || value.spot.node.type !== 'ObjectExpression') return [];
    return value.spot.node.properties.flatMap((property) => {
      if (property.type !== 'ObjectProperty') return [];
      return BASE_KEY.test(keyOf(property.key, property.computed) ?? '')
        ? [{ ...value.spot, node: property.value }]
        : [];
    });
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
