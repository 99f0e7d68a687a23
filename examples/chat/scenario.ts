import { setTimeout as sleep } from 'node:timers/promises';
import { filter, firstValueFrom, interval, Subscription, takeUntil, timer } from 'rxjs';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorEvent } from '../../src/simulator/events.js';
import type { SocketStatus } from '../../src/sockets.js';
import type { Lane } from '../forty-requests/run-record.js';
import { createApp } from './app.js';
import { faultsOf, type ChatRecord } from './chat-record.js';
import { startLamp } from './lamp.js';
import { createRoom } from './room.js';
import { createMachine } from './server.js';
import type { ChatSpectator } from './step.js';
import type { ChatFinished } from './summary.js';
import { MING_SAYS, TEA_SAYS } from './texts.js';

/** How long what lasts, in milliseconds. */
const TALK_MS = 500;
const SERVER_DOWN_MS = 600;
const AWAY_MS = 6_100;
const MING_SPEAKS_EVERY = 400;
const USER_SPEAKS_EVERY = 250;
const PATIENCE_MS = 5_000;

const device = { localip: '192.168.1.100', netmask: '255.255.255.0' };
const LAMP = '192.168.1.20';

/** Runs the app in a room whose server fails and is started again; then the user looks at something else for six seconds. */
export async function runChat({ phone, onBegin, onStep }: ChatSpectator): Promise<ChatFinished> {
  const room = createRoom();
  const [machine, lamp] = await Promise.all([createMachine(room), startLamp()]);
  await machine.start();
  const simulator = createSimulator({
    phone,
    domains: { socket: ['wss://chat.example.com'] },
    // All of it is on 127.0.0.1: not every system has the rest of 127.0.0.0/8.
    lookup: (host) => ({ address: '127.0.0.1', port: host === 'chat.example.com' ? machine.port() : undefined }),
    ca: machine.ca,
    device,
    neighbours: [LAMP],
  });
  const app = createApp({ wx: simulator.wx, scheduler: simulator.scheduler, device }, lamp.discoveryPort);

  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
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

  // Not for ever: what is not open by then shows in the figures.
  const open = (connection: number) =>
    firstValueFrom(
      app.status$.pipe(
        filter(({ state, generation }) => state === 'open' && generation >= connection),
        takeUntil(timer(PATIENCE_MS)),
      ),
      { defaultValue: undefined },
    );

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

    await open(1);
    await sleep(TALK_MS);
    step('the server of the room fails');
    await machine.stop();
    await sleep(SERVER_DOWN_MS);
    await machine.start();
    step('the server of the room is back');
    await open(2);
    await sleep(TALK_MS);
    simulator.enterBackground();
    await sleep(AWAY_MS);
    simulator.enterForeground();
    await open(3);
    await sleep(TALK_MS);
    conversation.unsubscribe();
    const faults = () => faultsOf(record, room.history);
    for (const from = now(); faults().lost > 0 && now() < from + PATIENCE_MS;) await sleep(20);

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
