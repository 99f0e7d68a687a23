import { RecordBook } from '../../src/inspect/record-book.js';
import { sizeOf } from '../../src/inspect/size-of.js';
import type { InspectEvent } from '../../src/network/network-event.js';
import { answered, called, callOf, done, sent, socketAt } from './told.js';

const ids = (book: RecordBook) => book.records().map(({ kind, id }) => `${kind} ${id}`);
const ofCall = (call: number, ...events: readonly InspectEvent[]) => events.map((event) => ({ ...event, call }));
const take = (book: RecordBook, events: readonly InspectEvent[]) => events.map((event) => book.take(event));
const whole = (call: number) => ofCall(call, called(0), sent(0), answered(9), ...done(9));

describe('a book of records', () => {
  it('has one record a call and a socket, in the order in which they began', () => {
    const book = new RecordBook({ keep: 10, maxBytes: Infinity });
    take(book, [...whole(1), socketAt(3, 'socket-connecting', { url: 'wss://a.example.com', generation: 1 })]);
    take(book, ofCall(2, called(5)));

    expect(ids(book)).toEqual(['call 1', 'socket 1', 'call 2']);
  });

  it('says whether an event has changed anything', () => {
    const book = new RecordBook({ keep: 10, maxBytes: Infinity });

    expect(take(book, [called(0), called(1), ...ofCall(7, sent(2))])).toEqual([true, false, false]);
    expect(book.take({ type: 'queue-paused', reason: 'user', atMs: 1 })).toBe(false);
  });

  it('lets the one go that ended first, and not one that is under way', () => {
    const book = new RecordBook({ keep: 2, maxBytes: Infinity });
    take(book, [...ofCall(1, called(0)), ...whole(2), ...whole(3)]);

    expect(ids(book)).toEqual(['call 1', 'call 3']);
    expect(book.dropped).toBe(1);
  });

  it('lets the oldest go where none has ended, and passes over what still happens to it', () => {
    const book = new RecordBook({ keep: 2, maxBytes: Infinity });
    take(
      book,
      [1, 2, 3].flatMap((call) => ofCall(call, called(0))),
    );
    take(book, ofCall(1, sent(5)));

    expect(ids(book)).toEqual(['call 2', 'call 3']);
  });

  it('is bounded in bytes', () => {
    const [bytes, longest] = [sizeOf(callOf(...whole(1))), 10 * sizeOf(callOf(...whole(1)))];
    const book = new RecordBook({ keep: Infinity, maxBytes: longest });
    for (let call = 1; call <= 1_000; call++) take(book, whole(call));

    expect(book.records().length).toBeGreaterThanOrEqual(Math.floor(longest / bytes) - 1);
    expect(JSON.stringify(book.records()).length).toBeLessThan(longest);
    expect(book.dropped).toBe(1_000 - book.records().length);
  });

  it('forgets what has ended when it is cleared', () => {
    const book = new RecordBook({ keep: 10, maxBytes: Infinity });
    take(book, [...whole(1), ...ofCall(2, called(0))]);
    book.clear();

    expect(ids(book)).toEqual(['call 2']);
  });

  it('takes records as they are', () => {
    const book = new RecordBook({ keep: 10, maxBytes: Infinity });
    book.put(callOf(...whole(1)));

    expect(book.records()).toEqual([callOf(...whole(1))]);
  });
});
