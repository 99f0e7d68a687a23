import type { Observable, ObservableInput } from 'rxjs';
import { BACKGROUND_POLICIES, type BackgroundPolicy } from '../../platform/app-state.js';
import { problemOfHeader } from '../../platform/check-header.js';
import { problemOfOptions, unreadable, type OptionKind } from '../../platform/check-options.js';
import { isDelay } from '../../platform/limits.js';
import type { NetworkError } from '../../platform/network-error.js';
import type { SocketData } from '../../platform/wx-sockets.js';
import type { Header } from '../../platform/wx.js';
import type { ConnectSocketOptions } from '../../sources/connect-socket.js';
import { invalidArgument } from '../../sources/call-wx.js';
import type { ReconnectOptions } from './backoff.js';
import type { ChannelKey } from './channels.js';
import type { HeartbeatOptions } from './heartbeat.js';
import type { SocketSerializer } from './serializer.js';

/** What `onOpen` gets: the connection, before anybody else may send. */
export interface OpenedSocket<In, Out> {
  /** Sends before everything that waits. Sent at once; what it returns tells what became of it. */
  readonly send: (message: Out) => Observable<void>;
  /** What comes in on this connection; also handed on to everybody else. Ends with the connection, without completing. */
  readonly messages$: Observable<In>;
  /** The last message of the connections before this one: where to resume from. */
  readonly lastMessage: In | undefined;
  /** 1 for the first connection, 2 for the one after it … */
  readonly generation: number;
  /** Of the answer to the handshake. */
  readonly header: Header;
}

/** How a socket is kept open. */
export interface SocketOptions<In = unknown, Out = In> extends Omit<ConnectSocketOptions, 'timeoutMs'> {
  /** `'json'`: text is JSON, bytes stay bytes. `'none'`: both stay as they are. Or a pair of functions of your own. @defaultValue `'json'` */
  readonly serializer?: 'json' | 'none' | SocketSerializer<In, Out> | undefined;

  /**
   * Runs at each connection before anything else is sent: log in, and say where to resume from. The socket counts as open
   * when it is done. Its error ends the socket, unless it is a `NetworkError` after which one would connect again.
   *
   * @defaultValue none
   */
  readonly onOpen?: ((socket: OpenedSocket<In, Out>) => ObservableInput<unknown> | undefined) | undefined;
  /**
   * Runs at each attempt, so that a token in the URL or a header is never stale: in the same turn as the connecting, or before it,
   * where it returns a promise or an observable, such as of a token that must be fetched. That counts into `attemptMs` and is left
   * with the socket. `lastError` is what ended the connection before, or the attempt at one. Its own error ends the socket,
   * unless it is a `NetworkError` after which one would connect again.
   *
   * @defaultValue none
   */
  readonly beforeConnect?:
    | ((
        options: ConnectSocketOptions,
        lastError: unknown,
      ) => ConnectSocketOptions | ObservableInput<ConnectSocketOptions>)
    | undefined;
  /**
   * Judges a message that the serializer cannot read, such as a greeting that is not JSON: returns what to hand on in its place, or
   * `undefined` to skip it. It is bytes or text, as it came; the error says why it could not be read.
   *
   * @defaultValue such a message ends the socket with `decode`
   */
  readonly onUnreadable?: ((data: SocketData, error: NetworkError) => In | undefined) | undefined;

  /** `false`: a loss is an error. @defaultValue `{ initialMs: 1000, maxMs: 30000 }` */
  readonly reconnect?: false | ReconnectOptions | undefined;
  /**
   * Asks at an interval, at once when the app returns to the foreground and when the phone changes its network; or only watches
   * (`{ deadlineMs }`). @defaultValue none: a peer that vanishes without a word is not missed
   */
  readonly heartbeat?: HeartbeatOptions<In, Out> | undefined;
  /** What becomes of messages that are sent while the socket is down. @defaultValue `'buffer'` */
  readonly whenDown?: 'buffer' | 'refuse' | undefined;
  /** How many are kept; the next is refused. @defaultValue `100` */
  readonly maxBuffered?: number | undefined;
  /** Tells the channel of a message, for `multiplex({ match: key })`. @defaultValue channels are told apart by functions */
  readonly channelOf?: ((message: In) => ChannelKey | undefined) | undefined;

  /** Longest time from connecting to open, `onOpen` included, in milliseconds. @defaultValue `networkTimeout.connectSocket`, else 60 000 (TIME-1) */
  readonly attemptMs?: number | undefined;
  /** How long to stay open after the last listener has left, for the next page, in milliseconds. @defaultValue it is closed at once */
  readonly keepOpenMs?: number | undefined;
  /** How long a place is kept for a close event that does not come, in milliseconds (LIM-3). @defaultValue `5000` */
  readonly closeDeadlineMs?: number | undefined;
  /** What connecting does while the app is in the background (BG-2). @defaultValue the network's, else `'hold'` */
  readonly background?: BackgroundPolicy | undefined;
  /** Whether five seconds of background end a connection (BG-1). @defaultValue the network's, else `true` */
  readonly interruptInBackground?: boolean | undefined;
}

