/** So many tags are remembered. */
const MAX_TAGS = 1_000;

/** When each tag was last invalidated, counted in the order of all questions. */
export function invalidationsOf() {
  const orderOf = new Map<string, number>();
  /** When the last one was invalidated of those that are not remembered. */
  let others = -1;
  return {
    add(tags: readonly string[], order: number): void {
      for (const tag of tags) {
        // The last one of the map is the one invalidated last.
        orderOf.delete(tag);
        orderOf.set(tag, order);
      }
      for (const [tag, at] of orderOf) {
        if (orderOf.size <= MAX_TAGS) break;
        orderOf.delete(tag);
        others = at;
      }
    },
    /** Whether what was asked at that time knows of each invalidation of the tags. */
    areKnown: (tags: ReadonlySet<string>, asked: number): boolean =>
      ![...tags].some((tag) => (orderOf.get(tag) ?? others) >= asked),
  };
}
