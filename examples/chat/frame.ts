import { laneRow, scaleFor } from '../forty-requests/lane-row.js';
import { fit } from '../terminal/display-width.js';
import type { Paint } from '../../src/cli/terminal/paint.js';
import type { ChatRecord } from './chat-record.js';

// One less than the terminal has, or its automatic margin may break the line.
const WIDTH = 79;
const MESSAGE_ROWS = 14;

/** The live display of the third act: always 20 lines, of at most 79 columns. */
export function chatFrameLines({ lanes, sent, heard, socket, lamp }: ChatRecord, at: number, paint: Paint): string[] {
  const row = laneRow({ lanes, calls: [] }, scaleFor(at));
  const isOpen = socket.startsWith('open');
  const messages = heard.slice(-MESSAGE_ROWS);
  return [
    fit(`app      ${row}`, WIDTH - 8) + `${(at / 1_000).toFixed(1)} s`.padStart(8),
    `socket   ${paint(isOpen ? 'good' : 'notice', fit(socket, WIDTH - 9).trimEnd())}`,
    `lan      ${lamp ? fit(`a lamp by UDP at ${lamp.address}, TCP echo: ${lamp.echo}`, WIDTH - 9).trimEnd() : '-'}`,
    `room     ${sent} sent, ${heard.length} received`,
    '',
    ...messages.map(({ id, from, text }) => {
      const line = fit(`#${String(id).padEnd(3)} ${from.padEnd(4)} ${text}`, WIDTH - 9).trimEnd();
      return `         ${paint(from === 'me' ? 'busy' : 'plain', line)}`;
    }),
    // So that nothing moves but the messages.
    ...Array.from({ length: MESSAGE_ROWS - messages.length }, () => ''),
    '',
  ];
}
