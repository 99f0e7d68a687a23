import type { ArrayExpression, Node, ObjectProperty } from '@babel/types';
import { givenTo } from './called-as.js';
import { itemsOf } from './list-items.js';
import type { Spot } from './module-facts.js';
import { keyOf } from './patterns.js';
import { frameOf, type Follower, type Value, type Values } from './values.js';

/** The list of what an object holds. */
export function valuesOfObject(object: Spot, follower: Follower): Values | undefined {
  return listOf(object, ({ value }) => value, follower);
}

/** The list of what an object holds, each with its key. */
export function entriesOfObject(object: Spot, follower: Follower): Values | undefined {
  return listOf(object, pairOf, follower);
}

function listOf(object: Spot, of: (property: ObjectProperty) => Node, follower: Follower): Values | undefined {
  const items = follower.valuesOf(object).flatMap((value): Spot[] => {
    if (value.kind !== 'object' || value.spot.node.type !== 'ObjectExpression') return [];
    return value.spot.node.properties.flatMap((property) =>
      property.type === 'ObjectProperty' ? [{ ...value.spot, node: of(property) }] : [],
    );
  });
  return items.length > 0 ? [{ kind: 'list', items }] : undefined;
}

const pairs = new WeakMap<Node, ArrayExpression>();

/** `[key, value]`; the same one each time, since what it comes to is remembered by it. */
function pairOf(property: ObjectProperty): Node {
  let pair = pairs.get(property);
  if (!pair) {
    const key: Node = { type: 'StringLiteral', value: keyOf(property.key, property.computed) ?? '' };
    const elements = [key, property.value] as ArrayExpression['elements'];
    pairs.set(property, (pair = { type: 'ArrayExpression', elements }));
  }
  return pair;
}

/** `list.map(function)`: what it gives back for each. */
export function mapped(list: Spot, by: Spot, spot: Spot, follower: Follower): Values | undefined {
  const found = follower.valuesOf(list).flatMap((value): Value[] => {
    const items = itemsOf(value, follower);
    if (!items) return [];
    const fns = follower.valuesOf(by).filter((fn) => fn.kind === 'function');
    const made = items.flatMap((item) =>
      fns.flatMap(({ spot: fn, bound }): readonly Spot[] => {
        const frame = frameOf(fn, givenTo(bound, [item]), spot.frame, undefined);
        return (fn.scope.module.returns.get(fn.node) ?? []).map((returned) => ({ ...returned, frame }));
      }),
    );
    return made.length > 0 ? [{ kind: 'list', items: made }] : [];
  });
  return found.length > 0 ? found : undefined;
}
