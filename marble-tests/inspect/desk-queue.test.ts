import { DeskQueue } from '../../src/inspect/desk-queue.js';
import type { PhoneMessage } from '../../src/inspect/desk-words.js';
import { called } from './told.js';

const LENGTH = JSON.stringify(called(0)).length;
const idsIn = (message: PhoneMessage) => (message.type === 'events' ? message.events.map(({ atMs }) => atMs) : []);

describe('what waits for the desk', () => {
  it('goes in its order, in messages that are not too long', () => {
    const queue = new DeskQueue(Infinity);
    for (let at = 0; at < 3_000; at++) queue.add(called(at));
    const [first, second] = [queue.message(), queue.message()];

    expect([...idsIn(first), ...idsIn(second)]).toEqual(Array.from({ length: 3_000 }, (_, at) => at));
    expect(JSON.stringify(first).length).toBeLessThan(300_000);
    expect(queue.isEmpty).toBe(true);
  });

  it('is bounded: the oldest goes, and is counted, and so is what was lost on the way', () => {
    const queue = new DeskQueue(LENGTH * 3);
    for (let at = 0; at < 5; at++) queue.add(called(at));
    const message = queue.message();
    queue.lose(message);
    queue.add(called(9));

    expect(idsIn(message)).toEqual([2, 3, 4]);
    expect(message).toMatchObject({ dropped: 2 });
    expect(queue.message()).toMatchObject({ dropped: 5, events: [{ atMs: 9 }] });
  });
});
