import type { Observable, Subscriber } from 'rxjs';
import type { BackgroundPolicy } from '../platform/app-state.js';
import type { CallDetails } from '../platform/network-error.js';

/** How urgent a call is, against the other calls that wait. */
export type Priority = 'high' | 'normal' | 'low';

/** A call in the line: what to subscribe, for whom, and its links to the neighbours. */
export interface WaitingCall {
  readonly source: Observable<unknown>;
  readonly subscriber: Subscriber<unknown>;
  readonly priority: Priority;
  readonly background: BackgroundPolicy;
  readonly atHead: boolean;
  readonly call: CallDetails | undefined;
  list: List | undefined;
  previous: WaitingCall | undefined;
  next: WaitingCall | undefined;
}

interface List {
  first: WaitingCall | undefined;
  last: WaitingCall | undefined;
}

/** The calls of one priority, by rank. */
interface Ranks {
  /** Sent in the background, while the app is there. */
  readonly sent: List;
  /** Ran before, and were cut. */
  readonly cut: List;
  /** Never ran. */
  readonly fresh: List;
}

/** A line of waiting calls: in, out and cancel cost the same however long it is. */
export interface WaitingLine {
  readonly size: number;
  add(call: WaitingCall, inBackground: boolean): void;
  /** @returns whether the call was still in the line */
  remove(call: WaitingCall): boolean;
  /** Takes the next call out; in the background only one that is sent there. */
  take(inBackground: boolean): WaitingCall | undefined;
  /** Lets the calls that are sent in the background stand apart, and takes out those that it refuses. */
  enterBackground(): WaitingCall[];
}

/** From first to last. */
export const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

/** One doubly linked list for each priority and rank. */
export function createWaitingLine(): WaitingLine {
  const lists: { readonly [P in Priority]: Ranks } = { high: emptyRanks(), normal: emptyRanks(), low: emptyRanks() };
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
    add(call, inBackground) {
      const { sent, cut, fresh } = lists[call.priority];
      append(inBackground && call.background === 'send' ? sent : call.atHead ? cut : fresh, call);
    },
    remove,
    take(inBackground) {
      if (size === 0) return undefined;
      for (const priority of PRIORITIES) {
        const { sent, cut, fresh } = lists[priority];
        const call = sent.first ?? (inBackground ? undefined : (cut.first ?? fresh.first));
        if (call) {
          remove(call);
          return call;
        }
      }
      return undefined;
    },
    enterBackground() {
      const refused: WaitingCall[] = [];
      for (const priority of PRIORITIES) {
        const { sent, cut, fresh } = lists[priority];
        for (const list of [cut, fresh]) {
          for (let call = list.first, next = call?.next; call; call = next, next = call?.next) {
            if (call.background === 'hold') continue;
            remove(call);
            if (call.background === 'send') append(sent, call);
            else refused.push(call);
          }
        }
      }
      return refused;
    },
  };
}

function emptyRanks(): Ranks {
  const emptyList = (): List => ({ first: undefined, last: undefined });
  return { sent: emptyList(), cut: emptyList(), fresh: emptyList() };
}
