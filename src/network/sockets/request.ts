import { from, isObservable, map, of, take, throwIfEmpty, type Observable, type ObservableInput } from 'rxjs';
import { isPromise } from '../../platform/is-promise.js';
import { checkedHeader } from '../../platform/check-header.js';
import type { Refuse } from '../../platform/field-text.js';
import type { CallDetails } from '../../platform/network-error.js';
import type { WxConnectSocketPort } from '../../platform/wx-sockets.js';
import type { ConnectSocketOptions } from '../../sources/connect-socket.js';
import { invalidArgument } from '../../sources/call-wx.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import { joinHeaders, withoutReferer } from '../calls/request-header.js';
import type { SocketOptions } from './options.js';
import { refuseSocketUrl } from './refuse-socket-url.js';

/**
 * What to connect to, made anew for each attempt: the network's header joined in, the Referer dropped (LIM-1), the address
 * compared with the `socket` domains (DOM-*, LAN-1).
 *
 * @returns A stream that errors with `domain-not-allowed` or `invalid-url` for an address that may not be called, and with
 * `invalid-argument` for a header that may not be sent.
 */
export function readyToConnect$<In, Out>(
  network: Network,
  options: SocketOptions<In, Out>,
  timeoutMs: number,
  lastError?: unknown,
): Observable<ConnectSocketOptions> {
  const { url, header, protocols, perMessageDeflate, tcpNoDelay, platform, beforeConnect } = options;
  const { header: shared } = internalsOf(network).settings;
  const given: ConnectSocketOptions = {
    url,
    // Copies: beforeConnect may write into what it gets, and the next attempt begins anew.
    header: (shared ?? header) && joinHeaders(shared, header),
    protocols: protocols && [...protocols],
    perMessageDeflate,
    tcpNoDelay,
    platform: platform && { ...platform },
    timeoutMs,
  };
  const made$ = beforeConnect ? beforeConnect(given, lastError) : given;
  return readyInTime$(made$, url).pipe(
    map((ready) => {
      if (!hasUrl(ready)) throw nothingReturned(url);
      refuseSocketUrl(internalsOf(network), ready.url);
      return { ...ready, header: withoutReferer(internalsOf(network), checkedHeader(ready.header, refuserFor(url))) };
    }),
  );
}

/** Names the socket in the error of what it refuses. */
function refuserFor(url: string): Refuse {
  return (what) => {
    throw invalidArgument(what, { api: 'connectSocket', url });
  };
}

/** In the same turn where nothing has to be waited for, so that a signature is never stale. */
function readyInTime$(
  made$: ConnectSocketOptions | ObservableInput<ConnectSocketOptions>,
  url: string,
): Observable<ConnectSocketOptions> {
  if (isWaitedFor(made$))
    return from(made$).pipe(
      take(1),
      throwIfEmpty(() => nothingReturned(url)),
    );
  return of(made$);
}

function hasUrl(made: unknown): made is ConnectSocketOptions {
  return typeof (made as Partial<ConnectSocketOptions> | null | undefined)?.url === 'string';
}

function isWaitedFor(made: unknown): made is ObservableInput<ConnectSocketOptions> {
  return isPromise(made) || isObservable(made);
}

function nothingReturned(url: string): Error {
  const what =
    'beforeConnect must return options with a url, or a promise or an observable of them; did it forget to return?';
  return invalidArgument(what, { api: 'connectSocket', url });
}

/** The part of the network's `wx` that opens sockets, or an error that says that there is none. */
export function socketPort({ wx }: Network, call: CallDetails): WxConnectSocketPort {
  const port = wx as Partial<WxConnectSocketPort>;
  if (typeof port.connectSocket === 'function') return port as WxConnectSocketPort;
  throw invalidArgument('this wx has no connectSocket', call);
}
