/**
 * The simulator: what runs on a desk and in CI.
 */

export { createSimulator, type NetworkChange, type SimulatedWx, type Simulator } from './create-simulator.js';
export type { Inspection, InspectOptions } from './inspect.js';
export type { SimulatorOptions } from './options.js';
export type {
  Answers,
  AppKind,
  BackgroundFetchOptions,
  FetchedData,
  LocalService,
  SessionOptions,
  UpdateOutcome,
} from './api-options.js';
export type { Dialect } from './rules/dialect.js';
export type { CharsetTrial } from './rules/charset-trial.js';
export type { EnvVersion } from '../platform/referer.js';
export type { HideReason } from './apis/app-events.js';
export type { MemoryLevel } from './apis/memory-warning.js';
export type { Lookup, LookupMap } from './wires/lookup.js';
export type { PhoneName } from './phones.js';
export type {
  AbortedEvent,
  CalledEvent,
  CallApi,
  DestroyedEvent,
  HiddenEvent,
  NetworkEvent,
  QueuedEvent,
  RefusedEvent,
  RestartedEvent,
  ServerHeadersEvent,
  SettledEvent,
  ShownEvent,
  SimulatorEvent,
  StartedEvent,
  StorageCalledEvent,
  StorageSettledEvent,
  SuspendedEvent,
} from './events.js';
export type {
  AnySocketEvent,
  SocketApi,
  SocketClosedEvent,
  SocketConnectingEvent,
  SocketCreatedEvent,
  SocketFailedEvent,
  SocketOpenedEvent,
  SocketRuleId,
  SocketTrafficEvent,
} from './socket-events.js';
export type { NetworkConditions } from './wires/conditions.js';
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
export type { PlainSocket, ScriptedSocket, SocketSpeech } from './wires/script-socket.js';
export type { PeerSpeech$, PlainTcpPeer, ScriptedTcpPeer, ScriptedUdpPeer } from './wires/script-raw.js';
export type {
  DatagramOut,
  TcpConnected,
  TcpData,
  WireAddress,
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
  type SocketClosed,
  type SocketMessage,
  type SocketOpened,
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
  type WireChunk,
  type WireConnection,
  type WireEvent,
  type WireFailureKind,
  type WireHeaders,
  type WireRequest,
  type WireSent,
} from './wires/wire.js';
