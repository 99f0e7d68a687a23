import type { QueuedCall } from './queued-call.js';

/** How urgent a call is, against the other calls that wait. */
export type Priority = 'high' | 'normal' | 'low';

/** Calls in the order in which they go; each knows its neighbours. */
export interface List {
  first: QueuedCall | undefined;
  last: QueuedCall | undefined;
}

/** A line of waiting calls: in, out and cancel cost the same however long it is. */
export interface WaitingLine {
  readonly size: number;
  add(call: QueuedCall, inBackground: boolean): void;
  /** @returns whether the call was still in the line */
  remove(call: QueuedCall): boolean;
  /** Takes the next call out; in the background only one that is sent there. */
  take(inBackground: boolean): QueuedCall | undefined;
  /** Lets the calls that are sent in the background stand apart, and takes out those that it refuses. */
  enterBackground(): QueuedCall[];
}

/** From first to last. */
export const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

// The lists of one priority, from first to last: sent in the background, while the app is there; ran before, and were cut;
// never ran.
const SENT = 0;
const CUT = 1;
const FRESH = 2;
const RANKS = 3;

/** One doubly linked list for each priority and rank. */
export function createWaitingLine(): WaitingLine {
  const lists: List[] = [];
  for (let index = 0; index < PRIORITIES.length * RANKS; index++) lists.push({ first: undefined, last: undefined });
  let size = 0;

  const append = (call: QueuedCall, rank: number) => {
    const list = lists[PRIORITIES.indexOf(call.terms.priority) * RANKS + rank] as List;
    call.list = list;
    call.before = list.last;
    if (list.last) list.last.behind = call;
    else list.first = call;
    list.last = call;
    size++;
  };

  const remove = (call: QueuedCall) => {
    const { list, before, behind } = call;
    if (!list) return false;
    if (before) before.behind = behind;
    else list.first = behind;
    if (behind) behind.before = before;
    else list.last = before;
    call.list = call.before = call.behind = undefined;
    size--;
    return true;
  };

  return {
    get size() {
      return size;
    },
    add(call, inBackground) {
      append(call, inBackground && call.terms.background === 'send' ? SENT : call.atHead ? CUT : FRESH);
    },
    remove,
    take(inBackground) {
      for (let index = SENT; size > 0 && index < lists.length; index += inBackground ? RANKS : 1) {
        const call = lists[index]?.first;
        if (call) {
          remove(call);
          return call;
        }
      }
      return undefined;
    },
    enterBackground() {
      const refused: QueuedCall[] = [];
      lists.forEach(({ first }, index) => {
        // They stand apart since the last time.
        if (index % RANKS === SENT) return;
        for (let call = first, behind = call?.behind; call; call = behind, behind = call?.behind) {
          const { background } = call.terms;
          if (background === 'hold') continue;
          remove(call);
          if (background === 'send') append(call, SENT);
          else refused.push(call);
        }
      });
      return refused;
    },
  };
}
