import type { Node } from '@babel/types';
import { memberAt } from './evaluate-member.js';
import { elementsOf } from './list-items.js';
import type { Spot } from './module-facts.js';
import { keyOf } from './patterns.js';
import type { Follower, Values } from './values.js';

/** The address in `{ url }`, or the text itself. */
export function addressesOf(argument: Spot, key: string, follower: Follower): Values {
  if (argument.node.type === 'SpreadElement') return [{ kind: 'lost', spot: argument }];
  const found = follower.valuesOf(argument).flatMap((value): Values => {
    if (value.kind === 'text') return [value];
    if (value.kind === 'array' || value.kind === 'list') return addressesInList(value, argument, key, follower);
    if (value.kind === 'object' || value.kind === 'merged') {
      const spot = { ...argument, node: addressNode(argument.node, key) };
      return follower.memberOf([value], key, spot);
    }
    return value.kind === 'lost' && argument.node.type !== 'Identifier' ? [value] : [];
  });
  // `options.url = base + options.url; wx.request(options)`
  return argument.node.type === 'Identifier'
    ? [...found.filter(({ kind }) => kind === 'text'), ...memberAt(argument, key, argument, follower)]
    : found;
}

/** `load([{ url }, 'https://…'])` */
function addressesInList(list: Values[number], at: Spot, key: string, follower: Follower): Values {
  return elementsOf([list], at, follower).flatMap((value): Values => {
    if (value.kind === 'text') return [value];
    return value.kind === 'object' ? follower.memberOf([value], key, at) : [];
  });
}

function addressNode(options: Node, key: string): Node {
  if (options.type !== 'ObjectExpression') return options;
  for (const property of options.properties) {
    if (property.type === 'ObjectProperty' && keyOf(property.key, property.computed) === key) return property.value;
  }
  return options;
}
