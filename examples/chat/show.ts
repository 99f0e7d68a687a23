import { drawn } from '../stage/play.js';
import { chosenPaint } from '../../src/cli/terminal/paint.js';
import type { PhoneName } from '../../src/simulator/phones.js';
import { chatFrameLines } from './frame.js';
import { runChat } from './scenario.js';
import { CHAT_STEP_HEADING, chatStepLine } from './step.js';
import { chatSummaryLines, type ChatFinished, type SocketsSummary } from './summary.js';

/** The third act: a chat room over one WebSocket, and a lamp on the local network. */
export async function showChat(live: boolean, phone: PhoneName): Promise<SocketsSummary> {
  console.log('');
  const finished = await (live ? runLive(phone) : runPlain(phone));
  console.log(['', ...chatSummaryLines(finished)].join('\n'));
  return finished.sockets;
}

function runPlain(phone: PhoneName): Promise<ChatFinished> {
  console.log(CHAT_STEP_HEADING);
  return runChat({ phone, onStep: (step) => console.log(chatStepLine(step)) });
}

function runLive(phone: PhoneName): Promise<ChatFinished> {
  const paint = chosenPaint(process.env);
  let frame: (() => string[]) | undefined;
  return drawn(
    () => frame?.(),
    () =>
      runChat({
        phone,
        onBegin: (record, now) => (frame = () => chatFrameLines(record, now(), paint)),
        onStep: () => undefined,
      }),
  );
}
