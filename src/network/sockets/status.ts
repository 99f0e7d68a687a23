import { BehaviorSubject, distinctUntilChanged, map, type Observable } from 'rxjs';

/** How a socket stands. */
export interface SocketStatus {
  /**
   * - `closed`: nobody listens, or it has ended; `error` tells with what
   * - `waiting`: for one of the five places, or for the app to return to the foreground
   * - `connecting`: until it is open and `onOpen` is done
   * - `open`
   * - `down`: lost, for `error`; the next attempt begins in `retryInMs`, or, where that is missing, on the return to the
   *   foreground, when the phone has a network again, or when the login is done that `afterClose` returned
   */
  readonly state: 'closed' | 'waiting' | 'connecting' | 'open' | 'down';
  /** How many connections there have been; a dead one never delivers into the next. */
  readonly generation: number;
  /** What ended the last connection, or the attempt at one. */
  readonly error?: unknown;
  /** From the moment in which it is told, in milliseconds. It is told anew when it changes otherwise than by time. */
  readonly retryInMs?: number | undefined;
}

/** A status as it is kept: with the moment in the place of the wait, which gets shorter. */
export interface KeptStatus extends Omit<SocketStatus, 'retryInMs'> {
  readonly retryAt?: number | undefined;
}

/** Keeps the status of a socket, and tells it as it is at each moment. */
export interface StatusBoard {
  readonly state: SocketStatus['state'];
  readonly status$: Observable<SocketStatus>;
  tell(status: KeptStatus): void;
}

/** Makes one for a socket that is closed; `now` tells the time of the clock by which `retryAt` counts. */
export function createStatusBoard(now: () => number): StatusBoard {
  const kept$ = new BehaviorSubject<KeptStatus>({ state: 'closed', generation: 0 });

  return {
    get state() {
      return kept$.value.state;
    },
    status$: kept$.pipe(
      // Read when it is handed over: an earlier listener may have changed it.
      map(() => kept$.value),
      distinctUntilChanged(),
      map(({ retryAt, ...status }) =>
        retryAt === undefined ? status : { ...status, retryInMs: Math.max(0, retryAt - now()) },
      ),
    ),
    tell: (status) => kept$.next(status),
  };
}
