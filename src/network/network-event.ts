import type { AppVisibility, BackgroundPolicy } from '../platform/app-state.js';
import type { CallPhase, NetworkErrorCode, RuleId } from '../platform/network-error.js';
import type { RequestProfile } from '../platform/request-profile.js';
import type { HttpMethod, NetworkType } from '../platform/wx.js';
import type { Priority } from '../operators/waiting-line.js';

/*
 * What a network decides, as it decides it. Plain data that survives JSON: the same on the phone, at the desk and in the page.
 * Secrets are out: an address has its path, and the names of its query without their values; of Authorization, Cookie and
 * Set-Cookie only that they were there; no body.
 *
 * Names and fields may be added to a version; what is there keeps its meaning. Readers pass over types they do not know.
 */

/** The version of the shapes in this file, as the streams of the desk say it. */
export const NETWORK_EVENT_VERSION = 1;

/** What stands in the place of a secret: in an address, too, which must stay one. */
export const REDACTED = '***';

/** When it happened: milliseconds by the clock of the network's scheduler, which is `Date.now()` unless another was given. */
export interface AtTime {
  readonly atMs: number;
}

/** It is about one call: a number from 1 that counts up in a network, from when it began to be watched. */
export interface OfCall extends AtTime {
  readonly call: number;
}

/**
 * It is about one socket, of `socket$`, `tcp$`, `udp$` or the class `WebSocket`: a number from 1, counted apart from the calls. It
 * stays the same over reconnections.
 */
export interface OfSocket extends AtTime {
  readonly socket: number;
}

/** It is about one sending of a call: 1, and one more with each replay and each retry of an interceptor. */
export interface OfSending extends OfCall {
  readonly attempt: number;
}

/** Header fields as they may be shown: secret ones are {@link REDACTED}. */
export type ShownHeader = Readonly<Record<string, string>>;

/** An error as it may be shown. */
export interface ShownError {
  readonly code: NetworkErrorCode | 'not-a-network-error';
  /** The clause of the platform's page that was broken. */
  readonly rule?: RuleId | undefined;
  readonly phase?: CallPhase | undefined;
  /** What happened, and what to do where that is known: one sentence. */
  readonly what: string;
  /** The platform's number and words. */
  readonly errno?: number | undefined;
  readonly errMsg?: string | undefined;
}

// ————— Calls —————

/** The caller has subscribed. The first event of each call. */
export interface CallCalled extends OfCall {
  readonly type: 'called';
  /**
   * The function that made it. `watch$` is a question to `rx-miniprogram/queries` that made no call of its own: it was answered from
   * memory, or by another's call. A `plain` one is a call of `wx` that no network made, as the simulator sees it.
   */
  readonly client: 'http$' | 'stream$' | 'upload$' | 'download$' | 'watch$' | 'plain';
  readonly api: 'request' | 'uploadFile' | 'downloadFile';
  readonly method: HttpMethod;
  readonly url: string;
  readonly priority: Priority;
  readonly background: BackgroundPolicy;
  /** The call for which an interceptor makes this one, such as a login. */
  readonly parent?: number | undefined;
}

/** It was not sent: an address that is not allowed, an argument that makes no sense (`check`), the background (BG-2). The last event. */
export interface CallRefused extends OfCall {
  readonly type: 'refused';
  readonly error: ShownError;
}

/** It asks for what another call is asking for already, and waits for that answer: `shareInFlight`, or a query. */
export interface CallShared extends OfCall {
  readonly type: 'shared';
  /** The other call; `undefined` where that began before anybody listened. */
  readonly with: number | undefined;
}

/** It stands in line. A call that finds a place at once is never queued. */
export interface CallQueued extends OfCall {
  readonly type: 'queued';
  /** How many stood in line already. Those of a lower priority among them go later. */
  readonly waiting: number;
  /** How many run. */
  readonly running: number;
}

/** A call that came later has gone before: told once for each time that it stands in line; `sent` has the count. */
export interface CallOvertaken extends OfCall {
  readonly type: 'overtaken';
  /** The call that went before. */
  readonly by: number;
}

