import { simulatorInspection } from '../../../src/desk/simulator-events.js';
import { recordOf, type CallRecord, type InspectEvent, type SocketRecord } from '../../../src/inspect.js';
import type { SimulatorEvent } from '../../../src/simulator/index.js';
import { cliProcess } from '../support/cli-process.js';
import { folderWith } from '../support/cli.js';

const url = 'https://api.example.com/feed?token=hunter2';
const called = { type: 'called', at: 0, id: 1, api: 'request', method: 'GET', url, timeoutMs: 60_000 } as const;
const started = { type: 'started', at: 40, id: 1, running: 10 } as const;

function inspected(...events: readonly SimulatorEvent[]): readonly InspectEvent[] {
  return events.flatMap(simulatorInspection());
}
const call = (...events: readonly SimulatorEvent[]) => recordOf(inspected(called, ...events)) as CallRecord;
const socket = (...events: readonly SimulatorEvent[]) =>
  recordOf(
    inspected({ type: 'socket-connecting', at: 0, id: 2, url: 'wss://a.example.com/?k=1' }, ...events),
  ) as SocketRecord;

describe('a simulator as a source', () => {
  it('has the queue of the platform, the server and the body in a record', () => {
    const record = call(
      { type: 'queued', at: 0, id: 1, waiting: 3 },
      started,
      { type: 'headers', at: 90, id: 1, url, statusCode: 200 },
      { type: 'settled', at: 100, id: 1, outcome: 'success', statusCode: 200 },
    );

    expect(record).toMatchObject({
      client: 'plain',
      url: 'https://api.example.com/feed?token=***',
      outcome: 'completed',
      status: 200,
      queuedBehind: 2,
      phases: { waiting: 40, answering: 50, receiving: 10 },
    });
  });

  it.each<[string, SimulatorEvent[], object]>([
    [
      '[DOM-1] a refusal',
      [
        { type: 'refused', at: 0, id: 1, rule: 'DOM-1', detail: 'not listed' },
        { type: 'settled', at: 0, id: 1, outcome: 'fail', errMsg: 'request:fail url not in domain list' },
      ],
      { outcome: 'refused', error: { code: 'domain-not-allowed', rule: 'DOM-1', what: 'not listed' } },
    ],
    [
      '[BG-1] a cut',
      [started, { type: 'settled', at: 50, id: 1, outcome: 'fail', errMsg: 'request:fail interrupted', rule: 'BG-1' }],
      { outcome: 'failed', error: { code: 'interrupted', rule: 'BG-1' }, attempts: [{ outcome: 'cut' }] },
    ],
    [
      'a failure before it was sent',
      [{ type: 'settled', at: 50, id: 1, outcome: 'fail', errMsg: 'request:fail timeout', errno: 5 }],
      { outcome: 'failed', error: { code: 'timeout', errno: 5 }, attempts: [] },
    ],
    [
      'silence',
      [started, { type: 'settled', at: 50, id: 1, outcome: 'silence' }],
      { outcome: 'failed', error: { what: 'the app was never told what became of it' } },
    ],
    [
      'an abort',
      [started, { type: 'aborted', at: 50, id: 1 }, { type: 'settled', at: 50, id: 1, outcome: 'fail' }],
      { outcome: 'cancelled', cancelledBy: 'unsubscribed' },
    ],
  ])('has %s', (_, events, expected) => {
    expect(call(...events)).toMatchObject(expected);
  });

  it('has sockets, and what goes each way', () => {
    expect(
      socket(
        { type: 'socket-opened', at: 5, id: 2 },
        { type: 'socket-sent', at: 6, id: 2, bytes: 3 },
        { type: 'socket-received', at: 7, id: 2, bytes: 4 },
        { type: 'socket-closed', at: 9, id: 2, code: 1000 },
      ),
    ).toMatchObject({ state: 'closed', meaning: 'clean', incoming: { bytes: 4 }, outgoing: { bytes: 3 } });
    expect(
      socket(
        { type: 'socket-failed', at: 5, id: 2, errMsg: 'connectSocket:fail', reason: 'status 403' },
        { type: 'socket-closed', at: 5, id: 2 },
      ),
    ).toMatchObject({ state: 'closed', meaning: 'failed', error: { what: 'connectSocket:fail (status 403)' } });
  });

  it('has the life of the app, and passes over the rest', () => {
    expect(
      inspected(
        { type: 'hidden', at: 1 },
        { type: 'shown', at: 9, awayMs: 8 },
        { type: 'network', at: 10, networkType: 'none' },
        { type: 'suspended', at: 6 },
        { type: 'settled', at: 6, id: 99, outcome: 'success' },
        { type: 'started', at: 6, id: 99, running: 1 },
        { type: 'aborted', at: 6, id: 99 },
        { type: 'refused', at: 6, id: 99, rule: 'BG-2', detail: 'x' },
      ).map(({ type }) => type),
    ).toEqual(['lifecycle', 'lifecycle', 'network']);
  });
});

describe('rx-miniprogram run --inspect', () => {
  it('says where to look', async () => {
    const folder = folderWith({ 'app.mjs': `wx.request({ url: 'https://api.example.com/' });` });
    const { output } = await cliProcess(folder, ['run', 'app.mjs', '--inspect', '--for', '1s']);

    expect(output).toMatch(/page {4}http:\/\/127\.0\.0\.1:\d+\/#code=[A-Z2-9]{8}\n/);
  }, 60_000);
});
