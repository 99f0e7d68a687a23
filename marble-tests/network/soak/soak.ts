import { reduce, type Observable } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  isNetworkError,
  type BackgroundPolicy,
  type HttpRequest,
  type NetworkError,
  type Priority,
  type RequestQueueState,
} from '../../../src/index.js';
import { createSimulator } from '../../../src/simulator/index.js';
import { createSocket } from '../../../src/sockets.js';
import { createStream } from '../../../src/streams.js';
// eslint-disable-next-line kit/only -- a script runs it too, which is no test
import { createVirtualClock } from '../../../src/testing/virtual-clock.js';
import { settableClock } from '../settable-clock.js';
import { Faults } from './faults.js';
import { chanceOf } from './random.js';
import { liveSockets, type SoakedSockets } from './rooms.js';
import { badServer, CHUNKS, ORIGIN, SOCKETS } from './server.js';
import { slowPhone } from './slow-phone.js';

/** What became of an app. */
export interface SoakReport {
  readonly calls: number;
  /** By how they ended. */
  readonly ends: Readonly<Record<string, number>>;
  readonly messages: SoakedSockets['counts'];
  /** What must not be, and how often it was. */
  readonly faults: readonly string[];
}

/** How long an app lives, and how. */
export interface SoakOptions {
  readonly seed: number;
  readonly hours: number;
  readonly onHour?: (hour: number, report: SoakReport) => void;
}

type Terms = Pick<HttpRequest, 'priority' | 'background' | 'attemptMs' | 'totalMs' | 'maxWaitMs'>;

const HOUR_MS = 3_600_000;
/** BG-1. */
const GRACE_MS = 5_000;
const FILE = 'wxfile://usr/photo.txt';

