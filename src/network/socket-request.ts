import { NetworkError, type CallDetails } from '../platform/network-error.js';
import { effectiveTimeout } from '../platform/network-timeout.js';
import type { Header } from '../platform/wx.js';
import type { WxConnectSocketPort } from '../platform/wx-sockets.js';
import type { ConnectSocketOptions } from '../sources/connect-socket.js';
import type { Network } from './create-network.js';
import { refuseUnlisted } from './refuse-unlisted.js';
import { joinHeaders, nameIn } from './request-header.js';
import type { SocketOptions } from './socket-options.js';

/** The timeout of one attempt: found, and where it must be, cut (TIME-1, TIME-2). */
export function attemptLimit(network: Network, attemptMs: number | undefined): number {
  const { networkTimeout, maxTimeoutMs } = network.options;
  const { timeoutMs, clampedFromMs } = effectiveTimeout('connectSocket', attemptMs, networkTimeout, maxTimeoutMs);
  if (clampedFromMs !== undefined) {
    network.warn(
      'timeout',
      `[TIME-1] a timeout of ${clampedFromMs} ms is cut to ${timeoutMs}; where the platform allows more, raise maxTimeoutMs`,
    );
  }
  return timeoutMs;
}

/**
 * What to connect to, made anew for each attempt: the network's header joined in, the Referer dropped (LIM-1), the address
 * compared with the `socket` domains (DOM-*, LAN-1).
 *
 * @throws NetworkError `domain-not-allowed` or `invalid-url` for an address that may not be called.
 */
export function readyToConnect<In, Out>(
  network: Network,
  options: SocketOptions<In, Out>,
  timeoutMs: number,
): ConnectSocketOptions {
  const { url, header, protocols, perMessageDeflate, tcpNoDelay, platform, beforeConnect } = options;
  const given: ConnectSocketOptions = {
    url,
    header: network.options.header ? joinHeaders(network.options.header, header) : header,
    protocols,
    perMessageDeflate,
    tcpNoDelay,
    platform,
    timeoutMs,
  };
  const ready = beforeConnect ? beforeConnect(given) : given;
  if (typeof (ready as ConnectSocketOptions | undefined)?.url !== 'string') {
    throw new NetworkError('beforeConnect must return options with a url; did it forget to return?', {
      code: 'invalid-argument',
      phase: 'check',
      api: 'connectSocket',
      url,
    });
  }
  refuseUnlisted(network, 'socket', ready.url);
  return { ...ready, header: withoutReferer(network, ready.header) };
}

/** The part of the network's `wx` that opens sockets, or an error that says that there is none. */
export function socketPort({ wx }: Network, call: CallDetails): WxConnectSocketPort {
  const port = wx as Partial<WxConnectSocketPort>;
  if (typeof port.connectSocket === 'function') return port as WxConnectSocketPort;
  throw new NetworkError('this wx has no connectSocket', { ...call, code: 'invalid-argument', phase: 'check' });
}

function withoutReferer(network: Network, header: Header | undefined): Header | undefined {
  const referer = nameIn(header, 'referer');
  if (referer === undefined) return header;
  network.warn(
    'referer',
    '[LIM-1] the Referer cannot be set; the platform sends https://servicewechat.com/{appid}/{version}/page-frame.html',
  );
  const rest = { ...header };
  delete rest[referer];
  return rest;
}
