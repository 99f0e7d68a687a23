import { connect, isIP, type Socket } from 'node:net';
import { Observable } from 'rxjs';
import type { Lookup } from './lookup.js';
import { wireFailureOf } from './node-failure.js';
import type { WireAddress, TcpWire } from './raw-wire.js';

/** A wire of real TCP connections that can be closed. */
export interface NodeTcpWire {
  readonly connect: TcpWire;
  /** Breaks them all off; resolves when they are gone. */
  close(): Promise<void>;
}

/** Makes a wire of real TCP connections. It knows no rules. */
export function nodeTcpWire(lookup: Lookup | undefined): NodeTcpWire {
  const sockets = new Set<Socket>();

  const open: TcpWire = ({ address, port, family, localAddress }, input$) =>
    new Observable((subscriber) => {
      const found = lookup?.(address, port);
      const socket = connect({
        host: found?.address ?? address,
        port: found?.port ?? port,
        family,
        noDelay: true,
        // A device on the loopback is there under its own address; any other is not this machine's.
        ...(isLoopback(localAddress) && { localAddress }),
      });
      sockets.add(socket);

      socket.on('connect', () => {
        // By the address that was asked for, wherever `lookup` says that it is.
        const remote: WireAddress =
          isIP(address) === 0
            ? { address: socket.remoteAddress ?? '', family: familyOf(socket.remoteFamily), port }
            : { address, family: familyOf(family), port };
        subscriber.next({ type: 'connected', remote, localPort: socket.localPort ?? 0 });
      });
      socket.on('data', (bytes) => subscriber.next({ type: 'data', bytes }));
      socket.on('error', (error) => subscriber.error(wireFailureOf(error, 'nothing')));
      socket.on('close', () => {
        sockets.delete(socket);
        subscriber.complete();
      });

      subscriber.add(
        input$.subscribe({ next: (bytes) => void socket.write(bytes), complete: () => socket.destroySoon() }),
      );
      return () => void socket.destroy();
    });

  return {
    connect: open,
    close: async () => {
      await Promise.all(
        [...sockets].map(
          (socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()).destroy()),
        ),
      );
    },
  };
}

/** Whether an address is this machine's own, whichever of 127.0.0.0/8 it is. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

function familyOf(family: string | number | undefined): WireAddress['family'] {
  return family === 6 || family === 'IPv6' ? 'IPv6' : 'IPv4';
}
