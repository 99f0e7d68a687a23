import { recordOf } from '../../src/inspect/advance.js';
import { OFFLINE, socketAt, socketOf } from './told.js';

const url = 'wss://chat.example.com/room';
const waiting = socketAt(0, 'socket-waiting', { url, running: 5, waiting: 0 });
const connecting = socketAt(100, 'socket-connecting', { url, generation: 1 });
const open = socketAt(150, 'socket-open', { generation: 1 });

describe('the record of a socket', () => {
  it('has how it stood, over all its connections, and what went each way', () => {
    const record = socketOf(
      waiting,
      connecting,
      open,
      socketAt(200, 'socket-message', { direction: 'out', bytes: 10 }),
      socketAt(210, 'socket-message', { direction: 'in', bytes: 20 }),
      socketAt(220, 'socket-message', { direction: 'in', bytes: 5 }),
      socketAt(300, 'socket-down', { error: OFFLINE }),
      socketAt(300, 'socket-retry', { retryInMs: 1_000 }),
    );

    expect(record).toMatchObject({
      url,
      state: 'down',
      generation: 1,
      incoming: { messages: 2, bytes: 25, lastAtMs: 220 },
      outgoing: { messages: 1, bytes: 10, lastAtMs: 200 },
      error: OFFLINE,
      retryAtMs: 1_300,
      lastAtMs: 300,
    });
    expect(record.spans).toEqual([
      { state: 'waiting', fromMs: 0, toMs: 100 },
      { state: 'connecting', fromMs: 100, toMs: 150 },
      { state: 'open', fromMs: 150, toMs: 300 },
    ]);
  });

  it('knows no moment of the next attempt while nobody does', () => {
    const down = [connecting, socketAt(110, 'socket-down', { error: OFFLINE })];

    expect(socketOf(...down, socketAt(110, 'socket-retry', { retryInMs: undefined })).retryAtMs).toBeUndefined();
  });

  it('says how it ended, and begins again when somebody listens again', () => {
    const closed = socketAt(400, 'socket-closed', { meaning: 'failed', error: OFFLINE });
    const record = socketOf(connecting, open, closed);

    expect(record).toMatchObject({ state: 'closed', meaning: 'failed', error: OFFLINE });
    expect(
      socketOf(connecting, open, closed, socketAt(500, 'socket-waiting', { url, running: 1, waiting: 0 })),
    ).toMatchObject({ state: 'waiting', meaning: undefined, error: undefined });
  });

  it('keeps the latest of its spans', () => {
    const again = Array.from({ length: 300 }, (_, index) => [
      socketAt(1_000 * index, 'socket-connecting', { url, generation: index }),
      socketAt(1_000 * index + 500, 'socket-down', { error: OFFLINE }),
    ]).flat();
    const record = socketOf(...again);

    expect(record.spans).toHaveLength(200);
    expect(record.droppedSpans).toBe(399);
  });

  it('is none where the beginning was not heard, and passes over an event of a later version', () => {
    expect(recordOf([open])).toBeUndefined();
    expect(recordOf([connecting, { type: 'socket-teleported', atMs: 100, socket: 1 } as never])).toEqual(
      socketOf(connecting),
    );
  });
});
