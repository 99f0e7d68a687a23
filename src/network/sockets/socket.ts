import { ignoreElements, Observable, type Subscriber } from 'rxjs';
import { problemOfClose } from '../../platform/close-code.js';
import { copyOf } from '../../platform/copy-of.js';
import { isObject } from '../../platform/field-text.js';
import { ownOptions } from '../../platform/own-options.js';
import { invalidArgument } from '../../sources/call-wx.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import { defaultNetwork } from '../default-network.js';
import { problemOfChannel, type ChannelOptions } from './channels.js';
import { checkedSocketOptions, SOCKET_OPTIONS, type SocketOptions } from './options.js';
import { atOnce, serialized } from './serializer.js';
import { createSocketSession, type SocketSession } from './session.js';
import { createStatusBoard, type SocketStatus } from './status.js';
import { withOptions } from '../calls/with-options.js';

/** What has been sent and not yet been taken. */
export interface SocketSnapshot {
  /** How many messages wait for the socket to come back. */
  readonly waitingMessages: number;
  /** How many bytes the platform has not said to have taken, those that wait among them; text counts as UTF-8. */
  readonly bufferedBytes: number;
}

/** One socket that is kept open for as long as anybody listens, however many do. */
export interface Socket<In, Out> {
  /**
   * What comes in. The first subscription opens the socket, the last to leave closes it; all share it. Completes when the
   * server closes with 1000, errors when there is no use in connecting again.
   */
  readonly messages$: Observable<In>;
  /** How it stands, and every change of that. Opens nothing. */
  readonly status$: Observable<SocketStatus>;
  /**
   * Sends at once; while the socket is down the message is kept or refused, as `whenDown` says. What it returns need not be
   * subscribed to: it completes when the platform has taken the message, and errors when it will not be sent, or when the
   * socket was lost before the platform had told. An error that nobody subscribed to is warned of.
   *
   * @throws NetworkError `invalid-argument` where the options of the socket make no sense: it could never be sent.
   */
  readonly send: (message: Out) => Observable<void>;
  /** What is on its way out. For a moment's look: nothing is told when it changes. */
  snapshot(): SocketSnapshot;
  /**
   * A channel of its own on the socket that all share: reference-counted, subscribed to again after each loss. It errors
   * with `invalid-argument` for options that make no sense, such as a key where the socket has no `channelOf`.
   */
  multiplex<T extends In = In>(channel: ChannelOptions<In, Out>): Observable<T>;
  /**
   * Closes the socket for all who listen: their streams complete. Unsubscribing does it with 1000.
   *
   * @throws NetworkError `invalid-argument` for a code or a reason that cannot be sent.
   */
  close(code?: number, reason?: string): void;
}

/** Makes a socket. `In` is what comes, `Out` what is sent. */
export type SocketFactory = <In = unknown, Out = In>(options: string | SocketOptions<In, Out>) => Socket<In, Out>;

/**
 * Makes `socket$()` on a network: a WebSocket under every rule of the platform, that survives the background, the server's
 * restarts and a change of network.
 *
 * ```text
 * server     --o--a--b--x   --o--c----      o = open, x = lost
 * leaves     ^------------------------!
 * messages$  -----a--b-----------c-----
 * status$    g-o--------d---g-o-------c     g = connecting, o = open, d = down, c = closed
 * ```
 *
 * It holds one of the five places (LIM-3) until the platform has told of its close, and waits for one where there is none.
 * It connects again after a loss: a close with 0, 1001, 1006 or without a code, an error, silence on the heartbeat,
 * `interrupted` by the background (BG-1); after a growing, random wait, and at once on the return to the foreground after five
 * seconds or more. What the server says by closing with 1000 (completes) or 4000–4999 (error) is not a loss.
 *
 * Nothing is kept on the way in: a message is handed to those who listen in the turn in which it comes. One who is slower
 * than that puts `processInOrder` behind it, which bounds what waits.
 *
 * @example
 * ```ts
 * const socket$ = createSocket(network);
 *
 * const chat = socket$<Message>({
 *   url: 'wss://chat.example.com/room',
 *   onOpen: ({ send, lastMessage }) => send({ type: 'login', token: token(), after: lastMessage?.id }),
 *   heartbeat: { intervalMs: 20_000, deadlineMs: 5_000, request: () => ({ type: 'ping' }), isReply: ({ type }) => type === 'pong' },
 * });
 * chat.messages$.pipe(takeUntilUnload(this)).subscribe((message) => this.show(message));
 * chat.send({ type: 'text', text: '你好' });
 * ```
 *
 * @returns A function that makes sockets. Their streams error with a `NetworkError`, at once for options that make no
 * sense; what the app's own functions
 * throw (`onOpen`, `beforeConnect`, `channelOf`) passes unchanged.
 * @throws TypeError for what is not from `createNetwork()`.
 */
