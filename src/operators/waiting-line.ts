import type { QueuedCall } from './queued-call.js';

/** How urgent a call is, against the other calls that wait. */
export type Priority = 'high' | 'normal' | 'low';

/** Calls in the order in which they go; each knows its neighbours. */
export interface List {
  first: QueuedCall | undefined;
  last: QueuedCall | undefined;
}

/** From first to last. */
export const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

// The lists of one priority, from first to last: sent in the background, while the app is there; ran before, and were cut;
// never ran.
const SENT = 0;
const CUT = 1;
const FRESH = 2;
const RANKS = 3;

/** A line of waiting calls: in, out and cancel cost the same however long it is. A doubly linked list for each priority and rank. */
export class WaitingLine {
  size = 0;
  private readonly lists: List[] = [];
  /** Nobody stands in a list before it. */
  private lowest = 0;

  constructor() {
    for (let index = 0; index < PRIORITIES.length * RANKS; index++)
      this.lists.push({ first: undefined, last: undefined });
  }

  add(call: QueuedCall, inBackground: boolean): void {
    this.append(call, inBackground && call.terms.background === 'send' ? SENT : call.atHead ? CUT : FRESH);
  }

  /** @returns whether the call was still in the line */
  remove(call: QueuedCall): boolean {
    const { list, before, behind } = call;
    if (!list) return false;
    if (before) before.behind = behind;
    else list.first = behind;
    if (behind) behind.before = before;
    else list.last = before;
    call.list = call.before = call.behind = undefined;
    this.size--;
    return true;
  }

  /** Takes the next call out; in the background only one that is sent there. */
  take(inBackground: boolean): QueuedCall | undefined {
    if (this.size === 0) return undefined;
    const { lists } = this;
    while (!lists[this.lowest]?.first) this.lowest++;
    let index = this.lowest;
    if (inBackground) while (index < lists.length && (index % RANKS !== SENT || !lists[index]?.first)) index++;
    const call = lists[index]?.first;
    if (call) this.remove(call);
    return call;
  }

  /** Lets the calls that are sent in the background stand apart, and takes out those that it refuses. */
  enterBackground(): QueuedCall[] {
    const refused: QueuedCall[] = [];
    this.lists.forEach(({ first }, index) => {
      // They stand apart since the last time.
      if (index % RANKS === SENT) return;
      for (let call = first, behind = call?.behind; call; call = behind, behind = call?.behind) {
        const { background } = call.terms;
        if (background === 'hold') continue;
        this.remove(call);
        if (background === 'send') this.append(call, SENT);
        else refused.push(call);
      }
    });
    return refused;
  }

  private append(call: QueuedCall, rank: number): void {
    const index = PRIORITIES.indexOf(call.terms.priority) * RANKS + rank;
    if (index < this.lowest) this.lowest = index;
    const list = this.lists[index] as List;
    call.list = list;
    call.before = list.last;
    if (list.last) list.last.behind = call;
    else list.first = call;
    list.last = call;
    this.size++;
  }
}
