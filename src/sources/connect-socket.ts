import { AsyncSubject, Observable, Subject, throwError } from 'rxjs';
import type { KindsOf } from '../platform/check-options.js';
import { classifyFailure } from '../platform/classify-failure.js';
import { SOCKET_SIGNS } from '../platform/socket-signs.js';
import { problemOfClose, type CloseReason } from '../platform/close-code.js';
import type { CallDetails } from '../platform/network-error.js';
import type { Header, WxFailure } from '../platform/wx.js';
import type {
  SocketData,
  WxConnectSocketOption,
  WxConnectSocketPort,
  WxSocketOpened,
  WxSocketTask,
} from '../platform/wx-sockets.js';
import { checkSource } from './check-source.js';
import { callWx, invalidArgument, notATask, portWith, type WithWx } from './call-wx.js';
import { createSendReceipts } from './send-receipts.js';
import { closeTask, isTask, listenTo } from './socket-task.js';
import { closedBeforeOpen, notOpen } from './socket-errors.js';

/** What to ask `wx.connectSocket` for; each field is the option of the same meaning, untouched. */
export interface ConnectSocketOptions {
  /** Absolute address, `wss:` but for the local network. */
  readonly url: string;
  readonly header?: Header | undefined;
  /** Sub-protocols, in order of preference. */
  readonly protocols?: readonly string[] | undefined;
  /** The platform's own timeout for connecting, in milliseconds. @defaultValue `networkTimeout.connectSocket` of app.json, else 60 000 */
  readonly timeoutMs?: number | undefined;
  readonly perMessageDeflate?: boolean | undefined;
  readonly tcpNoDelay?: boolean | undefined;
  /** Any other option of `wx.connectSocket`, such as `forceCellularNetwork`. */
  readonly platform?: Readonly<Record<string, unknown>> | undefined;
}

/** An open socket. */
export interface SocketConnection {
  readonly type: 'connection';
  /** Of the answer to the handshake; empty on clients that do not tell. */
  readonly header: Header;
  readonly profile: object | undefined;
  /**
   * Sends at once, whether or not anybody subscribes to what it returns: that completes when the platform has taken the
   * message, and errors when it refused it, or when the socket was lost before it said. On a platform that does not say,
   * it errors once ten thousand later ones have been sent.
   */
  readonly send: (data: SocketData) => Observable<void>;
  /**
   * Asks for the end with a code of your own; the stream ends when the platform tells. Unsubscribing closes with 1000.
   *
   * @throws NetworkError `invalid-argument` for a code or a reason that cannot be sent.
   */
  close(code?: number, reason?: string): void;
  /** What comes in, from the moment of the event on; completes with the socket. Nothing is kept for late subscribers. */
  readonly messages$: Observable<SocketData>;
  /** The end, replayed; completes without one when the subscriber left first. */
  readonly closed$: Observable<CloseReason>;
}

/** What happens to one socket, told apart by `type`. */
export type ConnectSocketEvent = SocketConnection | ({ readonly type: 'closed' } & CloseReason);

/** The `wx` to open it on: the simulator and tests hand in their own. */
export interface ConnectSocketDependencies extends WithWx<WxConnectSocketPort> {
  /**
   * Called once when the platform has let go of the socket: refused it, or told of its close, which may come after the
   * unsubscription. May never be called: there are phones that do not tell.
   */
  readonly onGone?: (() => void) | undefined;
}

/**
 * Calls `wx.connectSocket` each time it is subscribed to, and closes the socket on unsubscribe.
 *
 * ```text
 * wx.connectSocket  --o--a--z       --o--a------     o = open, a = message, z = close
 * leaves                            ^-------!
 * connectSocket$    --n-----(d|)    --n------        n = connection, d = closed
 * ```
 *
 * One subscription is one socket. The `connection` has the messages and the way to send; subscribe to `messages$` in the
 * turn in which it comes. Every close is a value, whatever its code; what prevents or breaks the connection is an error, the
 * first of the platform's `onError` and `onClose` counts. There is no listener to take back on this platform, so those
 * of a socket that has ended are deaf. Places, reconnecting and the background are `socket$`'s.
 *
 * @example
 * ```ts
 * connectSocket$({ url: 'wss://chat.example.com/room' })
 *   .pipe(switchMap((event) => (event.type === 'connection' ? event.messages$ : EMPTY)))
 *   .subscribe((message) => page.setData({ message }));
 * ```
 *
 * @returns An observable that errors with a `NetworkError` when the socket does not open, or breaks.
 */
