import type { NetworkRecord } from '../../../src/inspect/advance.js';
import type { CallRecord } from '../../../src/inspect/call-record.js';
import type { SocketRecord } from '../../../src/inspect/socket-record.js';
import { EMPTY, heard } from '../../../src/cli/inspect/page/desk-state.js';
import { isBad, rowsOf, statusOf, waited, type Filter } from '../../../src/cli/inspect/page/rows.js';
import { timelineOf } from '../../../src/cli/inspect/page/timeline.js';
import { shownSize, shownTime, WORDS } from '../../../src/cli/inspect/page/words.js';
import type { DeskMessage } from '../../../src/desk/protocol.js';
import type { InspectEvent } from '../../../src/network/network-event.js';

const called = (call: number, atMs: number, url = `https://a.example.com/${call}`): InspectEvent => ({
  type: 'called',
  call,
  atMs,
  client: 'http$',
  api: 'request',
  method: 'GET',
  url,
  priority: 'normal',
  background: 'hold',
});
const source: DeskMessage = {
  type: 'source',
  source: 1,
  kind: 'simulator',
  name: 'simulator',
  connected: true,
  controllable: true,
};
const events = (...list: InspectEvent[]): DeskMessage => ({ type: 'events', source: 1, events: list });

function recordsAfter(...messages: DeskMessage[]): NetworkRecord[] {
  const state = [source, ...messages].reduce(heard, EMPTY);
  return [...(state.sources.get(1)?.records.values() ?? [])];
}

/** A call with these stretches, one behind the other. */
function call(
  id: number,
  spans: readonly [CallRecord['spans'][number]['activity'], number, number][],
  more: Partial<CallRecord> = {},
): CallRecord {
  const [first] = recordsAfter(events(called(id, spans[0]?.[1] ?? 0)));
  const record = first as CallRecord;
  const calledAtMs = spans[0]?.[1] ?? 0;
  const durationMs = (spans[spans.length - 1]?.[2] ?? 0) - calledAtMs;
  const phases = { ...record.phases };
  for (const [activity, fromMs, toMs] of spans) phases[activity] += toMs - fromMs;
  return {
    ...record,
    calledAtMs,
    durationMs,
    phases,
    spans: spans.map(([activity, fromMs, toMs]) => ({ activity, fromMs, toMs })),
    ...more,
  };
}

const socket: SocketRecord = {
  kind: 'socket',
  id: 1,
  url: 'wss://chat.example.com',
  beganAtMs: 0,
  lastAtMs: 100,
  state: 'open',
  generation: 1,
  spans: [
    { state: 'waiting', fromMs: 0, toMs: 10 },
    { state: 'open', fromMs: 10, toMs: 100 },
  ],
  droppedSpans: 0,
  incoming: { messages: 0, bytes: 0, lastAtMs: undefined },
  outgoing: { messages: 0, bytes: 0, lastAtMs: undefined },
  error: undefined,
  meaning: undefined,
  retryAtMs: undefined,
};

const timeout = { code: 'timeout', rule: 'TIME-1', what: 'it took longer' } as const;
const ALL: Filter = { text: '', kind: 'all', range: undefined };
const UP = { by: 'when', down: false } as const;

describe('what the page knows', () => {
  it('is made of what it is told, of a source that it knows', () => {
    expect(
      recordsAfter(events(called(1, 0), called(2, 5)), { ...events(called(3, 9)), source: 2 } as DeskMessage),
    ).toHaveLength(2);
  });

  it('is replaced by a snapshot', () => {
    const snapshot: DeskMessage = { type: 'snapshot', source: 1, records: [socket], happenings: [], dropped: 3 };
    const state = [source, events(called(1, 0)), snapshot].reduce(heard, EMPTY);
    expect([...(state.sources.get(1)?.records.keys() ?? [])]).toEqual(['socket 1']);
    expect(state.sources.get(1)?.dropped).toBe(3);
  });

  it('keeps what it had of a source that goes', () => {
    const state = [source, events(called(1, 0)), { ...source, connected: false }].reduce(heard, EMPTY);
    expect(state.sources.get(1)).toMatchObject({ source: { connected: false } });
    expect(state.sources.get(1)?.records.size).toBe(1);
  });

  it('counts what was dropped, passes over what it does not know, and has what happened to the app', () => {
    const state = [
      source,
      { type: 'dropped', source: 1, dropped: 7 } as const,
      { type: 'dropped', source: 9, dropped: 7 } as const,
      { type: 'tomorrow' } as unknown as DeskMessage,
      events({ type: 'lifecycle', atMs: 1, visibility: 'background', awayMs: 0 }),
    ].reduce(heard, EMPTY);
    expect(state.sources.get(1)).toMatchObject({ dropped: 7, happenings: [{ type: 'lifecycle' }] });
    expect(state.sources.size).toBe(1);
  });

  it('is bounded', () => {
    const many = Array.from({ length: 20_010 }, (_, index) => called(index, index));
    const state = [source, events(...many)].reduce(heard, EMPTY);
    expect(state.sources.get(1)?.records.size).toBe(20_000);
    expect(state.sources.get(1)?.dropped).toBe(10);
  });
});

