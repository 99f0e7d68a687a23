import type { Node } from '@babel/types';
import { givenTo } from './called-as.js';
import { concatenated, type Part } from './concatenate.js';
import { elementsOf, itemsOf } from './list-items.js';
import type { Spot } from './module-facts.js';
import { keyOf } from './patterns.js';
import { entriesOfObject, mapped, valuesOfObject } from './lists-made.js';
import { textMethod } from './text-methods.js';
import { textValue, type Follower, type Values } from './values.js';

/** Works out what a method of the language gives back: of a text, a list, a function. `undefined`: it is none of those. */
export function methodCall(
  callee: Extract<Node, { type: 'MemberExpression' | 'OptionalMemberExpression' }>,
  given: readonly Spot[],
  spot: Spot,
  follower: Follower,
): Values | undefined {
  const name = keyOf(callee.property, callee.computed) ?? '';
  const object: Spot = { ...spot, node: callee.object };
  switch (name) {
    case 'bind': {
      const bound = given.slice(1);
      return follower
        .valuesOf(object)
        .map((value) => (value.kind === 'function' ? { ...value, bound: givenTo(value.bound, bound) } : value));
    }
    case 'values':
      // `Object.values(hosts)`
      return isMemberOf(callee, 'Object', 'values') && given[0] ? valuesOfObject(given[0], follower) : undefined;
    case 'entries':
      return isMemberOf(callee, 'Object', 'entries') && given[0] ? entriesOfObject(given[0], follower) : undefined;
    case 'filter':
    case 'reverse':
    case 'sort':
      return follower.valuesOf(object).some(({ kind }) => kind === 'array' || kind === 'list')
        ? follower.valuesOf(object)
        : undefined;
    case 'map':
      return given[0] ? mapped(object, given[0], spot, follower) : undefined;
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

/** Whether it is a member of something of the language: `Object.values`. */
export function isMemberOf(callee: Node, object: string, name: string): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === object &&
    keyOf(callee.property, callee.computed) === name
  );
}
