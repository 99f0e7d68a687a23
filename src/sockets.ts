/**
 * Sockets: WebSocket, TCP, UDP and the services of the local network.
 */

// socket$() and what it stands on
export {
  createSocket,
  socket$,
  type SocketFactory,
  type Socket,
  type SocketSnapshot,
} from './network/sockets/socket.js';
export type { OpenedSocket, SocketOptions } from './network/sockets/options.js';
export type { SocketStatus } from './network/sockets/status.js';
export type { ReconnectOptions } from './network/sockets/backoff.js';
export type { AfterClose } from './network/sockets/loss.js';
export type { HeartbeatOptions } from './network/sockets/heartbeat.js';
export type { ChannelKey, ChannelOptions } from './network/sockets/channels.js';
export type { SocketSerializer } from './network/sockets/serializer.js';
export { socketQueue } from './network/sockets/place.js';

// TCP and UDP under the rules
export { createTcp, tcp$, type Tcp, type TcpConnectOptions } from './network/sockets/tcp.js';
export { createUdp, udp$, type Udp, type UdpBindOptions } from './network/sockets/udp.js';

// Operators: bytes and messages into what one works with
export { splitLines, type SplitLinesOptions } from './operators/split-lines.js';
export { splitByLength, type SplitByHeadOptions, type SplitByLengthOptions } from './operators/split-by-length.js';
export { processInOrder, type ProcessInOrderOptions } from './operators/process-in-order.js';

// Sources: wx → Observable
export {
  connectSocket$,
  type ConnectSocketEvent,
  type ConnectSocketOptions,
  type ConnectSocketDependencies,
  type SocketConnection,
} from './sources/connect-socket.js';
export { tcpSocket$, type TcpConnection, type TcpSocketOptions } from './sources/tcp-socket.js';
export { udpSocket$, type DatagramToSend, type UdpConnection, type UdpSocketOptions } from './sources/udp-socket.js';
export { localServices$, type LocalServiceEvent } from './sources/local-service.js';

// The vocabulary of the platform: what comes out of the streams, and what a wx of one's own is written with
export type { CloseReason } from './platform/close-code.js';
export type {
  LocalServiceAddress,
  LocalServiceName,
  SocketAddress,
  SocketData,
  WxConnectSocketOption,
  WxConnectSocketPort,
  WxDatagram,
  WxDatagramToSend,
  WxLocalServicePort,
  WxRawSocketFailure,
  WxSocketClosed,
  WxSocketOpened,
  WxSocketTask,
  WxTcpConnected,
  WxTcpPort,
  WxTcpSocket,
  WxUdpPort,
  WxUdpSocket,
} from './platform/wx-sockets.js';
