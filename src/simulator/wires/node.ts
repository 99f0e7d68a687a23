import type { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { Observable } from 'rxjs';
import { contentDecoder, type ContentDecoder } from './content-coding.js';
import { createConnector, type NodeConnector, type NodeWireOptions } from './node-connector.js';
import { wireFailureOf, type HopProgress } from './node-failure.js';
import { nodeTcpWire } from './node-tcp.js';
import { nodeUdpWire } from './node-udp.js';
import { inPieces } from './node-upload.js';
import { nodeSocketWire } from './node-websocket.js';
import type { TcpWire, UdpWire } from './raw-wire.js';
import type { SocketWire } from './socket-wire.js';
import {
  WireFailure,
  wireHeaders,
  wireSent,
  type Wire,
  type WireConnection,
  type WireEvent,
  type WireRequest,
} from './wire.js';

/** Answers that have no body. */
const BODILESS = [204, 304];

/** A wire that holds sockets. */
export interface NodeWire extends Wire {
  readonly socket: SocketWire;
  readonly tcp: TcpWire;
  readonly udp: UdpWire;
  /** Closes them all; resolves when they are closed. */
  close(): Promise<void>;
}

/**
 * Makes a wire of real sockets: HTTP/1.1 and HTTP/2, TLS, gzip, deflate and br, by undici; WebSockets by ws; TCP; UDP.
 *
 * It knows no rules: no time limits, no redirects, no default headers, no limit on connections.
 */
export function nodeWire(options: NodeWireOptions = {}): NodeWire {
  // Two agents, because a connection is never given back to a call that may not speak its protocol.
  const carriers = new Map([false, true].map((allowH2) => [allowH2, createCarrier(options, allowH2)]));

  const sockets = nodeSocketWire(options);
  const tcp = nodeTcpWire(options.lookup);
  const udp = nodeUdpWire(options.lookup, options.neighbours);

  const hop: Wire = (request) => hop$(request, carriers.get(request.http2) as Carrier);
  return Object.assign(hop, {
    socket: sockets.open,
    tcp: tcp.connect,
    udp: udp.bind,
    close: async () => {
      udp.close();
      const http = [...carriers.values()].flatMap(({ agent, connector }) => [agent.destroy(), connector.close()]);
      await Promise.all([...http, sockets.close(), tcp.close()]);
    },
  });
}

interface Carrier {
  readonly agent: Agent;
  readonly connector: NodeConnector;
}

function createCarrier(options: NodeWireOptions, allowH2: boolean): Carrier {
  const connector = createConnector(options, allowH2);
  return {
    connector,
    // Calls at once take a connection each, over HTTP/2 too: pipelining would let one wait for another over HTTP/1.1.
    agent: new Agent({
      connect: connector.connect,
      allowH2,
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
      // As Chromium takes them.
      maxHeaderSize: 256 * 1024,
    }),
  };
}

function hop$(request: WireRequest, { agent, connector }: Carrier): Observable<WireEvent> {
  return new Observable((subscriber) => {
    const { method, url, header, body, tellsSent } = request;
    const { origin, pathname, search } = new URL(url);
    const connectionsBefore = connector.newestTo(origin)?.count ?? 0;
    let progress: HopProgress = 'nothing';
    let controller: Dispatcher.DispatchController | undefined;
    let decoder: ContentDecoder | undefined;
    let torn = () => false;
    let ended = false;
    let breakOff: (() => void) | undefined;

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (started) => {
        controller = started;
        torn = connector.streams.starting();
        // Left while the connection was being made: nothing is sent.
        if (subscriber.closed) started.abort(new Error('unsubscribed'));
      },
      onResponseStart: ({ rawHeaders }, statusCode) => {
        if (statusCode < 200) return;
        progress = 'headers';
        const fields = fieldsOf(rawHeaders);
        decoder = contentDecoder(valueOf(fields, 'content-encoding'), {
          data: (bytes) => subscriber.next({ type: 'chunk', bytes }),
          end: () => subscriber.complete(),
          error: (cause) => subscriber.error(new WireFailure('content-coding', { cause })),
        });
        subscriber.next(wireHeaders(statusCode, fields, connectionTo(origin, connector, connectionsBefore)));
        // It ends here (RFC 9112, 6.3), whatever it announces. undici would wait for it, so the connection goes with it.
        if (BODILESS.includes(statusCode) && announcesBody(fields)) subscriber.complete();
      },
      onResponseData: (_controller, bytes) => decoder?.write(bytes),
      onResponseEnd: () => {
        ended = true;
        // undici sets an immediate next, in which it gives the connection back: whoever hears of the end comes after it.
        queueMicrotask(() => {
          if (torn()) subscriber.error(new WireFailure('incomplete'));
          else decoder?.end();
        });
      },
      onResponseError: (_controller, error) => subscriber.error(wireFailureOf(error, progress)),
      // Only CONNECT and protocol switches come here, and a phone has no use for either.
      onRequestUpgrade: (_controller, _statusCode, _headers, socket) => {
        socket.destroy();
        subscriber.error(new WireFailure('failed'));
      },
    };
    const path = `${pathname}${search}`;
    // What undici has connected of its own accord is not for this one.
    connector.begun();
    const tell = tellsSent === true ? (bytes: number) => subscriber.next(wireSent(bytes)) : () => {};
    if (body && (tellsSent === true || mustBeInPieces(request))) {
      const pieces = inPieces(body, tell);
      // Or the pieces would be sent without a length, which many servers refuse.
      const headers = { ...header, 'content-length': String(body.byteLength) };
      agent.dispatch({ origin, path, method, headers, body: pieces as unknown as Readable }, handler);
      // With a body in pieces, undici connects in the next job of this turn.
      queueMicrotask(() => {
        breakOff = connector.begun();
        if (subscriber.closed) breakOff?.();
      });
    } else {
      agent.dispatch({ origin, path, method, headers: { ...header }, body: body ?? null }, handler);
      breakOff = connector.begun();
    }

    return () => {
      // An error is dear, for its stack.
      if (!ended) controller?.abort(new Error('unsubscribed'));
      breakOff?.();
      decoder?.destroy();
    };
  });
}

