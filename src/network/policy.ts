import type { QueueTerms } from '../operators/queued-call.js';
import type { TimedApi } from '../platform/network-timeout.js';
import { attemptLimit } from './calls/attempt-limit.js';
import type { CallOptions } from './calls/http-request.js';
import type { NetworkInternals } from './internals.js';

/** By which rules a call goes: resolved once, and handed on as it is. */
export interface CallPolicy extends QueueTerms {
  /** What the platform is given, and may be given (TIME-1, TIME-2). */
  readonly attemptMs: number;
  readonly idleMs: number | undefined;
  readonly totalMs: number | undefined;
  readonly interruptInBackground: boolean;
}

const NOTHING_SAID: CallOptions = { url: '' };

/** What the call says, else what its network says. Calls that say nothing share one. */
export function policyOf(
  network: NetworkInternals,
  api: TimedApi,
  call: CallOptions,
  longMs: number | undefined,
): CallPolicy {
  const { priority, maxWaitMs, background, attemptMs, idleMs, totalMs, interruptInBackground } = call;
  const said = longMs ?? priority ?? maxWaitMs ?? background ?? attemptMs ?? idleMs ?? totalMs ?? interruptInBackground;
  if (said !== undefined) return resolved(network, api, call, longMs);
  return (network.policies[api] ??= resolved(network, api, NOTHING_SAID, undefined));
}

function resolved(network: NetworkInternals, api: TimedApi, call: CallOptions, longMs: number | undefined): CallPolicy {
  const { settings } = network;
  const idleMs = call.idleMs ?? settings.idleMs;
  return {
    priority: call.priority ?? 'normal',
    maxWaitMs: call.maxWaitMs ?? settings.maxWaitMs,
    background: call.background ?? settings.background,
    attemptMs: attemptLimit(network, api, call.attemptMs, idleMs && longMs),
    idleMs,
    totalMs: call.totalMs ?? settings.totalMs,
    interruptInBackground: call.interruptInBackground ?? settings.interruptInBackground,
  };
}
