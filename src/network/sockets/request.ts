import type { CallDetails } from '../../platform/network-error.js';
import type { WxConnectSocketPort } from '../../platform/wx-sockets.js';
import type { ConnectSocketOptions } from '../../sources/connect-socket.js';
import { invalidArgument } from '../../sources/socket-errors.js';
import type { Network } from '../create-network.js';
import { refuseUnlisted } from '../refuse-unlisted.js';
import { joinHeaders, sentHeader } from '../calls/request-header.js';
import type { SocketOptions } from './options.js';

/**
 * What to connect to, made anew for each attempt: the network's header joined in, the Referer dropped (LIM-1), the address
 * compared with the `socket` domains (DOM-*, LAN-1).
 *
 * @throws NetworkError `domain-not-allowed` or `invalid-url` for an address that may not be called, `invalid-argument` for
 * a header that may not be sent.
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
    const what = 'beforeConnect must return options with a url; did it forget to return?';
    throw invalidArgument(what, { api: 'connectSocket', url });
  }
  refuseUnlisted(network, 'socket', ready.url);
  return { ...ready, header: sentHeader(network, ready.header, 'connectSocket') };
}

/** The part of the network's `wx` that opens sockets, or an error that says that there is none. */
export function socketPort({ wx }: Network, call: CallDetails): WxConnectSocketPort {
  const port = wx as Partial<WxConnectSocketPort>;
  if (typeof port.connectSocket === 'function') return port as WxConnectSocketPort;
  throw invalidArgument('this wx has no connectSocket', call);
}
