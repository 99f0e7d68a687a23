import type { Node } from '@babel/types';
import { basesOf, constructorOf } from './class-members.js';
import { evaluate } from './evaluate.js';
import { memberOf } from './evaluate-member.js';
import { isTelling } from './field-names.js';
import { addTo, type ModuleFacts } from './module-facts.js';
import { keyOf } from './patterns.js';
import type { Program } from './program.js';
import { bindingOf, type Frame, type Spot, type Write } from './scope.js';
import type { Caller, Follower, Value, Values } from './values.js';

/** How deep an expression is followed, and how far: what takes longer is lost, so that a lint has an end. */
const MOST_DEPTH = 120;
const MOST_STEPS = 20_000;
const MOST_FIELDS = 16;
const MOST_CALLERS = 400;

/** What the environment files say: `process.env.NAME`. */
export type Environment = (name: string) => Values;

/** Follows values through the modules of a program. */
export function createFollower(
  program: Program,
  modules: readonly ModuleFacts[],
  environment: Environment,
): Follower & { /** Begins to count anew. */ readonly begin: () => void } {
  const properties = joined(modules, (module) => module.properties);
  const writes = joined(modules, (module) => module.writes);
  let remembered = new Map<Node, Values>();
  const active = new Map<Node, (Frame | undefined)[]>();
  let depth = 0;
  let steps = 0;
  let cycles = 0;
  let callers = new Map<Node, Caller[]>();
  let derived: Map<Node, Spot[]> | undefined;
  let apps: Spot[] | undefined;

  const valuesOf = (spot: Spot): Values => {
    const { node, frame } = spot;
    const known = frame ? undefined : remembered.get(node);
    if (known) return known;
    const entered = active.get(node) ?? [];
    if (entered.length > 0 && entered.includes(frame)) {
      cycles++;
      return [];
    }
    if (depth > MOST_DEPTH || ++steps > MOST_STEPS) {
      cycles++;
      return [{ kind: 'lost', spot }];
    }
    const before = cycles;
    depth++;
    active.set(node, [...entered, frame]);
    const values = evaluate(spot, follower);
    if (entered.length > 0) active.set(node, entered);
    else active.delete(node);
    depth--;
    // What was cut short is another the next time.
    if (!frame && cycles === before) remembered.set(node, values);
    return values;
  };

  const fieldsNamed = (name: string, spot: Spot): Values => {
    const spots = isTelling(name)
      ? [...(properties.get(name) ?? []), ...(writes.get(name) ?? []).map(({ value }) => value)]
      : [];
    const found = new Set<Value>();
    for (const field of spots.slice(0, MOST_FIELDS)) {
      for (const value of valuesOf(field)) if (value.kind !== 'lost') found.add(guessed(value));
    }
    return found.size > 0 ? [...found] : [{ kind: 'lost', spot }];
  };

  const follower: Follower = {
    valuesOf,
    memberOf: (values, name, spot) => memberOf(values, name, spot, follower),
    callersOf: (fn) => callers.get(fn) ?? [],
    fieldsNamed,
    writesNamed: (name) => writes.get(name) ?? [],
    moduleNamed: program.moduleNamed,
    apps: () =>
      (apps ??= modules.flatMap(({ calls }) =>
        calls.flatMap(({ node, scope }) => {
          const [options] = node.arguments;
          const isApp = node.callee.type === 'Identifier' && /^(?:App|createApp)$/.test(node.callee.name);
          return isApp && options ? [{ node: options, scope }] : [];
        }),
      )),
    derivedOf: (classNode) => {
      if (!derived) {
        derived = new Map();
        for (const spot of modules.flatMap((module) => module.derived)) {
          for (const base of basesOf(spot, follower)) addTo(derived, base.node, spot);
        }
      }
      return derived.get(classNode) ?? [];
    },
    environment: (name, spot) => {
      const values = environment(name);
      return values.length > 0 ? values : fieldsNamed(name, spot);
    },
  };

  // Twice: what is called may itself be a parameter, whose callers are known only then.
  for (let round = 0; round < 2; round++) {
    const found = new Map<Node, Caller[]>();
    for (const module of modules) {
      for (const { node, scope } of module.calls) {
        steps = 0;
        addCall(node, { node, scope }, found, follower);
      }
    }
    callers = found;
    remembered = new Map();
    derived = undefined;
  }
  return { ...follower, begin: () => (steps = 0) };
}

function joined<Item extends Spot | Write>(
  modules: readonly ModuleFacts[],
  of: (module: ModuleFacts) => ReadonlyMap<string, readonly Item[]>,
): Map<string, Item[]> {
  const all = new Map<string, Item[]>();
  for (const module of modules) {
    if (module.source.thirdParty) continue;
    for (const [name, items] of of(module)) for (const item of items) addTo(all, name, item);
  }
  return all;
}

function guessed(value: Value): Value {
  if (value.kind !== 'text') return value;
  // A bundler's constants are code: `'"https://…"'`.
  const [, inner = value.text] = /^"(.*)"$/s.exec(value.text) ?? [];
  return { ...value, text: inner, guessed: true };
}

const OVER_ELEMENTS = /^(?:forEach|map|filter|some|every|find|flatMap)$/;

function addCall(
  node: ModuleFacts['calls'][number]['node'],
  spot: Spot,
  callers: Map<Node, Caller[]>,
  follower: Follower,
): void {
  const { callee } = node;
  const given = node.arguments.map((argument): Spot => ({ ...spot, node: argument }));
  const add = (fn: Node, caller: Caller): void => {
    if ((callers.get(fn)?.length ?? 0) < MOST_CALLERS) addTo(callers, fn, caller);
  };
  if (callee.type === 'Super') {
    const { holder } = spot.scope;
    for (const base of holder ? basesOf(holder, follower) : []) {
      const made = constructorOf(base, follower);
      if (made) add(made.node, { arguments: given });
    }
    return;
  }
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  if (isMember && given[0] && OVER_ELEMENTS.test(keyOf(callee.property, callee.computed) ?? '')) {
    const elementsOf: Spot = { ...spot, node: callee.object };
    for (const value of follower.valuesOf(given[0])) {
      if (value.kind === 'function') add(value.spot.node, { arguments: [], elementsOf });
    }
    return;
  }
  // Of the language and the console nobody is called back with an address.
  if (isMember && callee.object.type === 'Identifier' && isGlobal(callee.object.name, spot)) return;
  for (const value of follower.valuesOf({ ...spot, node: callee })) {
    if (value.kind === 'function') add(value.spot.node, { arguments: given });
    else if (value.kind === 'class') {
      const made = constructorOf(value.spot, follower);
      if (made) add(made.node, { arguments: given });
    }
  }
}

function isGlobal(name: string, { scope }: Spot): boolean {
  return /^(?:console|Math|JSON|Object|Array|Number|Date|Promise|Reflect)$/.test(name) && !bindingOf(scope, name);
}
