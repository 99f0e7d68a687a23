import { createWaitDeadlines } from '../../operators/wait-deadlines.js';
import type { QueuedCall, QueueDoor } from '../../operators/queued-call.js';
import { each } from '../../operators/each.js';
import { PRIORITIES } from '../../operators/waiting-line.js';
import { NetworkError } from '../../platform/network-error.js';
import type { SchedulerLike } from 'rxjs';

/** What a call does while there is no network: waits for it, fails at once, or goes all the same. */
export type OfflinePolicy = 'wait' | 'refuse' | 'send';

/** What the gate goes by. */
export interface GateState {
  /** `returning`: there is a network again, but not for all at once. */
  readonly network: 'there' | 'gone' | 'returning';
  /** How many calls may run at once. */
  readonly places: number;
}

/** A door before that of the queue. */
export interface Gate extends QueueDoor {
  /** Calls that wait and may go now, go; calls that wait behind the door, and may not, come back. */
  set(state: GateState): void;
  /** In the background calls are refused by the queue: it hears of those that wait here. */
  hide(): void;
}

/**
 * Makes a gate: calls that may not go wait in front of the queue's door, without a place, in order of priority.
 *
 * @param policyOf - What the call does without a network.
 */
export function createGate(
  door: QueueDoor,
  scheduler: SchedulerLike,
  policyOf: (call: QueuedCall) => OfflinePolicy,
): Gate {
  /** In the order in which they came. */
  const held = new Set<QueuedCall>();
  /** Behind the door: running, or in the queue's own line. */
  const passed = new Set<QueuedCall>();
  let state: GateState = { network: 'there', places: Infinity };
  let draining = false;
  let again = false;

  const deadlines = createWaitDeadlines(scheduler, (call) => {
    if (!held.delete(call)) return;
    const what = `the network was too weak to send it within ${call.terms.maxWaitMs} ms of waiting`;
    call.error(new NetworkError(what, { ...call.details(), code: 'timeout', phase: 'wait' }));
  });

  const isAwaited = (call: QueuedCall) => state.network === 'gone' && policyOf(call) !== 'send';
  const mayPass = (call: QueuedCall): boolean => {
    const { priority } = call.terms;
    if (isAwaited(call) || (state.network === 'returning' && priority !== 'high')) return false;
    if (state.places === Infinity) return true;
    // One place is kept for what the user taps, and what can wait goes when nothing else does.
    if (priority === 'high') return passed.size < state.places;
    return passed.size < (priority === 'low' ? 1 : Math.max(1, state.places - 1));
  };

  const hold = (call: QueuedCall) => {
    held.add(call);
    deadlines.add(call);
  };
  const letGo = (call: QueuedCall): boolean => {
    if (!held.delete(call)) return false;
    deadlines.remove(call);
    return true;
  };
  const pass = (call: QueuedCall) => {
    letGo(call);
    passed.add(call);
    door.enter(call);
  };
  const drain = () => {
    again = true;
    if (draining) return;
    draining = true;
    try {
      // Whoever hears of an answer meanwhile may free a place, or raise a call that was passed over.
      while (again) {
        again = false;
        for (const priority of PRIORITIES) {
          for (const call of held) if (call.terms.priority === priority && mayPass(call)) pass(call);
        }
      }
    } finally {
      draining = false;
    }
  };
  const refuse = (calls: readonly QueuedCall[]) =>
    each(calls, (call) => {
      letGo(call);
      const what = 'there is no network, for which the call does not want to wait; not sent';
      call.error(new NetworkError(what, { ...call.details(), code: 'offline', phase: 'wait' }));
    });
  const isRefused = (call: QueuedCall) => state.network === 'gone' && policyOf(call) === 'refuse';

  return {
    enter(call) {
      if (call.closed) return;
      if (isRefused(call)) refuse([call]);
      else if (mayPass(call)) pass(call);
      else hold(call);
    },
    leave(call) {
      if (letGo(call)) return;
      passed.delete(call);
      door.leave(call);
      drain();
    },
    raise(call, priority) {
      if (!held.has(call)) {
        door.raise(call, priority);
        return;
      }
      call.terms = { ...call.terms, priority };
      drain();
    },
    set(next) {
      if (next.network !== 'there' && state.network === 'there') deadlines.pause();
      if (next.network === 'there' && state.network !== 'there') deadlines.resume();
      state = next;
      // In the queue's own line: they have no place yet, so they have not been sent.
      for (const call of [...passed]) {
        if (!call.list || (state.network === 'there' && state.places === Infinity)) continue;
        passed.delete(call);
        door.leave(call);
        hold(call);
      }
      refuse([...held].filter(isRefused));
      drain();
    },
    hide() {
      for (const call of [...held]) if (call.terms.background === 'refuse') pass(call);
    },
  };
}