/** Over HTTP/2 undici takes a body in one piece with these methods alone; with others it fails on an assertion. */
function mustBeInPieces({ http2, method }: WireRequest): boolean {
  return http2 && !['POST', 'PUT', 'PATCH'].includes(method);
}

type Fields = readonly (readonly [name: string, value: string])[];

function announcesBody(fields: Fields): boolean {
  return Number(valueOf(fields, 'content-length') || 0) > 0 || valueOf(fields, 'transfer-encoding') !== '';
}

/** The fields of a name as one list. */
function valueOf(fields: Fields, name: string): string {
  let found = '';
  for (const [field, value] of fields) {
    if (field.length === name.length && field.toLowerCase() === name)
      found = found === '' ? value : `${found},${value}`;
  }
  return found;
}

/** The names in the case in which they were sent, which the parsed ones have lost (discoveries/request.md). */
function fieldsOf(rawHeaders: Dispatcher.DispatchController['rawHeaders']): Fields {
  const fields: (readonly [name: string, value: string])[] = [];
  if (!Array.isArray(rawHeaders)) return fields;
  for (let index = 0; index < rawHeaders.length; index += 2)
    fields.push([rawHeaders[index]?.toString('latin1') ?? '', rawHeaders[index + 1]?.toString('latin1') ?? '']);
  return fields;
}

function connectionTo(origin: string, connector: NodeConnector, connectionsBefore: number): WireConnection | undefined {
  const newest = connector.newestTo(origin);
  // undici does not say which socket it used. No new one since the call began means an old one.
  if (!newest) return undefined;
  return newest.count === connectionsBefore ? newest.reused : newest.fresh;
}
