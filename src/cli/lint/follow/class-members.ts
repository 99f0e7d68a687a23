import { returnsOf } from './returned-values.js';
import { keyOf } from './patterns.js';
import type { Spot } from './module-facts.js';
import type { Follower, Value, Values } from './values.js';

/** What a class, those that it extends and those that extend it have under a name: `this` may be any of them. */
export function classMember(of: Spot, name: string, follower: Follower): Values {
  const found = new Set<Value>();
  for (const spot of familyOf(of, follower)) {
    for (const value of ownMember(spot, name, follower)) found.add(value);
  }
  return [...found];
}

/** The function that `new` runs: the constructor, or the inherited one. */
export function constructorOf(of: Spot, follower: Follower): Spot | undefined {
  for (const spot of lineOf(of, follower)) {
    if (spot.node.type !== 'ClassDeclaration' && spot.node.type !== 'ClassExpression') continue;
    const own = spot.node.body.body.find((member) => member.type === 'ClassMethod' && member.kind === 'constructor');
    if (own) return { node: own, scope: spot.scope, frame: spot.frame };
  }
  return undefined;
}

/** The classes that a class extends, as far as they are known. */
export function basesOf({ node, scope, frame }: Spot, follower: Follower): readonly Spot[] {
  if ((node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') || !node.superClass) return [];
  return follower
    .valuesOf({ node: node.superClass, scope, frame })
    .flatMap((value) => (value.kind === 'class' ? [value.spot] : []));
}

function lineOf(of: Spot, follower: Follower): Spot[] {
  const line = [of];
  for (const spot of line) {
    for (const base of basesOf(spot, follower)) if (!line.some(({ node }) => node === base.node)) line.push(base);
  }
  return line;
}

function familyOf(of: Spot, follower: Follower): Spot[] {
  const family = lineOf(of, follower);
  for (const spot of [...family]) {
    // Of the siblings nothing is wanted.
    if (spot.node !== of.node) continue;
    const waiting = [spot];
    for (const base of waiting) {
      for (const derived of follower.derivedOf(base.node)) {
        if (family.some(({ node }) => node === derived.node)) continue;
        family.push(derived);
        waiting.push(derived);
      }
    }
  }
  return family;
}

function ownMember(spot: Spot, name: string, follower: Follower): Values {
  const { node, frame } = spot;
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return [];
  const { module } = spot.scope;
  const scope = module.scopes.get(node) ?? spot.scope;
  const found: Value[] = [];
  for (const member of node.body.body) {
    if (member.type === 'ClassMethod' && member.kind === 'constructor') {
      for (const parameter of member.params) {
        if (parameter.type !== 'TSParameterProperty') continue;
        const { parameter: pattern } = parameter;
        const id = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
        const inside = module.scopes.get(member);
        if (id.type === 'Identifier' && id.name === name && inside) {
          found.push(...follower.valuesOf({ node: id, scope: inside, frame }));
        }
      }
    }
    if (!('key' in member) || keyOf(member.key, 'computed' in member && member.computed) !== name) continue;
    if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') {
      const method = { node: member, scope, frame };
      found.push(
        ...(member.kind === 'get' ? returnsOf(method, follower) : [{ kind: 'function', spot: method } as const]),
      );
    } else if ('value' in member && member.value) {
      found.push(...follower.valuesOf({ node: member.value, scope, frame }));
    }
  }
  for (const { object, value } of module.writes.get(name.replace(/^#/, '')) ?? []) {
    const self = object.node.type === 'ThisExpression' && object.scope.holder?.node === node;
    const named = object.node.type === 'Identifier' && 'id' in node && node.id?.name === object.node.name;
    if (self || named) found.push(...follower.valuesOf(value));
  }
  return found;
}
