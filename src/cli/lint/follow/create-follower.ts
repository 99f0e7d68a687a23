import type { Node } from '@babel/types';
import { basesOf } from './class-members.js';
import { evaluate } from './evaluate.js';
import { memberOf } from './evaluate-member.js';
import { isTelling } from './field-names.js';
import { addCaller, findCallers, memberNames, type Callers } from './find-callers.js';
import { addTo, type CallSite, type ModuleFacts, type Spot, type Write } from './module-facts.js';
import type { Program } from './program.js';
import { rememberValues } from './remember-values.js';
import type { Caller, Follower, Value, Values } from './values.js';

const MAX_FIELDS = 16;

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
  const memory = rememberValues((spot) => evaluate(spot, follower));
  const { valuesOf } = memory;
  let callers: Callers = new Map();
  let derived: Map<Node, Spot[]> | undefined;
  let apps: Spot[] | undefined;

  const fieldsNamed = (name: string, spot: Spot): Values => {
    const spots = isTelling(name)
      ? [...(properties.get(name) ?? []), ...(writes.get(name) ?? []).map(({ value }) => value)]
      : [];
    const found = new Set<Value>();
    for (const field of spots.slice(0, MAX_FIELDS)) {
      for (const value of valuesOf(field)) if (value.kind !== 'lost') found.add(guessed(value));
    }
    return found.size > 0 ? [...found] : [{ kind: 'lost', spot }];
  };

  const follower: Follower = {
    valuesOf,
    lookUp: memory.lookUp,
    memberOf: (values, name, spot) => memberOf(values, name, spot, follower),
    callersOf: (fn) => {
      memory.callersAsked();
      return callers.get(fn) ?? [];
    },
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

  const names = memberNames(modules);
  const found = (site: CallSite): [Node, Caller][] => {
    const pairs: [Node, Caller][] = [];
    memory.begin();
    findCallers(site, names, follower, (fn, caller) => pairs.push([fn, caller]));
    return pairs;
  };
  // What is called may itself be a parameter, whose callers are known only then: those are asked for twice.
  const first: Callers = new Map();
  const settled: Callers = new Map();
  const again: CallSite[] = [];
  for (const { calls } of modules) {
    for (const site of calls) {
      let pairs: [Node, Caller][] = [];
      const asks = memory.asksCallers(() => (pairs = found(site)));
      if (asks) again.push(site);
      for (const [fn, caller] of pairs) {
        addCaller(first, fn, caller);
        if (!asks) addCaller(settled, fn, caller);
      }
    }
  }
  callers = first;
  memory.forgetCallers();
  derived = undefined;
  for (const site of again) for (const [fn, caller] of found(site)) addCaller(settled, fn, caller);
  callers = settled;
  memory.forgetCallers();
  derived = undefined;
  return { ...follower, begin: memory.begin };
}

function joined<Item extends Spot | Write>(
  modules: readonly ModuleFacts[],
  of: (module: ModuleFacts) => ReadonlyMap<string, readonly Item[]>,
): Map<string, Item[]> {
  const all = new Map<string, Item[]>();
  for (const module of modules) {
    if (module.source.thirdParty) continue;
    for (const [name, items] of of(module)) {
      if (isTelling(name)) for (const item of items) addTo(all, name, item);
    }
  }
  return all;
}

function guessed(value: Value): Value {
  if (value.kind !== 'text') return value;
  // A bundler's constants are code: `'"https://…"'`.
  const [, inner = value.text] = /^"(.*)"$/s.exec(value.text) ?? [];
  return { ...value, text: inner, guessed: true };
}