/** Lets an app live for so many hours of virtual time, with calls of all faces and six sockets, on a bad day. */
export async function soak({ seed, hours, onHour = () => undefined }: SoakOptions): Promise<SoakReport> {
  const chance = chanceOf(seed);
  const clock = createVirtualClock(1);
  const faults = new Faults();
  const simulator = createSimulator({
    scheduler: clock.scheduler,
    wire: badServer(chance, clock.scheduler, (id) => faults.arrive(id)),
    domains: { request: [ORIGIN], uploadFile: [ORIGIN], downloadFile: [ORIGIN], socket: ['wss://api.example.com'] },
    overLimit: 'fail',
    concurrencyScope: 'shared',
    interruptedCallback: chance.one('before-freeze', 'on-return'),
    destroyedAfterMs: 24 * HOUR_MS,
  });
  const { wx, scheduler } = simulator;
  const files = wx.getFileSystemManager();
  files.writeFileSync(FILE, 'a photo');
  const wallClock = settableClock(undefined, scheduler);
  const phone = slowPhone(wx, chance, scheduler, faults);
  const network = createNetwork({ wx: phone, scheduler: wallClock, onWarning: () => undefined });
  const [http$, stream$] = [createHttp(network), createStream(network)];
  const [upload$, download$] = [createUpload(network), createDownload(network)];
  const rooms = liveSockets(createSocket(network), SOCKETS, chance, scheduler, faults);
  let isOver = false;

  const faces: Readonly<Record<string, (url: string, terms: Terms) => Observable<string>>> = {
    get: (url, terms) => http$({ url, as: 'text', ...terms }).pipe(reduce((_, { body }) => String(body), '')),
    post: (url, terms) =>
      http$({ url, method: 'POST', as: 'text', ...terms }).pipe(reduce((_, { body }) => String(body), '')),
    stream: (url, terms) =>
      stream$({ url, idleMs: 10_000, ...terms }).pipe(
        reduce((text, event) => (event.type === 'chunk' ? text + Buffer.from(event.data).toString() : text), ''),
      ),
    upload: (url, terms) =>
      upload$({ url, filePath: FILE, name: 'photo', as: 'text', ...terms }).pipe(
        reduce((text, event) => (event.type === 'response' ? String(event.body) : text), ''),
      ),
    download: (url, terms) =>
      // The app's own place: the platform lets nobody take a temporary file away.
      download$({ url, filePath: `wxfile://usr/${url.split('/').pop()}.txt`, ...terms }).pipe(
        reduce((text, event) => {
          if (event.type !== 'response') return text;
          const body = files.readFileSync(event.filePath, 'utf8') as string;
          files.unlinkSync(event.filePath);
          return body;
        }, ''),
      ),
  };
  const termsOf = (): Terms => ({
    priority: chance.one<Priority>('high', 'normal', 'low'),
    background: chance.one<BackgroundPolicy>('hold', 'hold', 'hold', 'refuse'),
    attemptMs: chance.one(undefined, 8_000),
    totalMs: chance.one(undefined, undefined, 30_000),
    maxWaitMs: chance.one(undefined, undefined, 10_000),
  });

  // By the time that has passed, whatever the wall clock said.
  let hiddenAt = Infinity;
  let longUntil = -Infinity;
  const checkTime = ({ code, phase, what }: NetworkError, begunAt: number, terms: Terms) => {
    const now = clock.scheduler.now();
    const leastMs = { check: 0, wait: terms.maxWaitMs, attempt: terms.attemptMs, total: terms.totalMs, body: 0 }[
      phase ?? 'check'
    ];
    if (code === 'timeout' && now - begunAt < (leastMs ?? 0)) faults.add(`too early: ${what}`);
    const wasCut = now - hiddenAt >= GRACE_MS || longUntil >= begunAt;
    if (code === 'interrupted' && !wasCut) faults.add('interrupted by a background that was short, or none');
  };

  const call = () => {
    const face = chance.one('get', 'get', 'get', 'post', 'stream', 'upload', 'download');
    const terms = termsOf();
    const isSafe = /get|stream|download/.test(face);
    // What was delivered of a stream is not delivered twice.
    const id = faults.begin(face, isSafe, isSafe && face !== 'stream' && terms.background === 'hold');
    const expected = face === 'stream' ? CHUNKS.join('') : `${face}/${id}`;
    const start = faces[face] as (typeof faces)['get'];
    let answered = false;
    const begunAt = clock.scheduler.now();
    const subscription = start(`${ORIGIN}/${face}/${id}`, terms).subscribe({
      next: (text) => {
        if (answered) faults.add('doubled');
        if (text !== expected) faults.add(`a wrong answer: ${face}`);
        answered = true;
        faults.end(id, 'answer');
      },
      error: (error: unknown) => {
        faults.end(id, isNetworkError(error) ? error.code : String(error));
        if (isNetworkError(error)) checkTime(error, begunAt, terms);
      },
    });
    if (chance.next() > 0.15) return;
    scheduler.schedule(
      () => {
        if (subscription.closed) return;
        subscription.unsubscribe();
        faults.end(id, 'left');
      },
      chance.between(0, 9_000),
    );
  };
  // On the app's own thread, which stands still while the app is suspended.
  const callAgain = () => {
    if (isOver) return;
    for (let count = chance.one(1, 1, 1, 2, 15, 40); count > 0; count--) call();
    scheduler.schedule(callAgain, chance.between(0, 30_000));
  };
  // The world outside goes on.
  const hideAgain = () => {
    if (isOver) return;
    hiddenAt = clock.scheduler.now();
    simulator.enterBackground();
    clock.scheduler.schedule(
      () => {
        if (clock.scheduler.now() - hiddenAt >= GRACE_MS) longUntil = clock.scheduler.now();
        hiddenAt = Infinity;
        simulator.enterForeground();
        clock.scheduler.schedule(hideAgain, chance.between(20, 600_000));
      },
      chance.one(20, 900, 4_900, 5_100, chance.between(5_000, 60_000), chance.between(60_000, 1_200_000)),
    );
  };
  const moveAgain = () => {
    if (isOver) return;
    simulator.setNetwork(chance.one('none', 'none', '4g', 'wifi'));
    clock.scheduler.schedule(
      () => {
        simulator.setNetwork(chance.one('wifi', '5g'));
        clock.scheduler.schedule(moveAgain, chance.between(10_000, 900_000));
      },
      chance.between(10, 40_000),
    );
  };
  // Its user sets the clock, or the network does.
  const setAgain = () => {
    if (isOver) return;
    wallClock.put(chance.one(-1, 1) * chance.one(1, 40, 400, 10_000, HOUR_MS, chance.between(0, 24 * HOUR_MS)));
    clock.scheduler.schedule(setAgain, chance.between(1_000, 900_000));
  };
  const report = (): SoakReport => ({
    calls: faults.calls,
    ends: faults.ends,
    messages: rooms.counts,
    faults: [...faults.found].map(([what, times]) => `${what} × ${times}`),
  });

  callAgain();
  rooms.begin();
  clock.scheduler.schedule(hideAgain, 60_000);
  clock.scheduler.schedule(moveAgain, 90_000);
  clock.scheduler.schedule(setAgain, 120_000);
  for (let hour = 1; hour <= Math.ceil(hours); hour++) {
    await clock.advance(Math.min(1, hours - hour + 1) * HOUR_MS);
    onHour(hour, report());
  }

  // The day ends: what was under way has half an hour to be over.
  isOver = true;
  rooms.end();
  await clock.advance(HOUR_MS / 2);
  faults.close();
  rooms.close();
  const atRest: RequestQueueState = { size: 0, running: 0, paused: false };
  if (JSON.stringify(network.requestQueue.snapshot()) !== JSON.stringify(atRest)) faults.add('places lost');
  await simulator.close();
  return report();
}
