import { effectiveTimeout, type NetworkTimeout, type TimedApi } from '../../platform/network-timeout.js';

/**
 * How long a call may take, in milliseconds: its own `timeout`, else `networkTimeout` (TIME-2), else 60 s, and never
 * more than 60 s (TIME-1).
 *
 * - Evidence: the rules of record; precedence in platform-facts §2
 * - Not known: a timeout that is no positive number. Taken for unset, as dimina does (platform-facts §2)
 */
export function deadlineMs(api: TimedApi, timeout: unknown, networkTimeout: NetworkTimeout): number {
  const valid = typeof timeout === 'number' && timeout >= 1 && timeout < Infinity;
  return effectiveTimeout(api, valid ? timeout : undefined, networkTimeout).timeoutMs;
}
