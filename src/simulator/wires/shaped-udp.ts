import { EMPTY, map, mergeMap, Observable, of, Subject, timer, type SchedulerLike } from 'rxjs';
import type { Link } from './link.js';
import type { UdpWire, UdpWireEvent } from './raw-wire.js';

/**
 * The same UDP over a connection of the device that takes time and loses datagrams, each for itself: nobody sends one again.
 *
 * What the app has sent before it closes its socket arrives all the same; what has not come by then, it is not told.
 */
export function shapedUdp(udp: UdpWire, up: Link, down: Link, scheduler: SchedulerLike): UdpWire {
  return (request) => {
    const endpoint = udp(request);
    const arrived$ = (event: UdpWireEvent): Observable<UdpWireEvent> => {
      const ms = event.type === 'datagram' ? down.cast(event.bytes.byteLength, scheduler.now()) : 0;
      if (ms === undefined) return EMPTY;
      return ms === 0 ? of(event) : timer(ms, scheduler).pipe(map(() => event));
    };
    const closed$ = new Subject<void>();
    let underWay = 0;
    let closing = false;

    return {
      port: endpoint.port,
      setTtl: (ttl) => endpoint.setTtl(ttl),
      // Left on the wire when the app leaves: whoever hears the last datagrams is behind it.
      events$: new Observable((subscriber) => {
        closed$.subscribe(() => subscriber.complete());
        endpoint.events$.pipe(mergeMap(arrived$)).subscribe({
          next: (event) => subscriber.next(event),
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        });
      }),
      send: (datagram) => {
        const ms = up.cast(datagram.bytes.byteLength, scheduler.now());
        if (ms === undefined) return;
        if (ms === 0) {
          endpoint.send(datagram);
          return;
        }
        underWay++;
        scheduler.schedule(() => {
          underWay--;
          endpoint.send(datagram);
          if (closing && underWay === 0) endpoint.close();
        }, ms);
      },
      close: () => {
        closed$.next();
        closing = true;
        if (underWay === 0) endpoint.close();
      },
    };
  };
}
