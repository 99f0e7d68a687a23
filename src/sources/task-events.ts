import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import { globalWx, type WxFailure } from '../platform/wx.js';

/** Where to send it: the seam for the simulator and for tests. */
export interface TaskSeam<Port> {
  /** @defaultValue the global `wx`, looked up at each subscription */
  readonly wx?: Port | undefined;
  /** The clock of `durationMs`. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

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

interface Task {
  abort(): void;
}

/**
 * Calls a member of `wx` that returns a task each time it is subscribed to, and aborts the task on unsubscribe.
 *
 * @param plan - Asked at each subscription, so that what it keeps belongs to one call.
 * @returns An observable that errors with a {@link NetworkError} when the platform reports a failure.
 */
export function taskEvents$<Port, Result, Event extends { readonly type: string }>(
  call: CallDetails & { readonly api: TaskApi },
  { wx, scheduler = asyncScheduler }: TaskSeam<Port>,
  plan: (emit: (event: Event) => void) => TaskPlan<Result>,
): Observable<Event> {
  return new Observable((subscriber) => {
    let ended = false;
    const sentAt = scheduler.now();
    const { option, answered, listeners } = plan((event) => subscriber.next(event));

    // Put in, not copied: engines are slow to copy an object that was made member by member.
    option.success = (result?: Result | null) => {
      ended = true;
      // Some cache managers answer with nothing. What is thrown here would be thrown into the platform.
      if (!result) {
        const what = `wx.${call.api} succeeded without an answer`;
        subscriber.error(new NetworkError(what, { ...call, code: 'unknown', phase: 'attempt', cause: result }));
        return;
      }
      answered(result, scheduler.now() - sentAt);
      subscriber.complete();
    };
    option.fail = (failure) => {
      ended = true;
      subscriber.error(classifyFailure(failure, call));
    };
    const port = (wx ?? globalWx()) as { readonly [Api in TaskApi]: (option: object) => Task };
    let task: Task;
    try {
      task = port[call.api](option);
    } catch (cause) {
      subscriber.error(new NetworkError(`wx.${call.api} threw`, { ...call, code: 'unknown', phase: 'attempt', cause }));
      return;
    }

    // In the same turn as the call, or the platform may have told already.
    if (listeners) listen(task, 'on', listeners);
    if (!ended) subscriber.next({ type: 'sent' } as Event);

    return () => {
      // With our own function, never without: that would take everybody's.
      if (listeners) listen(task, 'off', listeners);
      if (ended) return;
      try {
        task.abort();
      } catch {
        // A task that cannot be aborted is over for us all the same: leaving must not fail.
      }
    };
  });
}

function listen(task: Task, onOrOff: 'on' | 'off', listeners: Listeners): void {
  const methods = task as unknown as { readonly [method: string]: ((listener: unknown) => void) | undefined };
  for (const event of Object.keys(listeners)) {
    if (listeners[event]) methods[onOrOff + event]?.(listeners[event]);
  }
}
