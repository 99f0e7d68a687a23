import type { Observable, Subscriber } from 'rxjs';

/** How urgent a call is, against the other calls that wait. */
export type Priority = 'high' | 'normal' | 'low';

/** What becomes of a waiting call while the queue is paused. */
export type WhenPaused = 'wait' | 'refuse' | 'pass';

/** A call in the line: what to subscribe, for whom, and its links to the neighbours. */
export interface WaitingCall {
  readonly source: Observable<unknown>;
  readonly subscriber: Subscriber<unknown>;
  readonly priority: Priority;
  readonly whenPaused: WhenPaused;
  readonly atHead: boolean;
  list: List | undefined;
  previous: WaitingCall | undefined;
  next: WaitingCall | undefined;
}

interface List {
  first: WaitingCall | undefined;
  last: WaitingCall | undefined;
}

/** A line of waiting calls: in, out and cancel cost the same however long it is. */
export interface WaitingLine {
  readonly size: number;
  add(call: WaitingCall, paused: boolean): void;
  /** @returns whether the call was still in the line */
  remove(call: WaitingCall): boolean;
  /** Takes the next call out; of a paused line only those that may pass. */
  take(paused: boolean): WaitingCall | undefined;
  /** Lets the calls that may pass through the pause stand apart, and takes out those that refuse to wait for its end. */
  pause(): WaitingCall[];
}

/** From first to last. */
export const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

/**
 * One doubly linked list for each priority and rank. Ranks within a priority: calls that pass through a pause, calls
 * that ran before and were cut, calls that never ran.
 */
export function createWaitingLine(): WaitingLine {
  const ranks = (): [List, List, List] => [emptyList(), emptyList(), emptyList()];
  const lists: { readonly [P in Priority]: [passing: List, cut: List, fresh: List] } = {
    high: ranks(),
    normal: ranks(),
    low: ranks(),
  };
  let size = 0;

  const append = (list: List, call: WaitingCall) => {
    call.list = list;
    call.previous = list.last;
    if (list.last) list.last.next = call;
    else list.first = call;
    list.last = call;
    size++;
  };

  const remove = (call: WaitingCall) => {
    const { list, previous, next } = call;
    if (!list) return false;
    if (previous) previous.next = next;
    else list.first = next;
    if (next) next.previous = previous;
    else list.last = previous;
    call.list = call.previous = call.next = undefined;
    size--;
    return true;
  };

  return {
    get size() {
      return size;
    },
    add(call, paused) {
      const [passing, cut, fresh] = lists[call.priority];
      append(paused && call.whenPaused === 'pass' ? passing : call.atHead ? cut : fresh, call);
    },
    remove,
    take(paused) {
      for (const priority of PRIORITIES) {
        const [passing, cut, fresh] = lists[priority];
        const call = passing.first ?? (paused ? undefined : (cut.first ?? fresh.first));
        if (call) {
          remove(call);
          return call;
        }
      }
      return undefined;
    },
    pause() {
      const refused: WaitingCall[] = [];
      for (const priority of PRIORITIES) {
        const [passing, cut, fresh] = lists[priority];
        for (const list of [cut, fresh]) {
          for (let call = list.first, next = call?.next; call; call = next, next = call?.next) {
            if (call.whenPaused === 'wait') continue;
            remove(call);
            if (call.whenPaused === 'pass') append(passing, call);
            else refused.push(call);
          }
        }
      }
      return refused;
    },
  };
}

function emptyList(): List {
  return { first: undefined, last: undefined };
}
