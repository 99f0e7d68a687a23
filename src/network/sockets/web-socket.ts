import { merge, Subscription, switchMap, takeUntil, throwError, timeout, type Observable } from 'rxjs';
import { meaningOfClose, problemOfClose } from '../../platform/close-code.js';
import { exactBytes } from '../../platform/exact-bytes.js';
import { headerField } from '../../platform/header-field.js';
import { isNetworkError, NetworkError, type CallDetails } from '../../platform/network-error.js';
import { problemOfData, sizeOfData } from '../../platform/socket-data.js';
import type { SocketData } from '../../platform/wx-sockets.js';
import { connectSocket$, type ConnectSocketEvent, type SocketConnection } from '../../sources/connect-socket.js';
import { closeError } from '../../sources/socket-errors.js';
import { attemptLimit, backstopMs } from '../calls/attempt-limit.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import { defaultNetwork } from '../default-network.js';
import { alwaysInFront$, cutByNetwork$, cutOnReturn$ } from './cuts.js';
import { deviceNetwork$ } from '../device-network.js';
import { inSocketPlace$ } from './place.js';
import { readyToConnect$, socketPort } from './request.js';
import { tooSlow } from './too-slow.js';
import type { SocketWatch } from '../watching.js';
import { createEventTarget, type SocketEventMap, type SocketEventTarget } from './web-socket-events.js';

/** A socket as browsers have it, for clients that are written for them. */
export interface WebSocketLike extends SocketEventTarget {
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  readonly url: string;
  readonly readyState: 0 | 1 | 2 | 3;
  /** The sub-protocol that the server has chosen; empty before, and where it chose none. */
  readonly protocol: string;
  /** Always empty: the platform does not tell. */
  readonly extensions: string;
  /** How many bytes the platform has not said to have taken. */
  readonly bufferedAmount: number;
  /** Bytes come as `ArrayBuffer`, since a mini program has no `Blob`; other values are ignored, as the standard says of values it does not know. */
  binaryType: string;
  onopen: ((event: SocketEventMap['open']) => unknown) | null;
  onmessage: ((event: SocketEventMap['message']) => unknown) | null;
  onerror: ((event: SocketEventMap['error']) => unknown) | null;
  onclose: ((event: SocketEventMap['close']) => unknown) | null;
  /**
   * Sends text or bytes, a view of bytes too. Once it is closing they are dropped, as the standard says.
   *
   * @throws Error `InvalidStateError` while it connects; TypeError for what no socket takes.
   */
  send(data: SocketData | ArrayBufferView): void;
  /** @throws Error `InvalidAccessError` for a code, `SyntaxError` for a reason that cannot be sent. */
  close(code?: number, reason?: string): void;
}

