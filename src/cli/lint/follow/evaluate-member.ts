import type { Node } from '@babel/types';
import { classMember } from './class-members.js';
import { isDevelopmentName } from './development.js';
import { enumValues, exportedValues } from './exported-values.js';
import { elementsOf, itemsOf } from './list-items.js';
import { keyOf } from './patterns.js';
import { returnsOf } from './returned-values.js';
import { isTelling } from './field-names.js';
import { apiNamed, clientMember } from './takes-address.js';
import type { Spot } from './module-facts.js';
import { bindingOf } from './scope.js';
import { whileDeveloping, type Follower, type Value, type Values } from './values.js';

const NOTHING: Value = { kind: 'nothing' };

/** Works out a member of some values; the name `'?'` is one that is not known. */
export function memberOf(values: Values, name: string, spot: Spot, follower: Follower): Values {
  if (values.length === 1 && values[0]) return memberOfOne(values[0], name, spot, follower);
  const found = new Set<Value>();
  let isMissing = false;
  for (const value of values) {
    const members = memberOfOne(value, name, spot, follower);
    isMissing ||= members.length === 0;
    for (const member of members) found.add(member);
  }
  return isMissing && found.size > 0 ? [...found, NOTHING] : [...found];
}

/** Works out `object.name`. What is written to a member of a name belongs to whatever the name stands for. */
export function memberAt(object: Spot, name: string, spot: Spot, follower: Follower): Values {
  const { node } = object;
  const writes = node.type === 'Identifier' ? bindingOf(object.scope, node.name)?.writes?.get(name) : undefined;
  const assigned = (writes ?? []).flatMap(({ value, development }) =>
    whileDeveloping(follower.valuesOf({ ...value, frame: object.frame }), development),
  );
  const found = memberOf(follower.valuesOf(object), name, spot, follower);
  return assigned.length > 0 ? [...assigned, ...found.filter(({ kind }) => kind !== 'lost')] : found;
}

function memberOfOne(value: Value, name: string, spot: Spot, follower: Follower): Values {
  switch (value.kind) {
    case 'object': {
      const found = objectMember(value.spot, name, spot, follower);
      if (found) return whileDeveloping(withDefaults(found, follower), value.development);
      if (name === '?') return [];
      const written = writtenTo(name, follower);
      return written.length > 0 || value.isThis !== true
        ? written
        : withDefaults(follower.fieldsNamed(name, spot), follower);
    }
    case 'array':
    case 'list': {
      if (name === '?') return elementsOf([value], spot, follower);
      const item = /^\d+$/.test(name) ? itemsOf(value, follower)?.[Number(name)] : undefined;
      return item ? follower.valuesOf(item) : [];
    }
    case 'enum':
      return enumValues(value.spot, name, follower);
    case 'class':
    case 'instance': {
      const found = classMember(value.spot, name, follower);
      return found.length > 0 ? found : value.kind === 'instance' ? follower.fieldsNamed(name, spot) : [];
    }
    case 'merged': {
      for (const part of [...value.parts].reverse()) {
        const found = follower.lookUp(part, name, () => memberAt(part, name, spot, follower));
        if (found.length > 0) return found;
      }
      return [];
    }
    case 'namespace':
      return exportedValues(value.module, name, spot, follower);
    case 'platform': {
      const api = apiNamed(name);
      if (api) return [api];
      if (name === 'xfetch') return [{ kind: 'client', made: spot, bases: [] }];
      if (/^(?:wx|pro|p|default|promise)$/.test(name)) return [value];
      const written = writtenTo(name, follower);
      return written.length > 0 ? written : [{ kind: 'lost', spot }];
    }
    case 'client':
      return [clientMember(value, name)];
    case 'package':
      return [value];
    case 'text':
      // `ref('…').value`
      return name === 'value' ? [value] : [];
    case 'function': {
      const written = writtenTo(name, follower);
      return written.length > 0 ? written : [];
    }
    case 'lost': {
      const fields = name === '?' ? [] : follower.fieldsNamed(name, spot);
      return fields.length > 0 && fields.some(({ kind }) => kind !== 'lost') ? fields : [value];
    }
    default:
      return [];
  }
}

/** A property of a component is what it is unless a page says otherwise: `action: { type: String, value: … }`. */
function withDefaults(values: Values, follower: Follower): Values {
  return values.flatMap((value): Values => {
    if (value.kind !== 'object' || value.spot.node.type !== 'ObjectExpression') return [value];
    const given = new Map<string, Node>();
    for (const property of value.spot.node.properties) {
      if (property.type === 'ObjectProperty') given.set(keyOf(property.key, property.computed) ?? '', property.value);
    }
    const type = given.get('type');
    const preset = given.get('value') ?? given.get('default');
    const isDeclared = type?.type === 'Identifier' && type.name === 'String' && preset !== undefined;
    return isDeclared ? follower.valuesOf({ ...value.spot, node: preset }) : [value];
  });
}

function writtenTo(name: string, follower: Follower): Values {
  return isTelling(name) ? follower.writesNamed(name).flatMap(({ value }) => follower.valuesOf(value)) : [];
}

/** `undefined`: it has none of that name. */
function objectMember(of: Spot, name: string, spot: Spot, follower: Follower): Values | undefined {
  if (of.node.type !== 'ObjectExpression') return undefined;
  const found: Value[] = [];
  let met = false;
  for (const property of [...of.node.properties].reverse()) {
    if (property.type === 'SpreadElement') {
      const other = { ...of, node: property.argument };
      const spread = follower.lookUp(other, name, () => memberAt(other, name, spot, follower));
      found.push(...spread);
      met ||= spread.length > 0;
      continue;
    }
    const key = keyOf(property.key, property.computed) ?? computedKey({ ...of, node: property.key }, follower);
    if (name === '?') {
      const values = propertyValues(property, of, follower);
      found.push(...whileDeveloping(values, key !== undefined && isDevelopmentName(key)));
      met = true;
    } else if (key === name) {
      return [...found, ...propertyValues(property, of, follower)];
    }
  }
  return met ? found : undefined;
}

/** `{ [Stage.Release]: … }` */
function computedKey(key: Spot, follower: Follower): string | undefined {
  const [value, ...others] = follower.valuesOf(key);
  return value?.kind === 'text' && !value.lost && others.length === 0 ? value.text : undefined;
}

function propertyValues(
  property: Extract<Node, { type: 'ObjectProperty' | 'ObjectMethod' }>,
  of: Spot,
  follower: Follower,
): Values {
  if (property.type === 'ObjectProperty') return follower.valuesOf({ ...of, node: property.value });
  const spot = { ...of, node: property };
  return property.kind === 'get' ? returnsOf(spot, follower) : [{ kind: 'function', spot }];
}
