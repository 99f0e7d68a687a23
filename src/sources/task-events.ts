import { asyncScheduler, Observable, type Observer } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import type { WxFailure } from '../platform/wx.js';
import { callWx, hearPromise, letGo, notATask, portWith, threw, type TimedWxSeam } from './call-wx.js';

/** What one call of `wx` says and hears, beside the callbacks that all have. */
export interface TaskPlan<Result> {
  /** Made for this call: the callbacks are put into it. */
  readonly option: { success?: (result: never) => void; fail?: (failure: WxFailure) => void };
  /** Emits what the answer is. */
  readonly answered: (result: Result, durationMs: number) => void;
  /** By the name behind `on` and `off`, such as `HeadersReceived`. @defaultValue none */
  readonly listeners?: Listeners | undefined;
}

type Listeners = { readonly [event: string]: ((report: never) => void) | false };

type TaskApi = 'request' | 'uploadFile' | 'downloadFile';

/** What the platform returns; a wrapper may return a promise of the answer, or nothing. */
interface Task {
  readonly abort?: () => void;
}

/**
 * Calls a member of `wx` that returns a task each time it is subscribed to, and aborts the task on unsubscribe.
 *
 * @param plan - Asked at each subscription, so that what it keeps belongs to one call.
 * @returns An observable that errors with a {@link NetworkError} when the platform reports a failure.
 */
export function taskEvents$<Port, Result, Event extends { readonly type: string }>(
  call: CallDetails & { readonly api: TaskApi },
  { wx, scheduler = asyncScheduler }: TimedWxSeam<Port>,
  plan: (out: Pick<Observer<Event>, 'next'>) => TaskPlan<Result>,
): Observable<Event> {
  const { api } = call;
  return new Observable((subscriber) => {
    let ended = false;
    const sentAt = scheduler.now();
    const { option, answered, listeners = NO_LISTENERS } = plan(subscriber);

    // Put in, not copied: engines are slow to copy an object that was made member by member.
    const succeed = (result?: unknown) => {
      ended = true;
      // Some cache managers answer with nothing. What is thrown here would be thrown into the platform.
      if (!result) {
        const what = `wx.${api} succeeded without an answer`;
        subscriber.error(new NetworkError(what, { ...call, code: 'unknown', phase: 'attempt', cause: result }));
        return;
      }
      answered(result as Result, scheduler.now() - sentAt);
      subscriber.complete();
    };
    const fail = (failure: WxFailure) => {
      ended = true;
      subscriber.error(classifyFailure(failure, call));
    };
    option.success = succeed;
    option.fail = fail;

    const port = portWith(wx as { readonly [Api in TaskApi]: (option: object) => Task }, api, call, OTHERWISE);
    let task: Task;
    try {
      task = port[api](option) ?? {};
    } catch (cause) {
      throw threw(`wx.${api}`, call, cause);
    }
    const settled = (result: unknown) => {
      // A wrapper that calls back, too, or later.
      if (ended || !result || (result as Task).abort) return;
      if ((result as { readonly statusCode?: unknown }).statusCode === undefined) subscriber.error(notATask(call));
      else succeed(result);
    };
    const events = Object.keys(listeners);
    const promised = hearPromise(task, settled, fail);
    // The answer would be empty, and the chunks nobody's.
    if (promised && listeners['ChunkReceived'] && !('onChunkReceived' in task)) throw notATask(call);
    // Before it is listened to: what throws there must not keep it from being aborted.
    subscriber.add(() => {
      // With our own function, never without: that would take everybody's.
      for (const event of events) letGo(() => listen(task, 'off', event, listeners));
      if (!ended) letGo(() => task.abort?.());
    });
    if (subscriber.closed) return;
    // In the same turn as the call, or the platform may have told already.
    for (const event of events) callWx(`on${event}`, call, () => listen(task, 'on', event, listeners));
    subscriber.next({ type: 'sent' } as Event);
  });
}

const NO_LISTENERS: Listeners = {};
const OTHERWISE = 'pass the wx of the platform, or of the simulator';

function listen(task: Task, onOrOff: 'on' | 'off', event: string, listeners: Listeners): void {
  const methods = task as { readonly [method: string]: ((listener: unknown) => void) | undefined };
  if (listeners[event]) methods[onOrOff + event]?.(listeners[event]);
}
