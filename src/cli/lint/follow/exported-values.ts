import { definedValues } from './evaluate-name.js';
import type { ModuleFacts, Spot } from './module-facts.js';
import type { Follower, Values } from './values.js';

/** Works out a member of an enum; the name `'?'` is one that is not known. */
export function enumValues(of: Spot, name: string, follower: Follower): Values {
  if (of.node.type !== 'TSEnumDeclaration') return [];
  const { members } = of.node.body ?? of.node;
  return members.flatMap(({ id, initializer }): Values => {
    const key = id.type === 'StringLiteral' ? id.value : 'name' in id ? id.name : '';
    if (!initializer || (name !== '?' && key !== name)) return [];
    return follower.valuesOf({ ...of, node: initializer });
  });
}

/** Works out what a module gives under a name. */
export function exportedValues(module: ModuleFacts, name: string, spot: Spot, follower: Follower): Values {
  if (module.root.type !== 'Program') {
    // JSON: the value is the file.
    const whole = follower.valuesOf({ node: module.root, scope: module.scope });
    return name === 'default' ? whole : follower.memberOf(whole, name, spot);
  }
  const own = module.exports.get(name);
  const at: Spot = { node: module.root, scope: module.scope };
  if (own) return own.flatMap((definition) => definedValues(definition, at, follower));
  if (module.commonjs.length > 0) {
    const whole = module.commonjs.flatMap((given) => follower.valuesOf(given));
    return name === 'default' ? whole : follower.memberOf(whole, name, spot);
  }
  if (name === 'default') return [{ kind: 'namespace', module }];
  for (const source of module.stars) {
    const other = follower.moduleNamed(source, module);
    const found =
      other && other !== module ? follower.memberOf([{ kind: 'namespace', module: other }], name, spot) : [];
    if (found.length > 0) return found;
  }
  return [];
}
