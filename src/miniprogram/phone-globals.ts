import { format } from 'node:util';
import type { SchedulerLike, Subscription } from 'rxjs';
import type { AnyFunction, Realm } from './realm.js';

/** How loud a line of the app's console is. */
export type ConsoleLevel = 'log' | 'info' | 'debug' | 'warn' | 'error';

/** What the globals stand on. */
export interface PhoneGlobalsOptions {
  /** The app's own clock: what falls due while the app is suspended waits. */
  readonly scheduler: SchedulerLike;
  /** Is told what the app writes to its console. */
  readonly said: (level: ConsoleLevel, line: string) => void;
}

/** Puts into a realm what every phone has beside the language: timers on the app's clock, `Date` with it, `console`. */
export function definePhoneGlobals(realm: Realm, { scheduler, said }: PhoneGlobalsOptions): void {
  realm.define({ ...timersOn(scheduler, realm), console: consoleFor(said) });
  // Names, so that a module may ask `if (window)`; and not parameters, so that it may have a `const location` of its own.
  realm.define(Object.fromEntries(OF_A_BROWSER.map((name) => [name, undefined])));
  realm.evaluate('globalThis.global = globalThis;', 'realm');
  const takeDate = realm.evaluate(DATE_ON_A_CLOCK, 'realm') as (now: () => number) => void;
  takeDate(() => scheduler.now());
}

/** What the platform hides from an app, whether its engine has it or not. */
const OF_A_BROWSER = 'window document frames self location navigator localStorage history XMLHttpRequest'.split(' ');

// In virtual time the app must not see the clock on the wall.
const DATE_ON_A_CLOCK = `(now) => {
  const Wall = Date;
  globalThis.Date = new Proxy(Wall, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    apply: () => new Wall(now()).toString(),
    get: (target, name, self) => (name === 'now' ? now : Reflect.get(target, name, self)),
  });
  Wall.prototype.constructor = globalThis.Date;
}`;

function timersOn(scheduler: SchedulerLike, realm: Realm) {
  const running = new Map<number, Subscription>();
  let lastId = 0;

  const start = (callback: unknown, delay: unknown, repeat: boolean, args: readonly unknown[]) => {
    if (typeof callback !== 'function')
      throw new TypeError(`expected a function to call later; got ${typeof callback}`);
    const id = ++lastId;
    // Never 0 for an interval, as everywhere, or no turn would come to an end.
    const delayMs = Math.max(repeat ? 1 : 0, Math.trunc(Number(delay) || 0));
    const action = scheduler.schedule<undefined>(function () {
      // First, so that a callback that clears its own interval does.
      if (repeat) this.schedule(undefined, delayMs);
      else running.delete(id);
      (callback as AnyFunction)(...args.map(realm.toApp));
    }, delayMs);
    running.set(id, action);
    return id;
  };
  const stop = (id: unknown) => {
    running.get(id as number)?.unsubscribe();
    running.delete(id as number);
  };

  return {
    setTimeout: (callback: unknown, delay?: unknown, ...args: unknown[]) => start(callback, delay, false, args),
    setInterval: (callback: unknown, delay?: unknown, ...args: unknown[]) => start(callback, delay, true, args),
    clearTimeout: stop,
    clearInterval: stop,
  };
}

function consoleFor(said: PhoneGlobalsOptions['said']) {
  const line =
    (level: ConsoleLevel) =>
    (...words: unknown[]) =>
      said(level, format(...words));
  const nothing = () => {};
  return {
    log: line('log'),
    info: line('info'),
    debug: line('debug'),
    warn: line('warn'),
    error: line('error'),
    trace: line('debug'),
    dir: line('log'),
    table: line('log'),
    group: line('log'),
    groupCollapsed: line('log'),
    assert: (holds: unknown, ...words: unknown[]) => {
      if (!holds) said('error', format('Assertion failed:', ...words));
    },
    groupEnd: nothing,
    time: nothing,
    timeEnd: nothing,
    timeLog: nothing,
    count: nothing,
    clear: nothing,
  };
}
