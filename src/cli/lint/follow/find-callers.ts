import type { Node } from '@babel/types';
import { calledAs, givenTo } from './called-as.js';
import { basesOf, constructorOf } from './class-members.js';
import { isOfTexts } from './field-names.js';
import { addTo, type CallSite, type ModuleFacts, type Spot } from './module-facts.js';
import { keyOf } from './patterns.js';
import { bindingOf } from './scope.js';
import type { Caller, Follower } from './values.js';

/** More are not told apart. */
const MAX_CALLERS = 400;

const OVER_ELEMENTS = /^(?:forEach|map|filter|some|every|find|flatMap)$/;
const OF_THE_LANGUAGE = /^(?:console|Math|JSON|Object|Array|Number|Date|Promise|Reflect)$/;

/** Who calls each function. */
export type Callers = Map<Node, Caller[]>;

/** Adds a call to the callers of a function. */
export function addCaller(callers: Callers, fn: Node, caller: Caller): void {
  if ((callers.get(fn)?.length ?? 0) < MAX_CALLERS) addTo(callers, fn, caller);
}

/** The names under which members that are functions can stand: of what has another name nobody is called. */
export function memberNames(modules: readonly ModuleFacts[]): ReadonlySet<string> {
  const names = new Set(['default', 'bind']);
  for (const { properties, writes, exports } of modules) {
    for (const lists of [properties, writes, exports]) for (const name of lists.keys()) names.add(name);
  }
  return names;
}

/** Finds which functions of the app a call may run, and tells each. */
export function findCallers(
  { node, scope }: CallSite,
  names: ReadonlySet<string>,
  follower: Follower,
  tell: (fn: Node, caller: Caller) => void,
): void {
  const { callee, arguments: written } = calledAs(node);
  const given = (): Spot[] => written.map((argument) => ({ node: argument, scope }));
  if (callee.type === 'Super') {
    const { holder } = scope;
    for (const base of holder ? basesOf(holder, follower) : []) {
      const made = constructorOf(base, follower);
      if (made) tell(made.node, { arguments: given() });
    }
    return;
  }
  if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
    const name = keyOf(callee.property, callee.computed);
    const [first] = written;
    if (first && name !== undefined && OVER_ELEMENTS.test(name)) {
      const elementsOf: Spot = { node: callee.object, scope };
      for (const value of follower.valuesOf({ node: first, scope })) {
        if (value.kind === 'function') tell(value.spot.node, { arguments: value.bound ?? [], elementsOf });
      }
      return;
    }
    if (name !== undefined && (!names.has(name) || isOfTexts(name))) return;
    // Of the language and the console nobody is called back with an address.
    const { object } = callee;
    if (object.type === 'Identifier' && OF_THE_LANGUAGE.test(object.name) && !bindingOf(scope, object.name)) return;
  }
  for (const value of follower.valuesOf({ node: callee, scope })) {
    if (value.kind === 'function') tell(value.spot.node, { arguments: givenTo(value.bound, given()) });
    else if (value.kind === 'package' || value.kind === 'lost') tellCalledLater(callee, given(), follower, tell);
    else if (value.kind === 'class') {
      const made = constructorOf(value.spot, follower);
      if (made) tell(made.node, { arguments: given() });
    }
  }
}

/** `yield call(fetchUser, id)`: whoever runs the saga calls it. */
function tellCalledLater(
  callee: Node,
  [fn, ...given]: readonly Spot[],
  follower: Follower,
  tell: (fn: Node, caller: Caller) => void,
): void {
  if (!fn || callee.type !== 'Identifier' || !/^(?:call|fork|spawn)$/.test(callee.name)) return;
  for (const value of follower.valuesOf(fn)) {
    if (value.kind === 'function') tell(value.spot.node, { arguments: givenTo(value.bound, given) });
  }
}
