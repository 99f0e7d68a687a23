import { heapScheduler, type HeapScheduler } from './heap-scheduler.js';
import { createNetwork, type WxPort } from '../src/index.js';
import { createOutbox, type Outbox } from '../src/resilience.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const BASE = 'https://api.example.com';

/** What has come of it so far. */
export interface OutboxTally {
  puts: number;
  /** How many puts were told to be on the device. */
  told: number;
  effects: number;
  /** Effects that came a second time, under another key. */
  doubled: number;
  /** Effects that came after a later one of their lane. */
  disordered: number;
  kills: number;
  requests: number;
}

export interface OutboxDay {
  readonly seed: number;
  readonly hours: number;
  readonly onHour?: (hour: number, tally: OutboxTally) => void;
}

interface Like {
  readonly lane: string;
  readonly number: number;
}

interface Callbacks {
  readonly success?: (result: object) => void;
  readonly fail?: (failure: { readonly errMsg: string }) => void;
}

/**
 * Lives days with an outbox, in virtual time, on a phone that keeps nothing but what an app has given it, so that what the heap grows by is
 * ours: puts every few seconds; tunnels, a server that is down or knows nobody, a full storage, the background, kills.
 *
 * @returns The tally, and how many puts that were told never arrived.
 */
export function liveWithOutbox({ seed, hours, onHour }: OutboxDay): OutboxTally & { readonly lost: number } {
  const random = seeded(seed);
  const tally: OutboxTally = { puts: 0, told: 0, effects: 0, doubled: 0, disordered: 0, kills: 0, requests: 0 };
  const storage = new Map<string, string>();
  const outstanding = new Set<number>();
  const keys = new Map<number, string>();
  const last = new Map<string, number>();
  const bad = { tunnel: 0, down: 0, afterwards: 0, nobody: 0, full: 0, hidden: 0 };
  let now = 0;
  let world: HeapScheduler = heapScheduler();
  let heard: { show(): void; hide(): void; network(): void } | undefined;

  const serve = ({ lane, number }: Like, key: string): number => {
    tally.requests++;
    if (bad.down > now) return 503;
    if (bad.nobody > now) return 401;
    const known = keys.get(number);
    if (known === undefined) {
      tally.effects++;
      if (number < (last.get(lane) ?? 0)) tally.disordered++;
      last.set(lane, number);
      keys.set(number, key);
      // As a server does, after a while.
      keys.delete(number - 1_000);
    } else if (known !== key) tally.doubled++;
    outstanding.delete(number);
    return bad.afterwards > now ? 502 : 200;
  };

  /** A phone of this life: what the app has asked for is told by its clock, and not after it was killed. */
  const phoneOf = (clock: HeapScheduler): WxPort => {
    const later = (ms: number, work: () => void) => clock.schedule(work, ms);
    const listeners = {
      show: [] as (() => void)[],
      hide: [] as (() => void)[],
      network: [] as ((told: object) => void)[],
    };
    const status = () => ({ networkType: bad.tunnel > now ? 'none' : 'wifi', isConnected: bad.tunnel <= now });
    heard = {
      show: () => listeners.show.forEach((listener) => listener()),
      hide: () => listeners.hide.forEach((listener) => listener()),
      network: () => listeners.network.forEach((listener) => listener(status())),
    };
    const stored = (write: () => void) => (option: Callbacks) =>
      void later(1, () => {
        if (bad.full > now) return option.fail?.({ errMsg: 'setStorage:fail:quota reached' });
        write();
        return option.success?.({});
      });
    const wx = {
      onAppShow: (listener: () => void) => void listeners.show.push(listener),
      onAppHide: (listener: () => void) => void listeners.hide.push(listener),
      onNetworkStatusChange: (listener: (told: object) => void) => void listeners.network.push(listener),
      offNetworkStatusChange: () => undefined,
      getNetworkType: ({ success }: Callbacks) => success?.(status()),
      getStorageInfo: ({ success }: Callbacks) => void later(1, () => success?.({ keys: [...storage.keys()] })),
      getStorage: ({ key, success, fail }: Callbacks & { key: string }) =>
        void later(1, () => {
          if (storage.has(key)) success?.({ data: storage.get(key) });
          else fail?.({ errMsg: 'getStorage:fail data not found' });
        }),
      setStorage: (option: Callbacks & { key: string; data: string }) =>
        stored(() => void storage.set(option.key, option.data))(option),
      removeStorage: (option: Callbacks & { key: string }) => stored(() => void storage.delete(option.key))(option),
      request: (option: Callbacks & { data: Like; header: Record<string, string> }) => {
        const answer = later(40, () => {
          if (bad.tunnel > now) return option.fail?.({ errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED' });
          const statusCode = serve(option.data, option.header['Idempotency-Key'] ?? '');
          return option.success?.({ statusCode, data: '{}', header: {}, cookies: [] });
        });
        return {
          abort() {
            answer.unsubscribe();
            option.fail?.({ errMsg: 'request:fail abort' });
          },
          onHeadersReceived: () => undefined,
          offHeadersReceived: () => undefined,
        };
      },
    };
    return wx as unknown as WxPort;
  };

  const start = (): Outbox => {
    world = heapScheduler();
    world.runUntil(now);
    const network = createNetwork({ wx: phoneOf(world), scheduler: world, baseUrl: BASE });
    const outbox = createOutbox(network, { name: 'day', lanes: 2, maxItems: 1_000, random, maxAgeMs: Infinity });
    outbox.items$.subscribe();
    return outbox;
  };
  let outbox = start();

  const happen = () => {
    const forMs = Math.floor(random() * 10 * MINUTE_MS);
    const kind = Math.floor(random() * 8);
    const name = (['tunnel', 'down', 'afterwards', 'nobody', 'full', 'hidden'] as const)[kind];
    if (name) bad[name] = now + forMs;
    if (name === 'tunnel') heard?.network();
    if (name === 'hidden') heard?.hide();
    if (kind === 7) {
      tally.kills++;
      bad.hidden = 0;
      outbox = start();
    }
  };
  const recover = (before: number) => {
    const isOver = (until: number) => until > before && until <= now;
    if (isOver(bad.tunnel)) heard?.network();
    if (isOver(bad.hidden)) heard?.show();
    if (isOver(bad.nobody)) outbox.resume();
  };
  const put = () => {
    const number = ++tally.puts;
    const lane = number % 2 === 0 ? 'x' : 'y';
    outbox.put({ url: '/likes', data: { lane, number }, lane }).subscribe({
      next: () => {
        tally.told++;
        outstanding.add(number);
      },
      error: () => undefined,
    });
  };
  const liveUntil = (until: number, isBusy: boolean) => {
    while (now < until) {
      const before = now;
      now += 1_000;
      world.runUntil(now);
      recover(before);
      if (!isBusy) continue;
      if (bad.hidden <= now && random() < 0.1) put();
      if (random() < 1 / 300) happen();
      if (now % HOUR_MS === 0) onHour?.(now / HOUR_MS, tally);
    }
  };
  liveUntil(hours * HOUR_MS, true);
  for (const name of Object.keys(bad) as (keyof typeof bad)[]) bad[name] = Math.min(bad[name], now + 1);
  // In the evening all is well, and what was marked or could not be removed goes again after a start.
  liveUntil(now + HOUR_MS, false);
  outbox = start();
  liveUntil(now + HOUR_MS / 2, false);
  return { ...tally, lost: outstanding.size };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
