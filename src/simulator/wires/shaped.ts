import { defer, mergeMap, throwError, timer, type Observable, type SchedulerLike } from 'rxjs';
import type { Conditions } from './conditions.js';
import { createLink, createRandom, type Link } from './link.js';
import type { TcpWireEvent } from './raw-wire.js';
import { shapedUdp } from './shaped-udp.js';
import type { SocketInput, SocketWireEvent } from './socket-wire.js';
import { travel$ } from './travel.js';
import { WireFailure, type Wire, type WireEvent } from './wire.js';

/**
 * The same wire over a connection of the device that takes time and loses packets, in the simulator's own time: real sockets
 * and scripts alike. An open socket follows each change, an HTTP exchange that began on a perfect connection does not. A datagram of UDP that is lost stays lost.
 *
 * Opening counts as one round trip, whatever is opened; header fields and framing weigh nothing.
 */
export function shapedWire(wire: Wire, conditions: () => Conditions, scheduler: SchedulerLike): Wire {
  const random = createRandom(conditions().seed);
  const up = createLink(conditions, random);
  const down = createLink(conditions, random);
  const perfect = () => {
    const { rttMs, lossRate, kbps } = conditions();
    return rttMs === 0 && lossRate === 0 && kbps === Infinity;
  };
  /** Opens when what opens it has arrived. */
  const arrived$ = <Event>(bytes: number, opened$: () => Observable<Event>) =>
    defer(() => {
      const { ms, arrives } = up.cross(bytes, scheduler.now());
      const open = arrives ? opened$ : () => throwError(() => new WireFailure('unreachable'));
      return ms === 0 ? open() : timer(ms, scheduler).pipe(mergeMap(open));
    });
  const there$ = <Event>(source$: Observable<Event>, bytesOf: (event: Event) => number, link: Link) =>
    travel$(source$, bytesOf, link, scheduler);
  const { socket, tcp, udp } = wire;

  const shaped: Wire = (request) =>
    perfect()
      ? wire(request)
      : arrived$(request.body?.byteLength ?? 0, () => there$(wire(request), bytesOfEvent, down));
  return Object.assign(shaped, {
    socket:
      socket &&
      ((request, input$) =>
        arrived$(0, () => there$(socket(request, there$(input$, bytesOfMessage, up)), bytesOfMessage, down))),
    tcp:
      tcp &&
      ((request, input$) =>
        arrived$(0, () => there$(tcp(request, there$(input$, bytesOfData, up)), bytesOfTcpEvent, down))),
    udp: udp && shapedUdp(udp, up, down, scheduler),
  } satisfies Pick<Wire, 'socket' | 'tcp' | 'udp'>);
}

function bytesOfEvent(event: WireEvent): number {
  return event.type === 'chunk' ? event.bytes.byteLength : 0;
}

function bytesOfMessage(event: SocketWireEvent | SocketInput): number {
  return event.type === 'message' ? Buffer.byteLength(event.data) : 0;
}

function bytesOfData({ byteLength }: Uint8Array): number {
  return byteLength;
}

function bytesOfTcpEvent(event: TcpWireEvent): number {
  return event.type === 'data' ? event.bytes.byteLength : 0;
}