export function connectSocket$(
  options: ConnectSocketOptions,
  { wx, onGone }: ConnectSocketDependencies = {},
): Observable<ConnectSocketEvent> {
  checkSource('connectSocket', options, OPTIONS);
  return new Observable((subscriber) => {
    const call = { api: 'connectSocket', url: options.url };
    let task: WxSocketTask | undefined;
    let isOpened = false;
    let isClosing = false;
    let isGone = false;

    const letGo = (tell?: () => void) => {
      if (isGone) return;
      isGone = true;
      tell?.();
      // Last, so that one who opens another in answer to the end does not overtake this one's own place.
      onGone?.();
    };
    const close = (code = 1000, reason = '') => {
      isClosing = true;
      closeTask(task, { code, reason }, letGo);
    };
    const streams = createSocketStreams(call, close, () => subscriber.closed);
    subscriber.add(() => {
      streams.lose();
      if (!isGone && !isClosing) close();
    });
    const fail = (failure: WxFailure) => subscriber.error(classifyFailure(failure, call, SOCKET_SIGNS));

    try {
      const port = portWith(wx, 'connectSocket', call, OTHERWISE);
      const option: WxConnectSocketOption = { ...wxOptionOf(options), fail: (failure) => letGo(() => fail(failure)) };
      const made = callWx('wx.connectSocket', call, () => port.connectSocket(option));
      if (!isTask(made)) throw notATask(call, made);
      task = made;
      listenTo(made, call, {
        onOpen(result) {
          // It was left while it connected, and a platform may not close what is not open.
          if (subscriber.closed) {
            close();
            return;
          }
          isOpened = true;
          subscriber.next(streams.connection(made, result));
        },
        onMessage: ({ data }) => streams.message(data),
        // The messages end after it, with the teardown: what was put together of them must not pass for whole.
        onError: fail,
        onClose({ code, reason = '' } = {}) {
          const why = { code, reason };
          letGo(() => {
            if (!isOpened) {
              subscriber.error(closedBeforeOpen(why, call));
              return;
            }
            streams.end(why);
            subscriber.next({ type: 'closed', ...why });
            subscriber.complete();
          });
        },
      });
    } catch (error) {
      close();
      letGo(() => subscriber.error(error));
    }
  });
}

/** What a socket brings, and what became of what was sent. */
interface SocketStreams {
  /** What the subscriber gets of the open socket. */
  connection(task: WxSocketTask, result: WxSocketOpened | undefined): SocketConnection;
  message(data: SocketData): void;
  /** The platform has told of its end. */
  end(why: CloseReason): void;
  /** It is over, whether or not anybody has told. */
  lose(): void;
}

function createSocketStreams(
  call: CallDetails,
  closeSocket: (code: number, reason: string) => void,
  isOver: () => boolean,
): SocketStreams {
  const messages$ = new Subject<SocketData>();
  const closed$ = new AsyncSubject<CloseReason>();
  const receipts = createSendReceipts(call);

  return {
    connection: (task, result) => ({
      type: 'connection',
      header: result?.header ?? {},
      profile: result?.profile,
      send: (data) => (isOver() ? throwError(() => notOpen(call)) : receipts.send(task, data)),
      close(code = 1000, reason = '') {
        const problem = problemOfClose(code, reason);
        if (problem !== undefined) throw invalidArgument(problem, call);
        if (!isOver()) closeSocket(code, reason);
      },
      messages$: messages$.asObservable(),
      closed$: closed$.asObservable(),
    }),
    // Once it has ended the subject is complete, and deaf.
    message: (data) => messages$.next(data),
    end(why) {
      closed$.next(why);
      closed$.complete();
      messages$.complete();
    },
    lose() {
      messages$.complete();
      closed$.complete();
      receipts.lose();
    },
  };
}

const OPTIONS: KindsOf<ConnectSocketOptions> = {
  url: 'string',
  header: 'object',
  protocols: 'array',
  timeoutMs: 'delay',
  perMessageDeflate: 'boolean',
  tcpNoDelay: 'boolean',
  platform: 'object',
};

const OTHERWISE = 'pass the wx of the platform, or of the simulator';

function wxOptionOf(options: ConnectSocketOptions): WxConnectSocketOption {
  const { url, header, protocols, timeoutMs, perMessageDeflate, tcpNoDelay, platform } = options;
  const option: WxConnectSocketOption = { ...platform, url };
  // A key that is there with the value undefined is not the same to the platform as one that is not there.
  if (header) option.header = { ...header };
  if (protocols) option.protocols = [...protocols];
  if (timeoutMs !== undefined) option.timeout = timeoutMs;
  if (perMessageDeflate !== undefined) option.perMessageDeflate = perMessageDeflate;
  if (tcpNoDelay !== undefined) option.tcpNoDelay = tcpNoDelay;
  return option;
}