/** What each option may be. */
export const SOCKET_OPTIONS: { readonly [Name in keyof Required<SocketOptions>]: OptionKind } = {
  url: 'string',
  header: 'object',
  protocols: 'array',
  perMessageDeflate: 'boolean',
  tcpNoDelay: 'boolean',
  platform: 'object',
  serializer: 'anything',
  onOpen: 'function',
  beforeConnect: 'function',
  onUnreadable: 'function',
  reconnect: 'anything',
  heartbeat: 'object',
  whenDown: ['buffer', 'refuse'],
  maxBuffered: 'count',
  channelOf: 'function',
  attemptMs: 'delay',
  keepOpenMs: 'delay',
  closeDeadlineMs: 'delay',
  background: BACKGROUND_POLICIES,
  interruptInBackground: 'boolean',
};

const RECONNECT_KINDS: { readonly [Name in keyof Required<ReconnectOptions>]: OptionKind } = {
  initialMs: 'delay',
  maxMs: 'delay',
  maxAttempts: 'number',
  stableMs: 'number',
  afterCleanClose: 'boolean',
  afterClose: 'function',
  random: 'function',
};

const HEARTBEAT_KINDS: { readonly [Name in keyof Required<HeartbeatOptions<unknown, unknown>>]: OptionKind } = {
  intervalMs: 'delay',
  deadlineMs: 'delay',
  request: 'function',
  isReply: 'function',
  plainRequest: 'function',
  isPlainReply: 'function',
};

/** What people bring along from `wx.connectSocket` and from other clients, and would otherwise wait for in vain; and what is meant by none. */
const HINTS: { readonly [name: string]: string } = {
  timeout: 'write attemptMs, in milliseconds',
  timeoutMs: 'write attemptMs',
  success: 'look at status$',
  fail: 'subscribe({ error }) to messages$',
  headers: 'write header',
  deserializer: 'write serializer: { serialize, deserialize }',
  openObserver: 'write onOpen, or look at status$',
  maxBuffered: "to keep none write whenDown: 'refuse'",
};

/**
 * The options, if they make sense.
 *
 * @throws NetworkError `invalid-argument` that says what was expected, what came, and what to write.
 */
export function checkedSocketOptions<In, Out>(options: SocketOptions<In, Out>): SocketOptions<In, Out> {
  const problem = readProblemOf(options as SocketOptions);
  if (problem === undefined) return options;
  throw invalidArgument(problem, { api: 'connectSocket' });
}

function readProblemOf(options: SocketOptions): string | undefined {
  try {
    return problemOf(options);
  } catch (cause) {
    return problemOfOptions(options, SOCKET_OPTIONS) ?? unreadable('options', cause);
  }
}

function problemOf(options: SocketOptions): string | undefined {
  if (typeof options !== 'object' || typeof (options as SocketOptions | null)?.url !== 'string') {
    return `expected a URL, or an object with one; got ${typeof options}`;
  }
  const { reconnect, heartbeat, serializer = 'json' } = options;
  return (
    problemOfOptions(options, SOCKET_OPTIONS, HINTS) ??
    problemOfHeader(options.header) ??
    within('reconnect', reconnect === false ? {} : reconnect, RECONNECT_KINDS) ??
    problemOfReconnect(reconnect) ??
    within('heartbeat', heartbeat, HEARTBEAT_KINDS) ??
    problemOfHeartbeat(heartbeat) ??
    (isSerializer(serializer)
      ? undefined
      : "serializer must be 'json', 'none' or an object with the functions serialize and deserialize")
  );
}

function within(
  name: string,
  options: object | undefined,
  kinds: { readonly [name: string]: OptionKind },
): string | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || (options as object | null) === null) {
    return `${name} must be an object${name === 'reconnect' ? ', or false' : ''}`;
  }
  const problem = problemOfOptions(options, kinds);
  return problem === undefined ? undefined : `${name}: ${problem}`;
}

function problemOfReconnect(reconnect: SocketOptions['reconnect']): string | undefined {
  const { maxAttempts = 0, stableMs = 0 } = reconnect || {};
  // NaN, which nothing is greater than, would mean for ever.
  if (!(maxAttempts >= 0)) return `reconnect: maxAttempts must be a number from 0; got ${maxAttempts}`;
  return stableMs >= 0 ? undefined : `reconnect: stableMs must be a number from 0; got ${stableMs}`;
}

function problemOfHeartbeat(heartbeat: SocketOptions['heartbeat']): string | undefined {
  if (!heartbeat) return undefined;
  const { intervalMs, deadlineMs, ...how } = heartbeat;
  const asked = Object.values(how).some((given) => given !== undefined);
  const requests = [how.request, how.plainRequest].filter((request) => request !== undefined).length;
  const watches = intervalMs === undefined && !asked;
  if (!isDelay(deadlineMs) || (!watches && !(intervalMs !== undefined && requests === 1))) {
    return 'heartbeat: expected intervalMs and deadlineMs, in milliseconds, and a function request or plainRequest; or deadlineMs alone, to send nothing';
  }
  return intervalMs !== undefined && deadlineMs > intervalMs
    ? `heartbeat: deadlineMs must not be longer than intervalMs, ${intervalMs}; got ${deadlineMs}`
    : undefined;
}

function isSerializer(serializer: unknown): boolean {
  if (serializer === 'json' || serializer === 'none') return true;
  const { serialize, deserialize } = (serializer ?? {}) as Partial<SocketSerializer<unknown, unknown>>;
  return typeof serialize === 'function' && typeof deserialize === 'function';
}