export function createSocket(network: Network): SocketFactory {
  internalsOf(network);
  return (options, ...more: unknown[]) => socketOn(() => network, withOptions(options, more[0]));
}

/**
 * `socket$()` over the global `wx`, with every default. It shares the default network with `http$()`; nothing runs at import.
 *
 * @example
 * ```ts
 * socket$<Price>('wss://api.example.com/prices').messages$.subscribe(({ price }) => page.setData({ price }));
 * ```
 */
export const socket$: SocketFactory = (options, ...more: unknown[]) =>
  socketOn(defaultNetwork, withOptions(options, more[0]));

function socketOn<In, Out>(networkOf: () => Network, input: string | SocketOptions<In, Out>): Socket<In, Out> {
  const options = copied(typeof input === 'string' ? { url: input } : input);
  let network: Network | undefined;
  let made: SocketSession<In, Out> | undefined;
  const board = createStatusBoard(() => network?.scheduler.now() ?? 0);
  const session = () => (made ??= createSocketSession((network = networkOf()), checkedSocketOptions(options), board));

  const messages$ = new Observable<In>((subscriber) => {
    const { context, session$ } = session();
    // Before the session, which may bring a message in the very turn in which it begins.
    subscriber.add(context.inbox$.subscribe(subscriber));
    subscribeToEnd(session$, subscriber);
  });

  return {
    messages$,
    status$: board.status$,
    send(message) {
      const { outbox, serializer, call } = session().context;
      try {
        return outbox.send(serialized(serializer, message, call));
      } catch (error) {
        return outbox.refuse(error);
      }
    },
    snapshot() {
      const { size: waitingMessages = 0, bufferedBytes = 0 } = made?.context.outbox ?? {};
      return { waitingMessages, bufferedBytes };
    },
    multiplex<T extends In>(channel: ChannelOptions<In, Out>) {
      return channelOn(session, channel) as Observable<T>;
    },
    close(code = 1000, reason = '') {
      const { context, close } = session();
      const problem = problemOfClose(code, reason);
      if (problem !== undefined) throw invalidArgument(problem, context.call);
      close(code, reason);
    },
  };
}

function channelOn<In, Out>(session: () => SocketSession<In, Out>, given: ChannelOptions<In, Out>): Observable<In> {
  // A channel without a key is known by its options: one for each call of `multiplex`.
  const options: { -readonly [Name in keyof ChannelOptions<In, Out>]: ChannelOptions<In, Out>[Name] } = { ...given };
  const { match } = options;
  if (typeof match === 'function') {
    options.match = (message) => atOnce('match', match(message), session().context.call);
  }

  return new Observable<In>((subscriber) => {
    const { context, session$ } = session();
    const problem = problemOfChannel(given, context.options.channelOf !== undefined);
    if (problem !== undefined) throw invalidArgument(problem, context.call);
    const channel = context.channels.join(options);
    subscriber.add(channel.messages$.subscribe(subscriber));
    // Before the session is left, or the last word could not be sent.
    subscriber.add(() => context.channels.leave(channel));
    if (!subscriber.closed) subscribeToEnd(session$, subscriber);
  });
}

/** Hands on how the session ends, and not that it has begun. By way of an operator, so that one may leave while it begins. */
function subscribeToEnd<T>(session$: Observable<unknown>, subscriber: Subscriber<T>): void {
  session$.pipe(ignoreElements()).subscribe(subscriber);
}

/** As they are at the call: the caller may use the object again. What is no object, or cannot be read, is left to the check. */
function copied<In, Out>(given: SocketOptions<In, Out>): SocketOptions<In, Out> {
  if (!isObject(given)) return given;
  try {
    const options = ownOptions(given, SOCKET_OPTIONS);
    const { header, protocols, reconnect, heartbeat, platform } = options;
    return { ...options, ...copyOf({ header, protocols, reconnect, heartbeat, platform }) };
  } catch {
    return given;
  }
}
