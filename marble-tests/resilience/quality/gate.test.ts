import { asyncScheduler } from 'rxjs';
import type { QueuedCall, QueueDoor } from '../../../src/operators/queued-call.js';
import { createGate } from '../../../src/resilience/quality/gate.js';

/** A gate before a door at which each call is answered at once, and what went through it. */
function gateBefore(answered: (call: QueuedCall) => void) {
  const went: string[] = [];
  const door: QueueDoor = {
    enter(call) {
      went.push((call as unknown as { readonly name: string }).name);
      answered(call);
      gate.leave(call);
    },
    leave: () => undefined,
    raise: () => undefined,
  };
  const gate = createGate(door, asyncScheduler, () => 'wait');
  gate.set({ network: 'gone', places: 1 });
  const enter = (name: string, priority: QueuedCall['terms']['priority']) => {
    const call = { name, terms: { priority }, closed: false, list: undefined } as unknown as QueuedCall;
    gate.enter(call);
    return call;
  };
  return { gate, went, enter };
}

describe('createGate', () => {
  it('lets a call go that is raised by who hears of an answer in that very turn', () => {
    const { gate, went, enter } = gateBefore((call) => {
      if (call === first) gate.raise(raised, 'high');
    });
    const raised = enter('raised', 'low');
    const first = enter('first', 'normal');
    enter('second', 'normal');
    gate.set({ network: 'there', places: 1 });
    expect(went).toEqual(['first', 'second', 'raised']);
  });

  it('lets ten thousand go in one moment, in order of priority, and looks at each a few times only', () => {
    let looked = 0;
    const { gate, went, enter } = gateBefore(() => undefined);
    for (let index = 0; index < 10_000; index++) {
      const priority = index % 2 === 0 ? 'low' : 'normal';
      const call = enter(String(index), priority);
      Object.defineProperty(call, 'terms', { get: () => (looked++, { priority }) });
    }
    gate.set({ network: 'there', places: Infinity });
    expect(went).toHaveLength(10_000);
    expect(went.slice(0, 2)).toEqual(['1', '3']);
    expect(looked).toBeLessThan(200_000);
  });
});
