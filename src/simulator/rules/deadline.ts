import { MAX_TIMER_MS } from '../../platform/limits.js';
import { wantedTimeout, type TimedApi } from '../../platform/network-timeout.js';
import type { Settings } from '../settings.js';

/**
 * How long a call may take, in milliseconds: its own `timeout`, else `networkTimeout` (TIME-2), else 60 s, and never
 * more than `maxTimeoutMs`, 60 s (TIME-1).
 *
 * - Evidence: discoveries/rules.md; precedence in discoveries/timeouts.md
 * - Not known: a timeout that is no positive number. Taken for unset, as dimina does (discoveries/timeouts.md)
 */
export function deadlineMs(
  api: TimedApi,
  timeout: unknown,
  { callTimeout, networkTimeout, maxTimeoutMs }: Pick<Settings, 'callTimeout' | 'networkTimeout' | 'maxTimeoutMs'>,
): number {
  const valid = callTimeout === 'honoured' && typeof timeout === 'number' && timeout >= 1 && timeout < Infinity;
  const wantedMs = wantedTimeout(api, valid ? timeout : undefined, networkTimeout, maxTimeoutMs);
  // A longer timer of Node's would be over at once.
  return Math.min(wantedMs, maxTimeoutMs, MAX_TIMER_MS);
}
