import { asyncScheduler, Observable, type Observer, type SchedulerLike, type Subscription } from 'rxjs';
import { classifyFailure, type Signs } from '../platform/classify-failure.js';
import { NetworkError, type CallDetails } from '../platform/network-error.js';
import { presentPlace, type AbortedTask } from '../platform/task-place.js';
import type { WxFailure } from '../platform/wx.js';
import { callWx, hearPromise, letGo, notATask, portWith, threw, type WithWxAndScheduler } from './call-wx.js';

/** What one call of `wx` says and hears, beside the callbacks that all have. */
export interface TaskPlan<Result, Event> {
  /** Made for this call: the callbacks are put into it. */
  readonly option: { success?: (result: never) => void; fail?: (failure: WxFailure) => void };
  /** The last event; what it throws is the error of the call. */
  readonly answered: (result: Result, durationMs: number) => Event;
  /** What a failure may be known by beside what all are. */
  readonly signs?: Signs;
  /** The error of a failure. @defaultValue as it is classified */
  readonly failed?: ((error: NetworkError) => NetworkError) | undefined;
  /** By the name behind `on` and `off`, such as `HeadersReceived`. @defaultValue none */
  readonly listeners?: Listeners | undefined;
  /** Nothing is told before the answer, `sent` neither. @defaultValue `false` */
  readonly quiet?: boolean;
}

type Listeners = { readonly [event: string]: ((report: never) => void) | false };

type TaskApi = 'request' | 'uploadFile' | 'downloadFile';
type TaskDetails = CallDetails & { readonly api: TaskApi };

/** What the platform answered to one call, as it said it. */
export interface TaskAnswer<Result> {
  readonly type: 'response';
  readonly result: Result;
  /** From the call of `wx` to its answer, in milliseconds. */
  readonly durationMs: number;
}

export function taskAnswer<Result>(result: Result, durationMs: number): TaskAnswer<Result> {
  return { type: 'response', result, durationMs };
}

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
export function taskEvents$<Port, Result, Event>(
  details: TaskDetails,
  from: WithWxAndScheduler<Port>,
  plan: (out: Pick<Observer<Event>, 'next'>) => TaskPlan<Result, Event>,
): Observable<Event> {
  return new Observable((subscriber) => startTask(details, from, plan(subscriber), subscriber));
}

/** Who hears of a task, and is what it hangs on: unsubscribed, it aborts it. */
export type TaskSubscriber<Event> = Observer<Event> & Pick<Subscription, 'add' | 'closed'>;

/**
 * The same for a caller that subscribes once and needs no observable.
 *
 * @throws what an observable would give as its error.
 */
export function startTask<Port, Result, Event>(
  details: TaskDetails,
  { wx, scheduler = asyncScheduler }: WithWxAndScheduler<Port>,
  plan: TaskPlan<Result, Event>,
  subscriber: TaskSubscriber<Event>,
): void {
  new TaskCall(details, scheduler, plan, subscriber).begin(wx as Port & TaskPort);
}

type TaskPort = { readonly [Api in TaskApi]: (option: object) => Task | undefined };

/** One call of `wx`, from its sending until it is answered, or left: one object for what would be a closure each. */
class TaskCall<Result, Event> implements AbortedTask {
  onTold: (() => void) | undefined = undefined;
  private readonly place = presentPlace();
  private ended = false;
  private task: Task = NO_TASK;
  private readonly sentAt: number;

  constructor(
    private readonly details: TaskDetails,
    private readonly scheduler: SchedulerLike,
    private readonly plan: TaskPlan<Result, Event>,
    private readonly subscriber: TaskSubscriber<Event>,
  ) {
    this.sentAt = scheduler.now();
  }

  begin(wx: TaskPort | undefined): void {
    const { details, plan, subscriber } = this;
    const { api } = details;
    const { option, listeners } = plan;
    // Put in, not copied: engines are slow to copy an object that was made member by member.
    option.success = (result: Result) => this.succeed(result);
    option.fail = (failure) => this.fail(failure);

    const port = portWith(wx, api, details, OTHERWISE);
    try {
      this.task = port[api](option) ?? NO_TASK;
    } catch (cause) {
      throw threw(`wx.${api}`, details, cause);
    }
    if ((this.task as { readonly then?: unknown }).then) this.hearPromise();
    // Before it is listened to: what throws there must not keep it from being aborted.
    subscriber.add(this);
    if (subscriber.closed) return;
    // In the same turn as the call, or the platform may have told already.
    if (listeners) {
      for (const event of Object.keys(listeners)) callWx(`on${event}`, details, () => this.listen('on', event));
    }
    if (!plan.quiet) subscriber.next({ type: 'sent' } as Event);
  }

  unsubscribe(): void {
    const { task, ended, plan, place } = this;
    // With our own function, never without: that would take everybody's.
    if (plan.listeners) for (const event of Object.keys(plan.listeners)) letGo(() => this.listen('off', event));
    if (ended) return;
    // Whoever is let into its place before the platform has told of its end may be one too many there. It may tell at once.
    if (place) place.aborted = this;
    letGo(() => task.abort?.());
  }

  private succeed(result: Result | undefined): void {
    const { details, scheduler, plan, subscriber, sentAt } = this;
    this.end();
    if (subscriber.closed) return;
    // Some cache managers answer with nothing.
    if (!result) {
      subscriber.error(answeredNothing(details, result));
      return;
    }
    let event: Event;
    // What is thrown here would be thrown into the platform.
    try {
      event = plan.answered(result, scheduler.now() - sentAt);
    } catch (error) {
      subscriber.error(error);
      return;
    }
    subscriber.next(event);
    subscriber.complete();
  }

  private fail(failure: WxFailure): void {
    this.end();
    const { details, plan, subscriber } = this;
    const error = classifyFailure(failure, details, plan.signs);
    subscriber.error(plan.failed ? plan.failed(error) : error);
  }

  private end(): void {
    const { place } = this;
    this.ended = true;
    if (place?.aborted === this) place.aborted = undefined;
    this.onTold?.();
  }

  /** Of a wrapper, in the place of a task or beside it. */
  private hearPromise(): void {
    hearPromise(
      this.task,
      (result) => this.settled(result),
      (failure) => this.fail(failure),
    );
    // The answer would be empty, and the chunks nobody's.
    if (this.plan.listeners?.['ChunkReceived'] && !('onChunkReceived' in this.task)) throw notATask(this.details);
  }

  private settled(result: unknown): void {
    // A wrapper that calls back, too, or later.
    if (this.ended || !result || (result as Task).abort) return;
    if ((result as { readonly statusCode?: unknown }).statusCode === undefined) {
      this.subscriber.error(notATask(this.details));
    } else this.succeed(result as Result);
  }

  private listen(onOrOff: 'on' | 'off', event: string): void {
    const methods = this.task as { readonly [method: string]: ((listener: unknown) => void) | undefined };
    const listener = this.plan.listeners?.[event];
    if (listener) methods[onOrOff + event]?.(listener);
  }
}

const NO_TASK: Task = {};
const OTHERWISE = 'pass the wx of the platform, or of the simulator';

function answeredNothing(details: TaskDetails, cause: unknown): NetworkError {
  const what = `wx.${details.api} succeeded without an answer`;
  return new NetworkError(what, { ...details, code: 'unknown', phase: 'attempt', cause });
}