/** It stands in line, or waits to be replayed, and could not go if there were a place. */
export interface CallHeld extends OfCall {
  readonly type: 'held';
  /** `background` (BG-2), `network` (`followNetwork`), or the reasons that the app gave to `requestQueue.pause`, joined by commas. */
  readonly reason: string;
}

/** It is held no longer: it stands in line. */
export interface CallReleased extends OfCall {
  readonly type: 'released';
}

/** It has its place, and the platform is asked now. */
export interface CallSent extends OfSending {
  readonly type: 'sent';
  readonly method: HttpMethod;
  /** As it goes out: `beforeSend` may have changed it. */
  readonly url: string;
  readonly headers: ShownHeader;
  /** How many run, with this one. */
  readonly running: number;
  /** How often it was overtaken while it stood in line. */
  readonly overtaken: number;
  /** The timeout that the platform was given. */
  readonly attemptMs: number;
}

/** The header of the answer is in; only `stream$` asks the platform to be told so early. */
export interface CallHeaders extends OfSending {
  readonly type: 'headers';
  readonly status: number | undefined;
  readonly headers: ShownHeader;
}

/** A piece of the body has come. */
export interface CallChunk extends OfSending {
  readonly type: 'chunk';
  readonly bytes: number;
}

/** How far an upload or a download has come. */
export interface CallProgress extends OfSending {
  readonly type: 'progress';
  readonly percent: number;
  readonly bytes: number;
  readonly totalBytes: number | undefined;
}

/** The answer has come, whatever its status; its body is decoded next. */
export interface CallAnswered extends OfSending {
  readonly type: 'answered';
  readonly status: number;
  readonly headers: ShownHeader;
  /** The length of the body as the platform handed it over: bytes, or UTF-16 units where it is a text. `undefined` where it has none. */
  readonly size: number | undefined;
  /** From the call of `wx` to its answer. */
  readonly durationMs: number;
  /** The platform's own figures, where it gives them; `peerIP` and `port` are left out. */
  readonly profile: RequestProfile | undefined;
}

/** The body is what was asked for. */
export interface CallDecoded extends OfSending {
  readonly type: 'decoded';
  readonly charset: string | undefined;
  readonly decodedBy: 'platform' | 'library' | undefined;
}

/** The background (BG-1, BG-2) or a change of network has ended a sending. */
export interface CallCut extends OfSending {
  readonly type: 'cut';
  readonly error: ShownError;
}

/** Anything else has ended a sending: the call may go on, when an interceptor tries again. */
export interface CallAttemptFailed extends OfSending {
  readonly type: 'attempt-failed';
  readonly error: ShownError;
}

/** It will be sent again, when the app is in front: it was provably never sent, or may be done twice. `attempt` is the one that was cut. */
export interface CallReplayed extends OfSending {
  readonly type: 'replayed';
  /** How often it has been by now. */
  readonly replays: number;
}

/** The caller has its answer, the interceptors are done with it. The last event. */
export interface CallCompleted extends OfCall {
  readonly type: 'completed';
  /**
   * Where the answer came from. All but `network` were never sent: `interceptor`, which had the answer; `shared`, from the call
   * that `shared` names; and of a query `memory`, `storage`, or `prefetch`, what the platform had fetched before.
   */
  readonly from: 'network' | 'interceptor' | 'shared' | 'memory' | 'storage' | 'prefetch';
  /** What the caller got; `undefined` where it got nothing. */
  readonly status: number | undefined;
}

/** The caller has an error. The last event. */
export interface CallFailed extends OfCall {
  readonly type: 'failed';
  readonly error: ShownError;
}

/** It was ended from our side. The last event. */
export interface CallCancelled extends OfCall {
  readonly type: 'cancelled';
  /**
   * `unsubscribed`: the caller left; `page`: its page or component was unloaded (`takeUntilUnload`); `deadline`: one of
   * `maxWaitMs`, `attemptMs`, `idleMs` and `totalMs` passed, and the caller has the `error`.
   */
  readonly by: 'unsubscribed' | 'page' | 'deadline';
  readonly error?: ShownError | undefined;
}

