import { createSocket } from 'node:dgram';
import { lookup as resolve, type LookupOneOptions } from 'node:dns';
import { isIP } from 'node:net';
import { Observable } from 'rxjs';
import type { Lookup } from './lookup.js';
import { wireFailureOf } from './node-failure.js';
import { isLoopback } from './node-tcp.js';
import type { WireAddress, UdpWire } from './raw-wire.js';

/** A wire of real UDP sockets that can be closed. */
export interface NodeUdpWire {
  readonly bind: UdpWire;
  /** Closes them all. */
  close(): void;
}

/**
 * Makes a wire of real UDP sockets. It knows no rules.
 *
 * @param neighbours - Whom a broadcast reaches, one by one: the loopback has none. Without them it is a real one.
 */
export function nodeUdpWire(lookup: Lookup | undefined, neighbours: readonly string[] | undefined): NodeUdpWire {
  const closers = new Set<() => void>();

  const bind: UdpWire = ({ port, family, localAddress }) => {
    const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', lookup: atOnceForAddresses });
    const onLoopback = isLoopback(localAddress);
    // Peers answer from where `lookup` says that they are; the app knows them by the address that it wrote to.
    const asked = new Map<string, WireAddress>();

    // An address is bound in this very turn, and so is the error told: see `atOnceForAddresses`.
    let problem: Error | undefined;
    socket.on('error', (error) => (problem = error));
    socket.bind({ port, exclusive: true, ...(onLoopback && { address: localAddress }) });
    if (problem) {
      socket.close();
      throw wireFailureOf(problem, 'nothing');
    }
    const close = () => {
      if (closers.delete(close)) socket.close();
    };
    closers.add(close);

    let failed: (error: Error) => void = () => {};
    const sendTo = (address: string, to: number, bytes: Uint8Array) => {
      const found = lookup?.(address, to);
      const real = { address: found?.address ?? address, port: found?.port ?? to };
      if (isIP(address) !== 0) {
        asked.set(`${real.address}:${real.port}`, { address, port: to, family: isIP(address) === 6 ? 'IPv6' : 'IPv4' });
      }
      socket.send(bytes, real.port, real.address, (error) => {
        if (error) failed(error);
      });
    };

    return {
      port: socket.address().port,
      events$: new Observable((subscriber) => {
        failed = (error) => subscriber.next({ type: 'failed', failure: wireFailureOf(error, 'nothing') });
        socket.on('error', failed);
        socket.on('message', (bytes, { address, family: spoken, port: from }) => {
          const known = asked.get(`${address}:${from}`);
          subscriber.next({ type: 'datagram', from: known ?? { address, family: spoken, port: from }, bytes });
        });
        socket.on('close', () => subscriber.complete());
      }),
      send: ({ address, port: to, bytes, broadcast }) => {
        // What was still under way when all was closed.
        if (!closers.has(close)) return;
        if (!broadcast) {
          sendTo(address, to, bytes);
        } else if (neighbours || onLoopback) {
          for (const neighbour of neighbours ?? []) sendTo(neighbour, to, bytes);
        } else {
          socket.setBroadcast(true);
          sendTo(address, to, bytes);
        }
      },
      // Node takes no 0, "not beyond this machine"; 1 is "not beyond this network".
      setTtl: (ttl) => void socket.setTTL(Math.max(ttl, 1)),
      close,
    };
  };

  return {
    bind,
    close: () => {
      for (const close of [...closers]) close();
    },
  };
}

// Node resolves even an address in another turn; but `bind()` of a phone returns the port at once.
function atOnceForAddresses(
  host: string,
  options: LookupOneOptions,
  callback: (error: NodeJS.ErrnoException | null, address: string, family: number) => void,
): void {
  const family = isIP(host);
  if (family === 0) resolve(host, options, callback);
  else callback(null, host, family);
}
