import type { HttpResponse } from '../../platform/http-response.js';
import type { WxAnswer } from '../../platform/make-response.js';
import type { Progress } from '../../platform/progress.js';
import type { TaskAnswer } from '../../sources/task-events.js';

/** What every event of an upload, a download and a stream says. */
export interface OfAttempt {
  /** Which sending it belongs to: 1, and one more with each replay. */
  readonly attempt: number;
}

/** The call of `wx` has been made. */
export interface SentEvent extends OfAttempt {
  readonly type: 'sent';
}

/** The header is in, the body follows. */
export interface HeadersEvent extends OfAttempt {
  readonly type: 'headers';
  /** The developer tools do not tell it here. */
  readonly status: number | undefined;
  /** All fields, named as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** One field, whatever the case of its name. */
  header(name: string): string | undefined;
}

/** How far an attempt has come. */
export interface ProgressEvent extends Progress, OfAttempt {
  readonly type: 'progress';
}

/** The next bytes of the body, cut anywhere: in the middle of a character too. */
export interface ChunkEvent extends OfAttempt {
  readonly type: 'chunk';
  readonly data: ArrayBuffer;
}

/** The last event: the answer, as `http$` gives it. */
export interface AnswerEvent<T> extends HttpResponse<T>, OfAttempt {
  readonly type: 'response';
}

/** Whatever may happen to a call, told apart by `type`. `http$` keeps the answer only. */
export type CallEvent = SentEvent | HeadersEvent | ProgressEvent | ChunkEvent | AnswerEvent<unknown>;

/** What one attempt tells before its answer; what is only `heard` is told to nobody. It does not know which attempt it is. */
export interface EventOnTheWay {
  readonly type: Exclude<CallEvent['type'], 'response'> | 'heard';
}

/** What one attempt tells. */
export type AttemptEvent = EventOnTheWay | TaskAnswer<WxAnswer>;
