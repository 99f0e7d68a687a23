import type { Binding, Definition, Scope, Spot } from './module-facts.js';

/** The name as it is seen from a scope. */
export function bindingOf(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const binding = at.bindings?.get(name);
    if (binding) return binding;
  }
  return undefined;
}

/** Adds a definition to a name of this scope. */
export function define(scope: Scope, name: string, definition: Definition): void {
  bindingIn(scope, name).definitions.push(definition);
}

/** The name in this scope, made if it is not there. */
export function bindingIn(scope: Scope, name: string): Binding {
  const bindings = (scope.bindings ??= new Map<string, Binding>());
  let binding = bindings.get(name);
  if (!binding) bindings.set(name, (binding = { definitions: [], writes: undefined }));
  return binding;
}

/** The scope within another. */
export function innerScope(outer: Scope, holder: Spot | undefined, isFunction: boolean): Scope {
  return { module: outer.module, outer, bindings: undefined, isFunction, holder };
}

/** The scope in which `var` lands. */
export function functionScope(scope: Scope): Scope {
  let at = scope;
  while (!at.isFunction && at.outer) at = at.outer;
  return at;
}
