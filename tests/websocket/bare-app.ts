import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import { LANGUAGE } from '../package/support/engines.js';
import { fastClock } from '../support/fast-clock.js';
import type { SocketServer } from '../support/socket-server.js';

/** What the phone's seconds are shorter by. */
const FASTER = 20;

/** A mini program with somebody else's client in it, on a phone of its own. */
export interface BareApp {
  /** Ends it, and its timers. */
  close(): Promise<void>;
  /** Resolves when the app has noted something for the nth time. */
  noted(what: string, times?: number): Promise<void>;
  /** Hides the app for so long, in milliseconds of the phone. */
  hideFor(ms: number): Promise<void>;
}

/**
 * Bundles an app with the client it imports, untouched, and runs it in an engine that has the language, timers, `console`, `wx`, and
 * nothing else; `also` names what the client asks its users to bring.
 */
export async function runBareApp(source: string, server: SocketServer, also: object = {}): Promise<BareApp> {
  const { outputFiles } = await build({
    stdin: { contents: HEAD + source, resolveDir: join(__dirname), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2018',
    logLevel: 'silent',
  });
  const phone = createSimulator({
    domains: { socket: ['wss://chat.example.com'] },
    ca: server.ca,
    lookup: server.lookup,
    scheduler: fastClock(FASTER),
  });
  const notes: string[] = [];
  const waiting = new Set<() => void>();
  const note = (what: string) => {
    notes.push(what);
    for (const look of [...waiting]) look();
  };

  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  const globals = runInContext('this', context) as Record<string, unknown>;
  const known = new Set([...LANGUAGE, 'Symbol', 'undefined', 'globalThis']);
  const names = runInContext('Object.getOwnPropertyNames(this)', context) as string[];
  for (const name of names) {
    if (!known.has(name)) runInContext(`delete this[${JSON.stringify(name)}]`, context);
  }
  const timers = timersOf(phone.scheduler);
  Object.assign(globals, timers.globals, { wx: phone.wx, clock: phone.scheduler, note, console: quiet }, also);
  runInContext((outputFiles[0] as { text: string }).text, context);

  return {
    close: () => {
      timers.stop();
      return phone.close();
    },
    noted: (what, times = 1) =>
      new Promise((resolve, reject) => {
        const isEnough = () => notes.filter((line) => line === what).length >= times;
        const late = asyncScheduler.schedule(() => reject(new Error(`never ${what}: ${notes.join(' | ')}`)), 8_000);
        const look = () => {
          if (!isEnough()) return;
          waiting.delete(look);
          late.unsubscribe();
          resolve();
        };
        waiting.add(look);
        look();
      }),
    hideFor: (ms) =>
      new Promise((resolve) => {
        phone.enterBackground();
        asyncScheduler.schedule(() => {
          phone.enterForeground();
          resolve();
        }, ms / FASTER);
      }),
  };
}

const HEAD = `
  import { createNetwork } from '../../src/index.js';
  import { createWebSocket } from '../../src/websocket.js';
  declare const wx: never; declare const clock: never; declare const note: (what: string) => void;
  const WebSocket = createWebSocket(createNetwork({ wx, scheduler: clock })) as any;
`;

const nothing = (): void => undefined;
const quiet = { log: nothing, info: nothing, debug: nothing, warn: nothing, error: nothing };

/** The timers of a phone: they stop while the app is suspended. */
function timersOf(scheduler: SchedulerLike): { readonly globals: object; readonly stop: () => void } {
  const running = new Map<number, { unsubscribe: () => void }>();
  let last = 0;
  let stopped = false;
  const clear = (id: number) => {
    running.get(id)?.unsubscribe();
    running.delete(id);
  };
  const start =
    (repeats: boolean) =>
    (work: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
      const id = ++last;
      if (stopped) return id;
      const again = () => {
        const action = scheduler.schedule(() => {
          if (repeats) again();
          else running.delete(id);
          work(...given);
        }, ms);
        running.set(id, action);
      };
      again();
      return id;
    };
  return {
    globals: { setTimeout: start(false), clearTimeout: clear, setInterval: start(true), clearInterval: clear },
    stop: () => {
      stopped = true;
      for (const id of [...running.keys()]) clear(id);
    },
  };
}
