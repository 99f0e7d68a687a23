import {
  concat,
  map,
  merge,
  mergeMap,
  NEVER,
  of,
  take,
  throwError,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import {
  scriptWire,
  socketClosed,
  wireChunk,
  WireFailure,
  wireHeaders,
  type ScriptedSocket,
  type SocketSpeech,
  type Wire,
  type WireEvent,
} from '../../../src/simulator/index.js';
import type { Chance } from './random.js';

export const ORIGIN = 'https://api.example.com';
export const SOCKETS = Array.from({ length: 6 }, (_, index) => `wss://api.example.com/rooms/${index}`);

/** The answer of a stream, which comes in pieces. */
export const CHUNKS = ['0;', '1;', '2;', '3;', '4;'];

/**
 * A server on a bad day: it answers at once, late, never, or not to the end. What it answers is the path of the call.
 *
 * @param onArrival - Gets the number of each call that arrives.
 */
export function badServer(chance: Chance, scheduler: SchedulerLike, onArrival: (id: number) => void): Wire {
  const after = <T>(ms: number, value$: Observable<T>) => timer(ms, scheduler).pipe(mergeMap(() => value$));
  const broken$ = throwError(() => new WireFailure('reset'));
  const head$ = of(wireHeaders(200, [['content-type', 'text/plain; charset=utf-8']]));

  const hop = ({ url }: { readonly url: string }): Observable<WireEvent> => {
    const path = url.slice(ORIGIN.length + 1);
    onArrival(Number(path.split('/')[1]));
    const ms = chance.one(0, 20, 80, 300, 1_500, 6_000, chance.between(0, 20_000));
    const everyMs = chance.one(1, 10, 700, 3_000);
    const body$ = path.startsWith('stream')
      ? timer(0, everyMs, scheduler).pipe(
          take(CHUNKS.length),
          map((index) => wireChunk(CHUNKS[index] as string)),
        )
      : of(wireChunk(path));
    const dice = chance.next();
    if (dice < 0.03) return NEVER;
    if (dice < 0.06) return after(ms, broken$);
    if (dice < 0.08) return after(ms, concat(head$, body$.pipe(take(1)), broken$));
    return after(ms, concat(head$, body$));
  };

  const room: ScriptedSocket = () => ({
    afterMs: chance.between(1, 500),
    statusCode: chance.next() < 0.1 ? 503 : 101,
    silentAfterMs: chance.next() < 0.1 ? chance.between(1_000, 600_000) : undefined,
    says$: (heard$: Observable<string | Uint8Array>): Observable<SocketSpeech> =>
      merge(heard$, after(chance.between(5_000, 3_600_000), of(socketClosed(1001)))),
  });
  const sockets = Object.fromEntries(SOCKETS.map((url) => [url, room]));
  return Object.assign(hop, { socket: scriptWire({}, { scheduler, sockets }).socket });
}
