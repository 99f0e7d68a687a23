import type { SchedulerLike } from 'rxjs';

const MAX_CREATIONS = 20;
const CREATIONS_WINDOW_MS = 5 * 60_000;

const FORBIDDEN_PORTS: ReadonlySet<number> = new Set([
  1099, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 3128, 3306, 3389, 3659, 4045, 5060, 5061, 5432, 5984, 6379, 6000,
  6566, 7001, 7002, 8443, 8888, 9200, 9300, 10051, 10080, 11211, 27017, 27018, 27019,
]);

/** Whether TCP may not connect to a port: below 1024, 8000–8100, and those of usual servers (platform-facts §4). */
export function isForbiddenPort(port: number): boolean {
  return port < 1024 || (port >= 8000 && port <= 8100) || FORBIDDEN_PORTS.has(port);
}

/** Counts the TCP sockets that are made: at most 20 within 5 minutes (platform-facts §4). */
export function createTcpCreations(scheduler: SchedulerLike): { readonly tooMany: () => boolean } {
  let times: number[] = [];

  return {
    tooMany: () => {
      const now = scheduler.now();
      times = times.filter((time) => now - time < CREATIONS_WINDOW_MS);
      if (times.length >= MAX_CREATIONS) return true;
      times.push(now);
      return false;
    },
  };
}
