import type { SchedulerLike } from 'rxjs';
import { MAX_TCP_SOCKETS, TCP_WINDOW_MS } from '../../platform/raw-socket-rules.js';

/** Counts the TCP sockets that are made: at most 20 within 5 minutes (discoveries/local-network.md). */
export function createTcpCreations(scheduler: SchedulerLike): { readonly tooMany: () => boolean } {
  let times: number[] = [];

  return {
    tooMany: () => {
      const now = scheduler.now();
      times = times.filter((time) => now - time < TCP_WINDOW_MS);
      if (times.length >= MAX_TCP_SOCKETS) return true;
      times.push(now);
      return false;
    },
  };
}
