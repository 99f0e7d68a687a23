/** A link of a ring; alone, it is its own neighbour. */
export interface Link {
  before: Link;
  behind: Link;
}

/**
 * Those who run, in the order in which they came; each leaves in no time. Not a `Set`, whose table V8 makes anew as it grows and
 * shrinks: with it, a call of `http$` cost a quarter more with ten at once.
 */
export class Ring<Member extends Link> implements Link {
  before: Link = this;
  behind: Link = this;

  get isEmpty(): boolean {
    return this.behind === this;
  }

  get members(): Member[] {
    const members: Member[] = [];
    for (let link = this.behind; link !== this; link = link.behind) members.push(link as Member);
    return members;
  }

  add(link: Member): void {
    link.before = this.before;
    link.behind = this;
    this.before.behind = this.before = link;
  }

  /** @returns whether it was in */
  remove(link: Member): boolean {
    const { before, behind } = link;
    before.behind = behind;
    behind.before = before;
    link.before = link.behind = link;
    return before !== link;
  }
}
