import { Subject } from 'rxjs';

/** A network by hand, whose time passes when the test says so. */
export function clockwork(wx: object = {}) {
  const app$ = new Subject<{ readonly visibility: string }>();
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  let now = 0;
  const scheduler = {
    now: () => now,
    schedule(work: () => void, ms = 0) {
      const timer = { at: now + ms, work };
      timers.add(timer);
      return { unsubscribe: () => timers.delete(timer) };
    },
  };
  return {
    network: { wx, app$, scheduler } as never,
    app$,
    pass(ms: number) {
      now += ms;
      for (const timer of timers) if (timer.at <= now && timers.delete(timer)) timer.work();
    },
  };
}
