import { faultsOf, type ChatRecord } from '../../examples/chat/chat-record.js';
import { chatFrameLines } from '../../examples/chat/frame.js';
import { displayWidth } from '../../examples/terminal/display-width.js';
import { inColour, withoutColour } from '../../src/cli/terminal/paint.js';

const heard = (id: number, key?: string) => ({ id, from: key === undefined ? 'Ming' : 'me', text: 'hi', key });

const record: ChatRecord = {
  lanes: [
    { lane: 'front', from: 0 },
    { lane: 'hidden', from: 1_000 },
  ],
  sent: 1,
  heard: [heard(1), heard(2, 'me-1')],
  socket: 'open, connection 1',
  lamp: { address: '192.168.1.20', port: 9, echo: 'hello' },
};

describe('faultsOf', () => {
  it.each([
    ['nothing', 1, [heard(1), heard(2, 'a')], [heard(1), heard(2, 'a')], { lost: 0, doubled: 0 }],
    ['what was said and is not in the room', 2, [heard(1, 'a')], [heard(1, 'a')], { lost: 1, doubled: 0 }],
    ['what was not heard', 0, [heard(2)], [heard(1), heard(2)], { lost: 1, doubled: 0 }],
    ['what was heard twice', 0, [heard(1), heard(1)], [heard(1)], { lost: 0, doubled: 1 }],
    [
      'what is in the room twice',
      1,
      [heard(1, 'a'), heard(2, 'a')],
      [heard(1, 'a'), heard(2, 'a')],
      { lost: 0, doubled: 1 },
    ],
  ])('counts %s', (_what, sent, came, history, faults) => {
    expect(faultsOf({ sent, heard: came }, history)).toEqual(faults);
  });
});

describe('chatFrameLines', () => {
  it('shows the app, the socket, the local network and what was said', () => {
    expect(chatFrameLines(record, 1_500, withoutColour).slice(0, 8)).toEqual([
      'app      |---|--                                                          1.5 s',
      'socket   open, connection 1',
      'lan      a lamp by UDP at 192.168.1.20, TCP echo: hello',
      'room     1 sent, 2 received',
      '',
      '         #1   Ming hi',
      '         #2   me   hi',
      '',
    ]);
  });

  it.each([
    ['without colour', withoutColour],
    ['in colour', inColour],
  ])('fits into 80 by 24, with CJK, and does not jump, %s', (_name, paint) => {
    const long = '\u4f60\u597d a'.repeat(30);
    for (const count of [0, 1, 14, 300]) {
      const full: ChatRecord = {
        ...record,
        heard: Array.from({ length: count }, (_, index) => ({ ...heard(index + 1), text: long })),
        socket: long,
        lamp: { address: '127.0.0.3', port: 9, echo: long },
      };
      const lines = chatFrameLines(full, 99_999, paint);
      expect(lines).toHaveLength(20);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(79);
    }
  });
});
