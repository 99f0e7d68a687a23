/**
 * The class `WebSocket` of browsers, for clients that are written for them.
 */
export { createWebSocket, WebSocket, type WebSocketClass, type WebSocketLike } from './network/sockets/web-socket.js';
export type {
  SocketEvent,
  SocketEventMap,
  SocketEventTarget,
  SocketListener,
} from './network/sockets/web-socket-events.js';
