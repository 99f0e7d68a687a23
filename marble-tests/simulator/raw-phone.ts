import type { TcpSocket, UdpSocket } from '../../src/simulator/apis/raw-socket-types.js';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { scriptWire, type ScriptWireOptions } from '../../src/simulator/wires/script.js';

/** A simulator among scripted peers, at 192.168.1.100 / 255.255.255.0. */
export function rawPhone(peers: ScriptWireOptions, options: SimulatorOptions = {}): Simulator {
  return createSimulator({ wire: scriptWire({}, peers), ...options });
}

/** Notes all that the app is told of a TCP socket. */
export function heardTcp(socket: TcpSocket, note: (what: string) => void): TcpSocket {
  socket.onConnect(({ remoteInfo }) => note(`connect ${remoteInfo.address}:${remoteInfo.port}`));
  socket.onMessage(({ message }) => note(`message ${Buffer.from(message).toString()}`));
  socket.onError((error) => note(`error ${JSON.stringify(error)}`));
  socket.onClose(() => note('close'));
  return socket;
}

/** Notes all that the app is told of a UDP socket. */
export function heardUdp(socket: UdpSocket, note: (what: string) => void): UdpSocket {
  socket.onListening(() => note('listening'));
  socket.onMessage(({ message, remoteInfo }) =>
    note(`message ${Buffer.from(message).toString()} from ${remoteInfo.address}:${remoteInfo.port}`),
  );
  socket.onError((error) => note(`error ${JSON.stringify(error)}`));
  socket.onClose(() => note('close'));
  return socket;
}
