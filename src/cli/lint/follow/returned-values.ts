import type { Spot } from './module-facts.js';
import type { Follower, Values } from './values.js';

/** What a function gives back. */
export function returnsOf(fn: Spot, follower: Follower): Values {
  return (fn.scope.module.returns.get(fn.node) ?? []).flatMap((spot) =>
    follower.valuesOf({ ...spot, frame: fn.frame }),
  );
}
