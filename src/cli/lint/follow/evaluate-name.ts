import type { Definition, PatternPath, Spot } from './module-facts.js';
import { bindingOf } from './scope.js';
import { elementsOf, itemsOf, spreadItems } from './list-items.js';
import { whileDeveloping, type Follower, type Value, type Values } from './values.js';

const PLATFORMS = new Set(['wx', 'uni', 'Taro', 'my', 'tt', 'swan', 'qq', 'ks', 'jd', 'dd', 'wxp', 'mpx', 'wepy']);
const PLATFORM_PACKAGE =
  /^(?:@tarojs\/taro|@mpxjs\/core|@mpxjs\/api-proxy|wepy|@wepy\/core|@dcloudio\/uni-app|remax\/.*)$/;

/** Works out what a name may be. */
export function identifierValues(spot: Spot, name: string, follower: Follower): Values {
  if (name === 'undefined') return [];
  const binding = bindingOf(spot.scope, name);
  if (!binding || (binding.definitions.length === 0 && PLATFORMS.has(name))) {
    if (PLATFORMS.has(name)) return [{ kind: 'platform' }];
    // Such as the bundler puts in: `defineConstants: { API_HOST: … }`.
    return follower.fieldsNamed(name, spot);
  }
  return binding.definitions.flatMap((definition) =>
    whileDeveloping(definedValues(definition, spot, follower), definition.development),
  );
}

/** What one definition makes of a name. */
export function definedValues(definition: Definition, spot: Spot, follower: Follower): Values {
  const { path, fallback } = definition;
  const orFallback = (values: Values): Values => {
    const found = followed(values, path, spot, follower);
    return found.length > 0 || !fallback ? found : follower.valuesOf({ ...fallback, frame: spot.frame });
  };
  switch (definition.kind) {
    case 'value':
      return orFallback(follower.valuesOf(inFrame(definition.spot, spot)));
    case 'element':
      return orFallback(elementsOf(follower.valuesOf(inFrame(definition.spot, spot)), spot, follower));
    case 'import':
      return followed(importedValues(definition.source, definition.name, spot, follower), path, spot, follower);
    case 'parameter':
      return parameterValues(definition, spot, follower, orFallback);
  }
}

/** A constant of the module is the same in every call. */
function inFrame(to: Spot, { frame }: Spot): Spot {
  return to.scope.outer === undefined ? to : { ...to, frame };
}

function parameterValues(
  definition: Extract<Definition, { kind: 'parameter' }>,
  spot: Spot,
  follower: Follower,
  orFallback: (values: Values) => Values,
): Values {
  const { function: fn } = definition;
  for (let frame = spot.frame; frame; frame = frame.outer) {
    if (frame.function === fn) return orFallback(argumentValues(frame.arguments, definition, follower));
  }
  const callers = follower.callersOf(fn);
  if (callers.length === 0) {
    const values = definition.fallback ? orFallback([]) : [];
    return values.length > 0 ? values : [{ kind: 'lost', spot }];
  }
  const found = new Set<Value>();
  let isMissing = false;
  for (const { arguments: given, elementsOf: list } of callers) {
    const values =
      list && definition.index === given.length && !definition.isRest
        ? elementsOf(follower.valuesOf(list), spot, follower)
        : argumentValues(given, definition, follower);
    const passed = orFallback(values);
    isMissing ||= passed.length === 0;
    for (const value of passed) found.add(value);
  }
  return isMissing && found.size > 0 ? [...found, { kind: 'nothing' }] : [...found];
}

function argumentValues(
  written: readonly Spot[],
  { index, isRest }: { readonly index: number; readonly isRest: boolean },
  follower: Follower,
): Values {
  const given = spreadItems(written, follower);
  if (isRest) return [{ kind: 'list', items: given.slice(index) }];
  const spread = given.findIndex(({ node }) => node.type === 'SpreadElement');
  const argument = spread !== -1 && spread <= index ? given[spread] : given[index];
  if (argument?.node.type !== 'SpreadElement') return argument ? follower.valuesOf(argument) : [];
  // One of several lists: each may be the one.
  const lists = follower.valuesOf({ ...argument, node: argument.node.argument });
  const found = lists.flatMap((list): Values => {
    const item = itemsOf(list, follower)?.[index - spread];
    return item && item.node.type !== 'SpreadElement' ? follower.valuesOf(item) : [];
  });
  return found.length > 0 ? found : [{ kind: 'lost', spot: argument }];
}

function followed(values: Values, path: PatternPath, spot: Spot, follower: Follower): Values {
  return path.reduce<Values>((found, name) => follower.memberOf(found, name, spot), values);
}

/** What `import`, `require` and `import()` give. */
export function importedValues(source: string, name: string, spot: Spot, follower: Follower): Values {
  const module = follower.moduleNamed(source, spot.scope.module);
  if (!module) {
    if (PLATFORM_PACKAGE.test(source)) {
      const whole: Values = [{ kind: 'platform' }];
      return /^(?:\*|require|default|Taro)$/.test(name) ? whole : follower.memberOf(whole, name, spot);
    }
    return [{ kind: 'package', name: source }];
  }
  const whole: Values = [{ kind: 'namespace', module }];
  if (name !== '*' && name !== 'require') return follower.memberOf(whole, name, spot);
  const isData = module.root.type !== 'Program';
  return isData || module.commonjs.length > 0 ? follower.memberOf(whole, 'default', spot) : whole;
}
