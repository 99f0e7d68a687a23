import type { Spot } from './module-facts.js';
import type { Follower, Value, Values } from './values.js';

/** More are not told apart. */
const MAX_ITEMS = 64;
/** `all = [...all, item]` has no end. */
const MAX_SPREADS = 8;

/** What stands in a list, with the lists that are spread in it; `undefined`: it is no list, or nobody knows. */
export function itemsOf(value: Value, follower: Follower, spreads = 0): readonly Spot[] | undefined {
  if (value.kind === 'list') return value.items;
  if (value.kind !== 'array' || value.spot.node.type !== 'ArrayExpression') return undefined;
  const { elements } = value.spot.node;
  return spreadItems(
    elements.flatMap((element) => (element ? [{ ...value.spot, node: element }] : [])),
    follower,
    spreads,
  );
}

/** The same, where `...list` is put in; what nobody knows stays as it is. */
export function spreadItems(items: readonly Spot[], follower: Follower, spreads = 0): readonly Spot[] {
  if (spreads === MAX_SPREADS || !items.some(({ node }) => node.type === 'SpreadElement')) return items;
  return items
    .flatMap((item) => {
      if (item.node.type !== 'SpreadElement') return [item];
      const [value, ...others] = follower.valuesOf({ ...item, node: item.node.argument });
      return (value && others.length === 0 ? itemsOf(value, follower, spreads + 1) : undefined) ?? [item];
    })
    .slice(0, MAX_ITEMS);
}

/** What any element of some lists may be. */
export function elementsOf(values: Values, spot: Spot, follower: Follower): Values {
  return values.flatMap((value): Values => {
    if (value.kind === 'lost') return [value];
    const items = itemsOf(value, follower);
    if (!items) return [{ kind: 'lost', spot }];
    return items.slice(0, MAX_ITEMS).flatMap((item): Values => {
      if (item.node.type !== 'SpreadElement') return follower.valuesOf(item);
      const other = { ...item, node: item.node.argument };
      return follower.lookUp(other, '...', () => elementsOf(follower.valuesOf(other), spot, follower));
    });
  });
}
