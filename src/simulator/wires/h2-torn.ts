import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

/** Tells the streams of HTTP/2 that ended from those that were torn off. */
export interface StreamWatch {
  /** Watches the streams of a connection. */
  watch(socket: Socket): void;
  /**
   * To be called when undici starts a request. It opens the stream in the same turn.
   *
   * @returns Whether that stream was reset before its end.
   */
  starting(): () => boolean;
}

/**
 * undici 7 reports a stream that RST_STREAM closed in the middle of the body, with NO_ERROR or CANCEL, as one that
 * ended: Node emits no `error` for these, but `end`. The difference shows in one moment: Node closes a reset stream
 * before it ends its body, and a whole one after.
 *
 * undici hides its sessions; it leaves each on its socket, under a symbol of its own.
 */
export function createStreamWatch(): StreamWatch {
  const sockets = new Set<Socket>();
  const watched = new WeakSet<ClientHttp2Session>();
  let onStream: ((stream: ClientHttp2Stream) => void) | undefined;

  const watchSession = (session: ClientHttp2Session) => {
    if (watched.has(session)) return;
    watched.add(session);
    const request = session.request.bind(session);
    session.request = (...given) => {
      const stream = request(...given);
      onStream?.(stream);
      onStream = undefined;
      return stream;
    };
  };

  return {
    watch: (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    },
    starting: () => {
      // Only now: a new connection has its session from undici after it was handed over, and uses it in that turn.
      for (const socket of sockets) sessionsOn(socket).forEach(watchSession);
      let ended = false;
      let torn = false;
      onStream = (stream) => {
        const push = stream.push.bind(stream);
        stream.push = (chunk: unknown, ...more: BufferEncoding[]) => {
          // Node ends the body of a closed stream once more.
          if (chunk === null && !ended) torn = stream.closed;
          if (chunk === null) ended = true;
          return push(chunk, ...more);
        };
      };
      return () => torn;
    },
  };
}

function sessionsOn(socket: Socket): ClientHttp2Session[] {
  const own: unknown[] = Object.getOwnPropertySymbols(socket).map((symbol) => Reflect.get(socket, symbol) as unknown);
  return own.filter(isSession);
}

function isSession(value: unknown): value is ClientHttp2Session {
  return typeof value === 'object' && value !== null && 'goaway' in value && 'request' in value;
}