/** The class of such sockets. */
export interface WebSocketClass {
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  /** @throws SyntaxError for an address that is no `ws:` or `wss:`, and for sub-protocols that are named twice. */
  new (url: string, protocols?: string | readonly string[]): WebSocketLike;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
const STATES = { CONNECTING, OPEN, CLOSING, CLOSED } as const;

/**
 * Makes the class `WebSocket` of browsers on a network, for clients that are given one: STOMP, Centrifugo, graphql-ws, SignalR.
 *
 * ```text
 * wx.connectSocket  --o--a--x      o = open, a = message, x = close
 * events            --o--m--c      open, message, close
 * ```
 *
 * Under the rules of `socket$`: it waits for one of the five places (LIM-3) and for the foreground (BG-2), compares the address with
 * the domains (DOM-*), and ends with 1006 after a background that has cut it (BG-1), whether or not the platform says so, without a
 * network and on another one. It does not connect again: the client does. Why it ended stands in `error.error` of the event `error`.
 *
 * @example
 * ```ts
 * const WebSocket = createWebSocket(network);
 * new Client({ webSocketFactory: () => new WebSocket('wss://api.example.com/stomp') }).activate();
 * ```
 */
export function createWebSocket(network: Network): WebSocketClass {
  return webSocketOn(() => network);
}

/** `createWebSocket()` over the global `wx`, with every default. It shares the default network with `http$()`. */
export const WebSocket: WebSocketClass = /* @__PURE__ */ webSocketOn(defaultNetwork);

function webSocketOn(networkOf: () => Network): WebSocketClass {
  function MiniProgramWebSocket(url: string, protocols: string | readonly string[] = []): WebSocketLike {
    const socket = openWebSocket(networkOf(), ...checked(String(url), protocols));
    return Object.setPrototypeOf(socket, MiniProgramWebSocket.prototype as object) as WebSocketLike;
  }
  return Object.assign(MiniProgramWebSocket, STATES) as unknown as WebSocketClass;
}

function openWebSocket(network: Network, url: string, protocols: readonly string[]): WebSocketLike {
  const { scheduler } = network;
  const call: CallDetails = { api: 'connectSocket', url };
  const life = new Subscription();
  let connection: SocketConnection | undefined;
  let readyState: WebSocketLike['readyState'] = CONNECTING;
  let bufferedAmount = 0;
  let protocol = '';
  let watch: SocketWatch | undefined;

  const told = (status: Parameters<SocketWatch['status']>[0]) => watch?.status(status);
  const end = (code: number, reason: string, error?: unknown) => {
    if (readyState === CLOSED) return;
    const why = readyState === CLOSING ? undefined : (error ?? { code, reason });
    // First: who is told may close it once more.
    readyState = CLOSED;
    told({ state: 'closed', error: why });
    life.unsubscribe();
    // First the state, then the words, in a turn of their own.
    scheduler.schedule(() => {
      if (error !== undefined) target.emit({ type: 'error', error, message: (error as Error).message });
      target.emit({ type: 'close', code, reason, wasClean: error === undefined });
    });
  };
  /** Without a close, or by one that the server did not say. */
  const lose = (error?: unknown) => end(1006, '', error);
  const take = (event: ConnectSocketEvent) => {
    if (event.type === 'closed') {
      const { code = 1005, reason } = event;
      // Phones tell of what the background has cut by a clean code, too, after which a client would not come back.
      const isCut = code === 1006 || code === 0 || meaningOfClose(event) === 'interrupted';
      if (isCut) end(1006, reason, closeError({ code, reason }, call));
      else end(code, reason);
      return;
    }
    connection = event;
    readyState = OPEN;
    protocol = headerField(event.header, 'sec-websocket-protocol') ?? '';
    told({ state: 'open' });
    life.add(
      event.messages$.subscribe((data) => {
        if (readyState !== OPEN) return;
        watch?.message('in', data);
        target.emit({ type: 'message', data, origin: '' });
      }),
    );
    target.emit({ type: 'open' });
  };

  const own = {
    url,
    extensions: '',
    get binaryType() {
      return 'arraybuffer';
    },
    set binaryType(_ignored: string) {
      // Another is not known here.
    },
    get readyState() {
      return readyState;
    },
    get protocol() {
      return protocol;
    },
    get bufferedAmount() {
      return bufferedAmount;
    },
    send(data: SocketData | ArrayBufferView) {
      refuse('InvalidStateError', readyState === CONNECTING && 'not open yet');
      const message = exactBytes(data) ?? (data as SocketData);
      const problem = problemOfData(message);
      if (problem) throw new TypeError(`WebSocket.send: ${problem}`);
      const size = sizeOfData(message);
      bufferedAmount += size;
      // What is not sent any more counts for ever, as the standard says.
      if (readyState !== OPEN || !connection) return;
      watch?.message('out', message);
      connection.send(message).subscribe({
        complete: () => (bufferedAmount -= size),
        error: (error: unknown) => isNetworkError(error, 'connection') && lose(error),
      });
    },
    close(code?: number, given: unknown = '') {
      // As the standard, which makes text of it.
      const reason = String(given);
      refuse('InvalidAccessError', problemOfClose(code ?? 1000, ''));
      refuse('SyntaxError', problemOfClose(1000, reason));
      if (readyState > OPEN) return;
      if (!connection) {
        lose(new NetworkError('closed before it was open', { code: 'aborted', ...call }));
        return;
      }
      readyState = CLOSING;
      connection.close(code, reason);
      // A platform need not answer.
      life.add(scheduler.schedule(() => lose(), CLOSE_DEADLINE_MS));
    },
  };
  const target = createEventTarget<WebSocketLike>(Object.assign(own, STATES));

  // In a turn of its own, so that nothing is told before the client listens.
  life.add(
    scheduler.schedule(() => {
      watch = internalsOf(network).watcher?.watchSocket(url);
      told({ state: 'waiting' });
      const events$ = socketEvents$(network, call, protocols, () => told({ state: 'connecting' }));
      life.add(events$.subscribe({ next: take, error: lose }));
    }),
  );
  return target.socket;
}

/** How long a close waits for its answer, in milliseconds. */
const CLOSE_DEADLINE_MS = 5_000;

/** One connection in its place, under the rules; what ends it otherwise than by a close is an error. */
function socketEvents$(
  network: Network,
  call: CallDetails,
  protocols: readonly string[],
  onConnecting: () => void,
): Observable<ConnectSocketEvent> {
  const { scheduler } = network;
  const internals = internalsOf(network);
  const { background, interruptInBackground } = internals.settings;
  const place = { call, background, closeDeadlineMs: () => CLOSE_DEADLINE_MS };
  const app$ = interruptInBackground ? network.app$ : alwaysInFront$;

  return inSocketPlace$(network, place, (onGone) => {
    const attemptMs = attemptLimit(internals, 'connectSocket');
    const wx = socketPort(network, call);
    onConnecting();
    return readyToConnect$(
      network,
      { url: call.url, protocols: protocols.length > 0 ? protocols : undefined },
      attemptMs,
    ).pipe(
      switchMap((request) => connectSocket$(request, { wx, onGone })),
      timeout({
        first: backstopMs(attemptMs),
        with: () => throwError(() => tooSlow(`${attemptMs} ms to connect`, call)),
        scheduler,
      }),
      takeUntil(
        merge(
          cutOnReturn$(app$, scheduler, call),
          cutByNetwork$(deviceNetwork$(network), () => false, call),
        ),
      ),
    );
  });
}

function checked(
  url: string,
  protocols: string | readonly string[],
): readonly [url: string, protocols: readonly string[]] {
  // As the standard: http stands for ws, and a fragment never goes out.
  const address = url.replace(/^http/i, 'ws').replace(/#[^]*/, '');
  if (!/^wss?:\/\//i.test(address)) throw new SyntaxError(`WebSocket: expected ws: or wss:; got '${url}'`);
  const list = ([] as readonly string[]).concat(protocols);
  if (new Set(list).size < list.length) throw new SyntaxError('WebSocket: each sub-protocol can be named once');
  return [address, list];
}

function refuse(name: string, problem: string | false | undefined): void {
  if (problem) throw Object.assign(new Error(`WebSocket: ${problem}`), { name });
}
