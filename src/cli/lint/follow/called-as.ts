import type { Node } from '@babel/types';
import type { CallSite, Spot } from './module-facts.js';
import { keyOf } from './patterns.js';

/** A call as it is meant: `f.call(self, a)` and `f.apply(self, list)` call `f`. */
export interface CalledAs {
  readonly callee: CallSite['node']['callee'];
  readonly arguments: readonly Node[];
}

/** Reads a call that names what `this` is. */
export function calledAs({ callee, arguments: given }: CallSite['node']): CalledAs {
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
    return { callee, arguments: given };
  }
  const [, list] = given;
  const name = keyOf(callee.property, callee.computed);
  if (name === 'call') return { callee: callee.object, arguments: given.slice(1) };
  const isList = list !== undefined && list.type !== 'SpreadElement' && list.type !== 'ArgumentPlaceholder';
  if (name === 'apply' && isList) return { callee: callee.object, arguments: [spreadOf(list)] };
  return { callee, arguments: given };
}

const spreads = new WeakMap<Node, Node>();

/** `...list`; the same one each time, since what it comes to is remembered by it. */
function spreadOf(list: Extract<Node, { type: 'SpreadElement' }>['argument']): Node {
  const { start, end } = list;
  let spread = spreads.get(list);
  if (!spread) {
    spread = { type: 'SpreadElement', argument: list, ...(start != null && { start }), ...(end != null && { end }) };
    spreads.set(list, spread);
  }
  return spread;
}

/** What a function is given: what `bind` gave it first, and then what the call does. */
export function givenTo(bound: readonly Spot[] | undefined, given: readonly Spot[]): readonly Spot[] {
  return bound === undefined ? given : [...bound, ...given];
}
