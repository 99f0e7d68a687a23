/**
 * The simulator: what runs on a desk and in CI.
 */

export { createSimulator, type SimulatedWx, type Simulator } from './create-simulator.js';
export type { SimulatorOptions } from './options.js';
export type { PhoneName } from './phones.js';
export type { SimulatorEvent } from './events.js';
export type { StorageOperation, StorageOptions } from './values/storage-options.js';

// In place of real sockets: answers from a script, in virtual time too
export {
  scriptWire,
  type PlainAnswer,
  type Script,
  type ScriptedAnswer,
  type ScriptWire,
  type ScriptWireOptions,
  type SocketScript,
} from './wires/script.js';
export type { LocalService } from './apis/local-service.js';
export type { PlainSocket, ScriptedSocket, SocketSpeech } from './wires/script-socket.js';
export type { PeerSpeech$, PlainTcpPeer, ScriptedTcpPeer, ScriptedUdpPeer } from './wires/script-raw.js';
export type {
  DatagramOut,
  SocketAddress,
  TcpRequest,
  TcpWire,
  TcpWireEvent,
  UdpEndpoint,
  UdpRequest,
  UdpWire,
  UdpWireEvent,
} from './wires/raw-wire.js';
export {
  socketClosed,
  socketMessage,
  socketOpened,
  type SocketInput,
  type SocketRequest,
  type SocketWire,
  type SocketWireEvent,
} from './wires/socket-wire.js';
export {
  wireChunk,
  WireFailure,
  wireHeaders,
  wireSent,
  type Wire,
  type WireEvent,
  type WireFailureKind,
  type WireRequest,
} from './wires/wire.js';
