/** What puts an end to every socket: the background (BG-1), the loss of the network, another network, `close()` of the simulator. */
export type SocketCut = 'interrupted' | 'offline' | 'moved' | 'closed';

/** A socket that has not ended, as the rules see it. */
export interface OpenSocket {
  cut(cause: SocketCut): void;
}

/** The sockets of all kinds that have not ended, in the order in which they were made. */
export interface OpenSockets {
  add(socket: OpenSocket): void;
  delete(socket: OpenSocket): void;
  cutAll(cause: SocketCut): void;
}

/** Keeps the sockets that have not closed, so that the background, a kill or `close()` can cut them. */
export function createOpenSockets(): OpenSockets {
  const open = new Set<OpenSocket>();

  return {
    add: (socket) => open.add(socket),
    delete: (socket) => open.delete(socket),
    cutAll: (cause) => {
      for (const socket of [...open]) socket.cut(cause);
    },
  };
}