describe('the rows', () => {
  const fast = call(1, [['answering', 0, 100]], { status: 200, outcome: 'completed' });
  const slow = call(
    2,
    [
      ['waiting', 10, 1_500],
      ['answering', 1_500, 2_000],
    ],
    { status: 404, outcome: 'completed' },
  );
  const failed = call(
    3,
    [
      ['held', 20, 500],
      ['answering', 500, 600],
    ],
    { outcome: 'failed', error: timeout },
  );
  const cut = call(4, [['answering', 30, 90]], { outcome: 'failed', error: { code: 'interrupted', what: 'cut' } });
  const pending = call(5, [['waiting', 40, 90]]);
  const all = [fast, slow, failed, cut, pending, socket];
  const ids = (filter: Partial<Filter>) =>
    rowsOf(all, { ...ALL, ...filter }, UP).map(({ kind, id }) => (kind === 'call' ? id : 'S'));

  it.each<[Filter['kind'], unknown[]]>([
    ['all', [1, 'S', 2, 3, 4, 5]],
    ['calls', [1, 2, 3, 4, 5]],
    ['sockets', ['S']],
    ['failed', [2, 3, 4]],
    ['slow', [2]],
    ['cut', [4]],
    ['pending', ['S', 5]],
  ])('%s', (kind, wanted) => expect(ids({ kind })).toEqual(wanted));

  it('are searched by each word, of address, method, status and error', () => {
    expect(ids({ text: 'GET example.com/2' })).toEqual([2]);
    expect(ids({ text: 'TIME-1' })).toEqual([3]);
    expect(ids({ text: 'chat' })).toEqual(['S']);
    expect(ids({ text: 'nowhere' })).toEqual([]);
  });

  it('are those of a part of the time', () => {
    expect(ids({ range: [700, 2_000] })).toEqual([2]);
  });

  it('are sorted by each column, both ways', () => {
    const sorted = (by: 'took' | 'waited' | 'status' | 'address' | 'method', down: boolean) =>
      rowsOf([fast, slow, failed], ALL, { by, down }).map(({ id }) => id);
    expect(sorted('took', true)).toEqual([2, 3, 1]);
    expect(sorted('waited', false)).toEqual([1, 3, 2]);
    expect(sorted('status', false)).toEqual([1, 2, 3]);
    expect(sorted('address', true)).toEqual([3, 2, 1]);
    expect(sorted('method', false)).toEqual([1, 2, 3]);
    expect(rowsOf([socket, fast], ALL, { by: 'waited', down: true }).map(({ kind }) => kind)).toEqual([
      'socket',
      'call',
    ]);
  });

  it('say how each stands', () => {
    expect(all.map(statusOf)).toEqual(['200', '404', 'timeout', 'interrupted', 'pending', 'open']);
    expect(all.map(isBad)).toEqual([false, true, true, true, false, false]);
    expect(all.map(waited)).toEqual([0, 1_490, 480, 0, 50, 10]);
  });
});

describe('the overview', () => {
  it('has the places, the sockets and the line as they filled, and the app and the network beside them', () => {
    const timeline = timelineOf(
      [
        call(1, [
          ['waiting', 0, 50],
          ['answering', 50, 100],
          ['decoding', 100, 110],
        ]),
        call(2, [['answering', 60, 90]]),
        socket,
      ],
      [
        { type: 'lifecycle', atMs: 0, visibility: 'foreground', awayMs: 0 },
        { type: 'lifecycle', atMs: 20, visibility: 'background', awayMs: 0 },
        { type: 'lifecycle', atMs: 30, visibility: 'foreground', awayMs: 10 },
        { type: 'network', atMs: 40, isConnected: false, networkType: 'none' },
        { type: 'queue-paused', atMs: 41, reason: 'user' },
      ],
    );
    expect(timeline).toEqual({
      fromMs: 0,
      toMs: 110,
      background: [{ fromMs: 20, toMs: 30 }],
      offline: [{ fromMs: 40, toMs: 110 }],
      running: [
        { atMs: 50, count: 1 },
        { atMs: 60, count: 2 },
        { atMs: 90, count: 1 },
        { atMs: 100, count: 0 },
      ],
      sockets: [
        { atMs: 10, count: 1 },
        { atMs: 100, count: 0 },
      ],
      waiting: [
        { atMs: 0, count: 1 },
        { atMs: 50, count: 0 },
      ],
    });
  });

  it('is empty without records', () => {
    expect(timelineOf([], [])).toMatchObject({ fromMs: 0, toMs: 1, running: [] });
  });
});

describe('the words', () => {
  it('are there in both languages', () => {
    expect(Object.keys(WORDS.zh).sort()).toEqual(Object.keys(WORDS.en).sort());
    for (const words of Object.values(WORDS)) {
      expect(words.shown(1, 1)).not.toBe(words.shown(1, 2));
      for (const text of [words.dropped(7), words.attempt(7), words.cutBody(7)]) expect(text).toContain('7');
    }
  });

  it.each([
    [0.4, '0 ms'],
    [999, '999 ms'],
    [1_500, '1.50 s'],
    [63_000, '1 min 3 s'],
  ])('%d ms are %s', (ms, text) => expect(shownTime(ms)).toBe(text));

  it.each([
    [999, '999 B'],
    [2_100, '2.1 kB'],
    [3_400_000, '3.4 MB'],
  ])('%d bytes are %s', (bytes, text) => expect(shownSize(bytes)).toBe(text));
});
