import { Subscription } from 'rxjs';
import { callFail, callSuccess, type CallFailed } from './apis/callbacks.js';
import type { AnsweredResult, CallPlan, CallTimes } from './call-plan.js';
import type { SettledEvent } from './events.js';
import type { Host } from './host.js';
import type { Place } from './rules/concurrency.js';
import { worded } from './rules/dialect.js';
import { CallFailure, detailOf, refusalOf, ruleOf, type Failure } from './rules/failure.js';
import { WireFailure } from './wires/wire.js';

/** A call on its way. */
export interface Call {
  /** Ends it, unless it has ended. */
  readonly abort: () => void;
}

/**
 * Takes a call from the app's hands through the rules to its end: exactly one end, whatever comes first, told to the
 * app in a turn of its own.
 */
export function openCall<Success extends AnsweredResult>(host: Host, plan: CallPlan<Success>): Call {
  const { settings, report, calls } = host;
  const { api, method, url, callbacks, timeoutMs, work, httpDns } = plan;
  const { scheduler, dialect, slotFreedAfterCallback, timeoutStartsAt } = settings;

  const id = calls.nextId();
  const times: CallTimes = { invokeStart: scheduler.now(), queueStart: 0, queueEnd: 0, fetchStart: 0 };
  // The hop on the wire and the deadline: what the end of the call puts an end to.
  const running = new Subscription();
  let place: Place | undefined = undefined;
  let queued = false;
  let settled = false;
  let aborted = false;

  const settle = (callback: () => void, event: Omit<SettledEvent, 'at'>) => {
    settled = true;
    calls.delete(self);
    running.unsubscribe();
    report(event);
    host.deliver(() => {
      try {
        callback();
      } finally {
        place?.leave();
      }
    });
    // Last, because the next in line starts in this very turn.
    if (!slotFreedAfterCallback || place?.waiting) place?.leave();
  };

  const fail = (failure: Failure) => {
    if (settled) return;
    const words = worded(api, failure, dialect);
    const told = { ...words, exception: { retryCount: 0, reasons: [] }, ...httpDns };
    settle(() => callFail(callbacks, told as CallFailed), {
      type: 'settled',
      id,
      outcome: 'fail',
      ...words,
      rule: ruleOf(failure),
    });
  };

  const self = {
    started: false,
    fail,
    drop: () => {
      if (!settled) settle(() => {}, { type: 'settled', id, outcome: 'silence' });
    },
    abort: () => {
      if (settled) return;
      aborted = true;
      report({ type: 'aborted', id });
      fail({ kind: 'abort' });
    },
  };

  const tell = (callback: () => void) => {
    host.deliver(() => {
      if (!aborted) callback();
    });
  };

  const startDeadline = () => running.add(scheduler.schedule(() => fail({ kind: 'timeout' }), timeoutMs));

  const start = (exchange: Exclude<typeof work, Failure>) => {
    self.started = true;
    times.fetchStart = scheduler.now();
    if (queued) times.queueEnd = times.fetchStart;
    report({ type: 'started', id, running: host.pools.of(api).running });
    if (host.networkType() === 'none') {
      fail({ kind: 'offline' });
      return;
    }
    if (timeoutStartsAt === 'dispatch') startDeadline();

    running.add(
      exchange({ id, times, tell }).subscribe({
        next: (result) => {
          if (settled || !result) return;
          const { statusCode, errMsg } = result;
          settle(() => callSuccess(callbacks, result), { type: 'settled', id, outcome: 'success', statusCode, errMsg });
        },
        error: (error: unknown) => {
          // What a redirect leads to is asked about as the call itself was.
          if (error instanceof CallFailure) (refusalOf(error.failure) ? refuse : fail)(error.failure);
          else fail({ kind: 'wire', cause: error instanceof WireFailure ? error.kind : 'failed' });
          // Neither the server's nor the network's: the wire, its script or the simulator is wrong.
          if (!(error instanceof CallFailure || error instanceof WireFailure)) host.throwLoudly(error);
        },
        complete: () => {
          if (!settled) settle(() => {}, { type: 'settled', id, outcome: 'silence', rule: 'ENC-1' });
        },
      }),
    );
  };

  const refuse = (refusal: Failure) => {
    const told = { rule: ruleOf(refusal), detail: detailOf(refusal), refusal: refusalOf(refusal) };
    report({ type: 'refused', id, ...told });
    fail(refusal);
  };

  calls.add(self);
  report({ type: 'called', id, api, method, url, timeoutMs });
  if (typeof work !== 'function') {
    refuse(work);
    return self;
  }

  const pool = host.pools.of(api);
  place = pool.enter(() => start(work));
  if (!place) {
    refuse({ kind: 'too-many-tasks' });
    return self;
  }

  if (timeoutStartsAt === 'invoke') startDeadline();
  queued = place.waiting;
  if (queued) {
    times.queueStart = scheduler.now();
    report({ type: 'queued', id, waiting: pool.waiting });
  } else {
    start(work);
  }
  return self;
}
