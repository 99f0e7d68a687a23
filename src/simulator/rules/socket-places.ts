import { MAX_CONCURRENT_SOCKETS } from '../../platform/limits.js';

/** The five places of LIM-3. */
export interface SocketPlaces {
  readonly taken: number;
  /** Takes a place, from connecting until closed. @returns what gives it back, once; `undefined` when all are taken. */
  enter(): (() => void) | undefined;
}

/**
 * Lets five sockets be at once; the sixth has no place, and does not wait for one (LIM-3).
 *
 * - Evidence: base library ≥ 1.7.0 fails the sixth at once; connecting, open and closing ones all count, and a place is
 *   free with the close event (discoveries/concurrency.md)
 */
export function createSocketPlaces(): SocketPlaces {
  const taken = new Set<() => void>();

  return {
    get taken() {
      return taken.size;
    },
    enter: () => {
      if (taken.size >= MAX_CONCURRENT_SOCKETS) return undefined;
      const leave = () => void taken.delete(leave);
      taken.add(leave);
      return leave;
    },
  };
}
