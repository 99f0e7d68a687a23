import { asyncScheduler, type Observable, type SchedulerLike } from 'rxjs';
// eslint-disable-next-line kit/only -- 40 000 short lives: the kit's marbles() look after each test, at several times the price
import { TestScheduler } from 'rxjs/testing';
import type { HttpRequest, NetworkError, WxPort, WxRequestOption } from '../../src/index.js';
import type { History } from './random-history.js';

/** Makes the library, or what is held against it, on a phone. */
export type Make = (wx: WxPort, scheduler: SchedulerLike, concurrency: number) => Library;

/** What a life needs of it. */
export interface Library {
  call(request: HttpRequest): Observable<unknown>;
  pause(): void;
  resume(): void;
}

/** What came of a life. */
export interface Log {
  /** What was sent, in order. */
  readonly sent: readonly string[];
  /** What else the platform and the callers saw, at which moment; of one moment, in any order: timers are shared. */
  readonly seen: readonly string[];
}

/** Lives a history, in virtual time. */
export function live(history: History, make: Make): Log {
  const wire: string[] = [];
  const outcomes: string[] = [];
  new TestScheduler(() => undefined).run(({ flush }) => {
    const now = () => Math.round(asyncScheduler.now() * 10) / 10;
    const at = (ms: number, work: () => void) => asyncScheduler.schedule(work, ms);
    const listeners = { show: () => {}, hide: () => {} };
    const attempts: number[] = [];

    const request = (option: WxRequestOption) => {
      const id = Number(/\/(\d+)(?:\?|$)/.exec(option.url)?.[1]);
      const attempt = (attempts[id] = (attempts[id] ?? 0) + 1);
      const { afterMs, how } = history.calls[id]!.replies[attempt - 1] ?? { afterMs: 1, how: 'ok' };
      wire.push(`${now()} ${option.method} ${id}`);
      const answer = () => {
        if (how === 'ok') option.success?.({ data: '{}', statusCode: 200, header: {}, errMsg: 'request:ok' });
        else option.fail?.(FAILURES[how]);
      };
      if (afterMs === 0) {
        answer();
        return { abort: () => wire.push(`${now()} abort ${id}`) };
      }
      const timer = how === 'silence' ? undefined : at(afterMs, answer);
      return {
        abort() {
          wire.push(`${now()} abort ${id}`);
          timer?.unsubscribe();
          if (history.tellsAborts) option.fail?.({ errMsg: 'request:fail abort' });
        },
      };
    };
    const wx: WxPort = {
      request,
      onAppShow: (listener) => (listeners.show = listener),
      onAppHide: (listener) => (listeners.hide = listener),
    };
    const library = make(wx, frozenIn(history), history.concurrency);

    history.calls.forEach(({ atMs, request, leavesAtMs }, id) => {
      at(atMs, () => {
        const subscription = library.call({ ...request, url: `https://api.example.com/${id}` }).subscribe({
          next: () => outcomes.push(`${now()} ${id} answer`),
          error: (error: NetworkError) => outcomes.push(`${now()} ${id} ${error.message}`),
          complete: () => outcomes.push(`${now()} ${id} |`),
        });
        if (leavesAtMs !== undefined) subscription.add(at(leavesAtMs - atMs, () => subscription.unsubscribe()));
      });
    });
    for (const { hideMs, showMs } of history.hides) {
      at(hideMs, () => listeners.hide());
      at(showMs, () => listeners.show());
    }
    for (const { fromMs, toMs } of history.offline) {
      at(fromMs, () => library.pause());
      at(toMs, () => library.resume());
    }
    flush();
  });
  const sent = wire.filter((entry) => !entry.includes('abort'));
  // After a freeze, whatever was due falls on one moment.
  const thawed = history.hides.some(({ freezesMs, thawsMs }) => freezesMs < thawsMs);
  return { sent: thawed ? sent.sort() : sent, seen: [...wire, ...outcomes].sort() };
}

const FAILURES = {
  interrupted: { errMsg: 'request:fail interrupted', errno: 600003 },
  timeout: { errMsg: 'request:fail timeout', errno: 5 },
  offline: { errMsg: 'request:fail -106:net::ERR_INTERNET_DISCONNECTED', errno: 600001 },
  refused: { errMsg: 'request:fail -102:net::ERR_CONNECTION_REFUSED', errno: 600001 },
  silence: { errMsg: '' },
} as const;

/** A clock whose timers stand still while the app's thread is frozen, and fire when it goes on. */
function frozenIn({ hides }: History): SchedulerLike {
  return {
    now: () => asyncScheduler.now(),
    schedule(work, delay = 0, state) {
      const due = asyncScheduler.now() + delay;
      const freeze = hides.find(({ freezesMs, thawsMs }) => freezesMs <= due && due < thawsMs);
      if (!freeze) return asyncScheduler.schedule(work as never, delay, state);
      // In the order in which they were due.
      const behindMs = (due - freeze.freezesMs) * 1e-10;
      return asyncScheduler.schedule(work as never, freeze.thawsMs + behindMs - asyncScheduler.now(), state);
    },
  };
}
