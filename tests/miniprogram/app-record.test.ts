import { createAppRecord, type RecordedCall } from '../../src/miniprogram/app-record.js';
import type { SimulatorEvent } from '../../src/simulator/events.js';
import { reportLines } from '../../src/cli/run/report-lines.js';
import { withoutColour } from '../../src/cli/terminal/paint.js';

const url = 'wss://chat.example.com/room';
const begun: readonly SimulatorEvent[] = [
  { type: 'socket-created', at: 0, id: 1, api: 'connectSocket' },
  { type: 'socket-connecting', at: 0, id: 1, url },
];
const failed = (reason?: string): SimulatorEvent => ({
  type: 'socket-failed',
  at: 5,
  id: 1,
  errMsg: 'Invalid HTTP status.',
  reason,
});

function recordOf(events: readonly SimulatorEvent[]) {
  const record = createAppRecord(0);
  for (const event of [...begun, ...events]) record.note(event);
  return record;
}

describe('what a run writes down of an error', () => {
  it('is of a page without its query, unless a file of the app is not as it should be', () => {
    const record = createAppRecord(0);
    record.lacksQuery(true);
    record.enter('a');
    record.threw({ message: 'no id' });
    record.threw({ message: 'no Page' }, true);
    record.lacksQuery(false);
    record.threw({ message: 'other' });

    expect(record.report().errors).toEqual([
      { message: 'no id', page: 'a', withoutQuery: true },
      { message: 'no Page', page: 'a' },
      { message: 'other', page: 'a' },
    ]);
    const words = reportLines(record.report(), 'zh', withoutColour).join('\n');
    expect(words).toContain('小程序抛出的错误\n  no Page\n  other\n\n未带参数打开的页面抛出的错误\n  no id');
  });
});

describe('what a run writes down of a socket', () => {
  it.each<[string, readonly SimulatorEvent[], Partial<RecordedCall>]>([
    [
      'a refused handshake: the status, which the app is not told',
      [failed('status 403'), { type: 'socket-closed', at: 5, id: 1, code: 1006, reason: '' }],
      { outcome: 'failed', errMsg: 'Invalid HTTP status.', reason: 'status 403' },
    ],
    ['a failure of which nobody knows more', [failed()], { outcome: 'failed', reason: undefined }],
    [
      'one that was open, and has ended since',
      [
        { type: 'socket-opened', at: 3, id: 1 },
        { type: 'socket-closed', at: 9, id: 1, code: 1006, reason: '' },
      ],
      { outcome: 'answered', durationMs: 3, errMsg: undefined },
    ],
    [
      'one that a rule refused',
      [
        { type: 'refused', at: 1, id: 1, rule: 'LIM-3', detail: 'five are open' },
        { type: 'socket-closed', at: 1, id: 1, rule: 'LIM-3' },
      ],
      { outcome: 'refused', detail: 'five are open' },
    ],
    [
      'one that the phone could not open, though no rule forbids it',
      [
        { type: 'refused', at: 1, id: 1, detail: 'protocols must be an array' },
        { type: 'socket-closed', at: 1, id: 1 },
      ],
      { outcome: 'failed', detail: 'protocols must be an array' },
    ],
    [
      'one that was closed while it connected',
      [{ type: 'socket-closed', at: 4, id: 1, code: 1000, reason: 'normal closure' }],
      { outcome: 'failed', durationMs: 4, errMsg: 'closed before it was open' },
    ],
    [
      'one that the background cut while it connected',
      [{ type: 'socket-closed', at: 4, id: 1, rule: 'BG-1' }],
      { outcome: 'cut', rule: 'BG-1' },
    ],
  ])('[K9.14] %s', (_, events, expected) => {
    const [call] = recordOf(events).calls();

    expect(call).toMatchObject(expected);
    if (call?.outcome === 'refused') expect(call.errMsg).toBeUndefined();
  });

  it('names the address of one that was refused before it connected', () => {
    const record = createAppRecord(0);
    record.note({ type: 'socket-created', at: 0, id: 1, api: 'connectSocket', url });
    record.note({ type: 'refused', at: 0, id: 1, rule: 'DOM-1', detail: 'not listed' });

    expect(reportLines(record.report(), 'en', withoutColour).join('\n')).toContain(`DOM-1  connectSocket ${url}\n`);
  });

  it('[K9.14] shows why a handshake was refused, and two reasons apart', () => {
    const record = recordOf([failed('status 403')]);
    record.note({ type: 'socket-created', at: 0, id: 2, api: 'connectSocket' });
    record.note({ type: 'socket-connecting', at: 0, id: 2, url });
    record.note({ ...failed('status 302'), id: 2 } as SimulatorEvent);

    const text = reportLines(record.report(), 'en', withoutColour).join('\n');

    expect(text).toContain('Invalid HTTP status. (status 403)');
    expect(text).toContain('Invalid HTTP status. (status 302)');
  });
});
