/** So many tags are remembered. */
const MAX_TAGS = 1_000;

/** When each tag was last invalidated, counted in the order of all questions. */
export class Invalidations {
  private readonly orderOf = new Map<string, number>();

  add(tags: readonly string[], order: number): void {
    for (const tag of tags) {
      // The last one of the map is the one invalidated last.
      this.orderOf.delete(tag);
      this.orderOf.set(tag, order);
    }
    for (const [tag] of this.orderOf) if (this.orderOf.size > MAX_TAGS) this.orderOf.delete(tag);
  }

  /** Whether what was asked at that time knows of each invalidation of the tags. */
  areKnown(tags: ReadonlySet<string>, asked: number): boolean {
    return ![...tags].some((tag) => (this.orderOf.get(tag) ?? -1) >= asked);
  }
}
