import { asyncScheduler } from 'rxjs';
import { createNetwork } from '../../../src/index.js';
import { createOutbox, type Outbox, type OutboxItem } from '../../../src/resilience.js';
import { json, marbles, type MarbleHelpers } from '../../../src/testing/index.js';
import { countingServer } from './counting-server.js';

const BASE = 'https://api.example.com';

/** With it each two steps are the last ones: some thousand runs. */
const EVERY_PAIR = process.env['OUTBOX_KILLS'] === 'pairs';

/** What one run came to. */
interface Run {
  readonly steps: number;
  readonly told: readonly string[];
  readonly effects: readonly string[];
  readonly parked: readonly string[];
  readonly left: readonly string[];
  readonly files: readonly string[];
}

const FILE_CALLS = ['mkdir', 'copyFile', 'unlink', 'readdir'] as const;

/** A user who puts three likes, a photo, and what is refused; the app is killed at each of the steps that are named. */
function run(kills: readonly number[]): Run {
  let result: Run | undefined;
  marbles(
    (helpers) => {
      const { server, simulator, flush } = helpers;
      const counting = countingServer();
      server.post(`${BASE}/likes`).alwaysReplies('--a|', {
        a: (request) => (request.text.includes('"no"') ? json({}, { status: 422 }) : counting.answer(request)),
      });
      const photo = `${simulator.wx.env.USER_DATA_PATH}/photo.jpg`;
      simulator.wx.getFileSystemManager().writeFileSync(photo, 'the photo');

      let steps = 0;
      let over = false;
      const step = () => {
        if (over) return;
        steps++;
        if (!kills.includes(steps)) return;
        simulator.destroy();
        asyncScheduler.schedule(() => {
          simulator.restart();
          outbox = start(helpers, step);
        }, 1);
      };
      simulator.events$.subscribe(({ type }) => {
        if (type === 'storage-called' || type === 'storage-settled') step();
      });

      const told: string[] = [];
      const put = (request: Parameters<Outbox['put']>[0], name: string) =>
        outbox
          .put(request)
          .subscribe({ next: () => told.push(name), error: (error: Error) => told.push(String(error)) });
      let outbox = start(helpers, step);
      const acts = [
        () => put({ url: '/likes', data: { like: 'a' } }, 'a'),
        () => put({ url: '/likes', filePath: photo, name: 'photo', formData: { like: 'b' } }, 'b'),
        () => put({ url: '/likes', data: { like: 'no' } }, 'no'),
        () => put({ url: '/likes', data: { like: 'c' } }, 'c'),
        () => put({ url: '/likes', data: { like: 'd' } }, 'd'),
      ];
      acts.forEach((act, index) => asyncScheduler.schedule(act, index * 7));
      flush();
      over = true;

      let items: readonly OutboxItem[] = [];
      outbox.items$.subscribe((all) => (items = all)).unsubscribe();
      const folder = `${simulator.wx.env.USER_DATA_PATH}/rx-miniprogram-outbox-main`;
      result = {
        steps,
        told,
        effects: counting.effects,
        parked: items.map(({ request }) => (request.data as { like: string }).like),
        left: simulator.wx.getStorageInfoSync().keys.filter((key) => !items.some(({ id }) => key.endsWith(id))),
        files: filesIn(simulator, folder),
      };
    },
    { simulator: { storage: { latencyMs: 1 } } },
  )();
  return result as Run;
}

/** The app, which starts with an outbox; before and after each call of its file system there is a step. */
function start({ simulator }: MarbleHelpers, step: () => void): Outbox {
  const real = simulator.wx.getFileSystemManager();
  let alive = true;
  simulator.events$.subscribe(({ type }) => {
    if (type === 'destroyed') alive = false;
  });
  const counted = FILE_CALLS.map((name) => [
    name,
    (option: object) => {
      if (alive) step();
      if (!alive) return;
      (real[name] as (option: object) => void)(option);
      if (alive) step();
    },
  ]);
  const wx = Object.assign(Object.create(simulator.wx), {
    getFileSystemManager: () => Object.assign(Object.create(real), Object.fromEntries(counted)),
  });
  const network = createNetwork({ wx, scheduler: simulator.scheduler, baseUrl: BASE });
  return createOutbox(network, { name: 'main', random: () => Math.random() });
}

function filesIn({ wx }: MarbleHelpers['simulator'], folder: string): string[] {
  const files = wx.getFileSystemManager();
  const isThere = files.readdirSync(wx.env.USER_DATA_PATH).some((name) => folder.endsWith(`/${name}`));
  return isThere ? files.readdirSync(folder) : [];
}

function check({ told, effects, parked, left, files }: Run): void {
  const arrived = [...effects, ...parked];
  // Nothing lost that was told of …
  expect(told.filter((name) => !arrived.includes(name))).toEqual([]);
  // … nothing done twice, all in order, and nothing forgotten on the device.
  expect(effects).toEqual([...new Set(effects)].sort());
  expect(parked).toEqual(parked.length > 0 ? ['no'] : []);
  expect(left).toEqual([]);
  expect(files).toEqual([]);
}

describe('createOutbox, killed', () => {
  const whole = run([]);

  it('does it all where it is not killed', () => {
    expect(whole.told).toEqual(['a', 'b', 'no', 'c', 'd']);
    expect(whole.effects).toEqual(['a', 'b', 'c', 'd']);
    expect(whole.parked).toEqual(['no']);
    check(whole);
  });

  it('loses nothing and does nothing twice, at whichever step of its storage and its files it is killed', () => {
    expect(whole.steps).toBeGreaterThanOrEqual(39);
    for (let kill = 1; kill <= whole.steps; kill++) check(run([kill]));
  });

  it('nor where it is killed once more when it has started again', () => {
    const first = EVERY_PAIR ? Array.from({ length: whole.steps }, (_, index) => index + 1) : [9, 23];
    for (const kill of first)
      for (let next = 1; next <= (EVERY_PAIR ? 40 : 12); next++) check(run([kill, kill + next]));
  });
});
