import type { BackgroundPolicy } from '../platform/app-state.js';
import type { CallCalled, CallCancelled, CallCompleted, ShownError, ShownHeader } from '../network/network-event.js';
import type { RequestProfile } from '../platform/request-profile.js';

/**
 * What a call did at each moment: in exactly one of these.
 *
 * - `intercepting`: the app's own interceptors had it: a login, the pause before a retry, what they do with the answer; or it
 *   waited for the answer of the call that it is `sharedWith`
 * - `waiting`: in line for one of the ten places (LIM-2)
 * - `held`: by the background (BG-2), by `requestQueue.pause`, or until it could be replayed
 * - `sending`: the request, from the call of `wx`; where the platform tells nothing of it, it counts as `answering`
 * - `answering`: the server's answer was waited for
 * - `receiving`: the body came
 * - `decoding`: the library made of the body what was asked for
 */
export type CallActivity = 'intercepting' | 'waiting' | 'held' | 'sending' | 'answering' | 'receiving' | 'decoding';

/** The time that went into each; together they are the duration of the call. Milliseconds. */
export type CallPhases = { readonly [Activity in CallActivity]: number };

/** One stretch of a call's life. The spans of a record lie one behind the other, without a gap, and each differs from the next. */
export interface CallSpan {
  readonly activity: CallActivity;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One sending of a call. */
export interface AttemptRecord {
  readonly attempt: number;
  readonly sentAtMs: number;
  /** `undefined` while it runs. */
  readonly endedAtMs: number | undefined;
  /** `left`: the caller, or a deadline, ended it. */
  readonly outcome: 'running' | 'answered' | 'cut' | 'failed' | 'left';
  readonly status: number | undefined;
  readonly error: ShownError | undefined;
  /** The timeout that the platform was given. */
  readonly attemptMs: number;
  /** What the platform measured, where it does. */
  readonly profile: RequestProfile | undefined;
}

/** A body, where bodies are asked for. */
export interface ShownBody {
  readonly text: string;
  /** How many UTF-16 units were left out at the end. */
  readonly cut: number;
}

/** One call from its beginning to its end, or to now. Plain data that survives JSON. */
export interface CallRecord {
  readonly kind: 'call';
  readonly id: number;
  /** The call for which an interceptor made this one. */
  readonly parent: number | undefined;
  readonly client: CallCalled['client'];
  readonly api: CallCalled['api'];
  readonly method: CallCalled['method'];
  /** As it went out last; without secrets. */
  readonly url: string;
  readonly priority: CallCalled['priority'];
  readonly background: BackgroundPolicy;

  readonly calledAtMs: number;
  /** `undefined` while it is under way. */
  readonly endedAtMs: number | undefined;
  /** To its end, or to the last that was heard of it. */
  readonly durationMs: number;
  readonly outcome: 'pending' | CallEnding;
  /** Of one that is `pending`. */
  readonly activity: CallActivity | undefined;
  readonly cancelledBy: CallCancelled['by'] | undefined;
  readonly error: ShownError | undefined;
  /** Where the answer came from, of one that is `completed`: all but `network` were not sent. */
  readonly answeredFrom: CallCompleted['from'] | undefined;
  /** The call for whose answer it waited, as it asked for the same; `'unknown'`: one that began before anybody listened. */
  readonly sharedWith: number | 'unknown' | undefined;

  readonly phases: CallPhases;
  readonly spans: readonly CallSpan[];
  /** How many were left out of `spans`, at the beginning: of a call that is tried again for hours. */
  readonly droppedSpans: number;
  readonly attempts: readonly AttemptRecord[];
  /** How many were left out of `attempts`, which keeps the first and the latest. */
  readonly droppedAttempts: number;
  /** How often it was sent again after the background had cut it. */
  readonly replays: number;

  /** How many stood in line when it came to stand there first, and how many ran. */
  readonly queuedBehind: number | undefined;
  readonly runningThen: number | undefined;
  readonly overtaken: number;
  /** Why it was held, each reason once. */
  readonly heldBy: readonly string[];

  readonly requestHeaders: ShownHeader;
  readonly requestBody: ShownBody | undefined;
  readonly status: number | undefined;
  readonly responseHeaders: ShownHeader;
  readonly responseBody: ShownBody | undefined;
  /** What has come of the body: bytes, or UTF-16 units where the platform handed over a text. */
  readonly receivedSize: number | undefined;
  readonly chunks: number;
  /** Of an upload or a download, from 0 to 100. */
  readonly percent: number | undefined;
  readonly charset: string | undefined;
}

/** How a call ended. */
export type CallEnding = 'completed' | 'failed' | 'refused' | 'cancelled';
