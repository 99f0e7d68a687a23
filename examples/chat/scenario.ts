import { setTimeout as sleep } from 'node:timers/promises';
import { interval, Subscription } from 'rxjs';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorEvent } from '../../src/simulator/events.js';
import type { SocketStatus } from '../../src/sockets.js';
import type { Lane } from '../forty-requests/run-record.js';
import { createApp } from './app.js';
import { faultsOf, type ChatRecord } from './chat-record.js';
import { startLamp } from './lamp.js';
import { createRoom } from './room.js';
import { createMachine } from './server.js';
import type { ChatFinished } from './summary.js';
import { MING_SAYS, TEA_SAYS } from './texts.js';

/** Something worth a line. */
export interface ChatStep {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly lane: Lane;
  readonly what: string;
}

/** Somebody who looks on. */
export interface ChatSpectator {
  readonly onBegin?: (record: ChatRecord, now: () => number) => void;
  readonly onStep: (step: ChatStep) => void;
}

/** When what happens, in milliseconds. */
const SERVER_LOST_AT = 900;
const SERVER_BACK_AT = 1_500;
const HIDDEN_AT = 2_300;
const SHOWN_AT = 8_400;
const END_AT = 9_100;
const MING_SPEAKS_EVERY = 400;
const USER_SPEAKS_EVERY = 250;
const PATIENCE_MS = 2_000;

// A phone whose local network is the loopback, all of 127.0.0.0/8.
const device = { localip: '127.0.0.2', netmask: '255.0.0.0' };
const LAMP = '127.0.0.3';

/** Runs the app in a room whose server fails and is started again; then the user looks at something else for six seconds. */
export async function runChat({ onBegin, onStep }: ChatSpectator): Promise<ChatFinished> {
  const room = createRoom();
  const [machine, lamp] = await Promise.all([createMachine(room), startLamp(LAMP)]);
  await machine.start();
  const simulator = createSimulator({
    domains: { socket: ['wss://chat.example.com'] },
    lookup: (host) => (host === 'chat.example.com' ? { address: '127.0.0.1', port: machine.port() } : undefined),
    ca: machine.ca,
    device,
    neighbours: [lamp.address],
  });
  const app = createApp({ wx: simulator.wx, scheduler: simulator.scheduler, device }, lamp.discoveryPort);

  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
  const until = (at: number) => sleep(Math.max(at - now(), 0));
  const record: ChatRecord = {
    lanes: [{ lane: 'front', from: 0 }],
    sent: 0,
    heard: [],
    socket: '',
    lamp: undefined,
  };
  const step = (what: string) => onStep({ at: now(), lane: record.lanes.at(-1)?.lane ?? 'front', what });
  const enter = (lane: Lane, what: string) => {
    record.lanes.push({ lane, from: now() });
    step(what);
  };
  const watch = (event: SimulatorEvent) => {
    if (event.type === 'hidden') enter('hidden', 'the app is hidden');
    else if (event.type === 'suspended') enter('asleep', 'five seconds later: the socket is cut, the app stops');
    else if (event.type === 'shown') enter('front', `the app is back after ${(event.awayMs / 1_000).toFixed(1)} s`);
  };
  const speak = () => {
    // Nobody types into an app that is not there.
    if (record.lanes.at(-1)?.lane !== 'front') return;
    record.sent++;
    app.say(TEA_SAYS[record.sent % TEA_SAYS.length] ?? '');
  };

  const everything = new Subscription();
  try {
    onBegin?.(record, now);
    everything.add(simulator.events$.subscribe(watch));
    everything.add(
      app.status$.subscribe((status) => {
        record.socket = described(status);
        if (status.state === 'open' || status.state === 'down') step(`socket    ${record.socket}`);
      }),
    );
    everything.add(
      app.lamp$.subscribe((found) => {
        record.lamp = found;
        step(`lan       UDP found a lamp at ${found.address}; TCP echo: ${found.echo}`);
      }),
    );
    everything.add(
      app.heard$.subscribe((message) => {
        record.heard.push(message);
        step(`#${String(message.id).padEnd(3)} ${message.from.padEnd(4)} ${message.text}`);
      }),
    );
    let ming = 0;
    const conversation = interval(MING_SPEAKS_EVERY).subscribe(() =>
      room.say('Ming', MING_SAYS[ming++ % MING_SAYS.length] ?? ''),
    );
    conversation.add(interval(USER_SPEAKS_EVERY, simulator.scheduler).subscribe(speak));
    everything.add(conversation);

    await until(SERVER_LOST_AT);
    step('the server of the room fails');
    await machine.stop();
    await until(SERVER_BACK_AT);
    await machine.start();
    step('the server of the room is back');
    await until(HIDDEN_AT);
    simulator.enterBackground();
    await until(SHOWN_AT);
    simulator.enterForeground();
    await until(END_AT);
    conversation.unsubscribe();
    const faults = () => faultsOf(record, room.history);
    while (faults().lost > 0 && now() < END_AT + PATIENCE_MS) await sleep(20);

    const [opened, maxOpen] = [machine.opened(), machine.maxOpen()];
    return {
      sockets: {
        opened,
        maxOpen,
        reconnects: opened - 1,
        sent: record.sent,
        received: record.heard.length,
        ...faults(),
      },
      lamp: record.lamp,
      seconds: Number((now() / 1_000).toFixed(1)),
    };
  } finally {
    everything.unsubscribe();
    await simulator.close();
    await Promise.all([machine.stop(), lamp.stop()]);
  }
}

function described({ state, generation, error, retryInMs }: SocketStatus): string {
  if (state === 'open') return `open, connection ${generation}`;
  if (state !== 'down') return state;
  const { code } = error as { readonly code: string };
  return `lost (${code}); again ${retryInMs === undefined ? 'when the app is back' : `in ${retryInMs} ms`}`;
}