/** What happens to calls. Each begins with `called`, and ends with one of `refused`, `completed`, `failed`, `cancelled`. */
export type CallNetworkEvent =
  | CallCalled
  | CallRefused
  | CallShared
  | CallQueued
  | CallOvertaken
  | CallHeld
  | CallReleased
  | CallSent
  | CallHeaders
  | CallChunk
  | CallProgress
  | CallAnswered
  | CallDecoded
  | CallCut
  | CallAttemptFailed
  | CallReplayed
  | CallCompleted
  | CallFailed
  | CallCancelled;

// ————— Sockets —————

/** Somebody listens. The first event of each socket, and again when somebody listens after it was closed. */
export interface SocketWaiting extends OfSocket {
  readonly type: 'socket-waiting';
  readonly url: string;
  /** How many of the five places (LIM-3) are taken, and how many wait for one; 0 of both for TCP and UDP, which need none. */
  readonly running: number;
  readonly waiting: number;
}

/** It has its place, and the platform is asked now. */
export interface SocketConnecting extends OfSocket {
  readonly type: 'socket-connecting';
  readonly url: string;
  /** Which connection it would be: 1, and one more with each that was open. */
  readonly generation: number;
}

/** It is open, and `onOpen` is done. */
export interface SocketOpen extends OfSocket {
  readonly type: 'socket-open';
  readonly generation: number;
}

/** A message went one way or the other. Its content is not told. */
export interface SocketTraffic extends OfSocket {
  readonly type: 'socket-message';
  readonly direction: 'in' | 'out';
  /** Text counts as UTF-8. */
  readonly bytes: number;
}

/** The connection was lost, and there will be another. */
export interface SocketDown extends OfSocket {
  readonly type: 'socket-down';
  readonly error: ShownError;
}

/** When the next attempt is due, told whenever that changes. */
export interface SocketRetry extends OfSocket {
  readonly type: 'socket-retry';
  /** `undefined` while nobody can know: the app is hidden, without a network, or logs in. */
  readonly retryInMs: number | undefined;
}

/** It is over: for all who listened. */
export interface SocketEnd extends OfSocket {
  readonly type: 'socket-closed';
  /** `clean`: the server had no more to say, or nobody listens any more; `refused`: the server does not want this client; `failed`: anything else. */
  readonly meaning: 'clean' | 'refused' | 'failed';
  readonly error?: ShownError | undefined;
}

/** What happens to sockets. */
export type SocketNetworkEvent =
  SocketWaiting | SocketConnecting | SocketOpen | SocketTraffic | SocketDown | SocketRetry | SocketEnd;

// ————— The app and its phone —————

/** The request queue lets no call start. */
export interface QueuePaused extends AtTime {
  readonly type: 'queue-paused';
  readonly reason: string;
}

/** One reason was taken back; the queue moves when there is none. */
export interface QueueResumed extends AtTime {
  readonly type: 'queue-resumed';
  readonly reason: string;
}

/** The app came to the front or went to the background. The first is told when the watching begins. */
export interface LifecycleChanged extends AtTime {
  readonly type: 'lifecycle';
  readonly visibility: AppVisibility;
  /** How long the background before it lasted; 0 unless the app has just been returned to. */
  readonly awayMs: number;
}

/** The phone is connected otherwise than before. Told while somebody asks the phone: a socket, `records$`, `sendToDesk`. */
export interface ConnectionChanged extends AtTime {
  readonly type: 'network';
  readonly isConnected: boolean;
  readonly networkType: NetworkType;
}

/** Whatever a network decides, told apart by `type`. */
export type InspectEvent =
  CallNetworkEvent | SocketNetworkEvent | QueuePaused | QueueResumed | LifecycleChanged | ConnectionChanged;
