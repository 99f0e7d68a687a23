import type { Spot } from './module-facts.js';

/** How something is written, as far as one reads. */
export function sourceOf({ node, scope }: Spot): string {
  return scope.module.source.script.slice(node.start ?? 0, Math.min(node.end ?? 0, (node.start ?? 0) + 80));
}
