import { AsyncSubject, Observable, type SchedulerLike } from 'rxjs';
import { isNetworkError, NetworkError, type CallDetails } from '../../platform/network-error.js';
import type { SocketData } from '../../platform/wx-sockets.js';

/** Hands one message to the platform, and tells what it said. */
export type Transmit = (data: SocketData) => Observable<void>;

/** What becomes of messages that are sent while the socket is down. */
export interface OutboxOptions {
  readonly whenDown: 'buffer' | 'refuse';
  readonly maxBuffered: number;
  readonly call: CallDetails;
  readonly scheduler: SchedulerLike;
  /** Gets what failed without anybody having subscribed to know, a turn later. */
  readonly onUnheard: (error: unknown) => void;
}

/** Messages on their way out, in the order in which they were sent. */
export interface Outbox {
  /** How many wait for the socket to come back. */
  readonly size: number;
  /** Sends, keeps or refuses at once; what it returns tells what became of the message. */
  send(data: SocketData): Observable<void>;
  /** Refuses at once. */
  refuse(error: unknown): Observable<void>;
  /** From now on messages are kept, or refused. */
  begin(): void;
  /** The socket is open: what was kept goes first. `onDead` is called when the platform says that it is not open after all. */
  open(transmit: Transmit, onDead: () => void): void;
  /** The socket is down again. */
  down(): void;
  /** Nobody wants the socket any more: what was kept is refused, and so is all that comes. */
  end(): void;
}

interface Letter {
  readonly data: SocketData;
  readonly order: number;
  readonly result$: AsyncSubject<void>;
  /** Whether anybody wants to know the result. */
  heard: boolean;
}

/**
 * The way out. A message is handed to the platform once; only one that the platform refused because the socket had died,
 * which was provably not sent, goes back to its place in the line. No message is dropped without its sender being told.
 */
export function createOutbox({ whenDown, maxBuffered, call, scheduler, onUnheard }: OutboxOptions): Outbox {
  let waiting: Letter[] = [];
  let open: { readonly transmit: Transmit; readonly onDead: () => void } | undefined;
  let active = false;
  let count = 0;

  const problem = (what: string, code: 'connection' | 'aborted') =>
    new NetworkError(what, { ...call, code, phase: 'wait' });
  const write = (data: SocketData = ''): Letter => ({
    data,
    order: count++,
    result$: new AsyncSubject<void>(),
    heard: false,
  });
  const resultOf$ = (letter: Letter) =>
    new Observable<void>((subscriber) => {
      letter.heard = true;
      return letter.result$.subscribe(subscriber);
    });
  const fail = (letter: Letter, error: unknown) => {
    letter.result$.error(error);
    // A turn later: one who asks for the result does so after the call that returned it.
    if (!letter.heard) scheduler.schedule(() => letter.heard || onUnheard(error));
  };

  const hand = (letter: Letter) => {
    const { data, result$ } = letter;
    const through = open;
    through?.transmit(data).subscribe({
      complete() {
        result$.next();
        result$.complete();
      },
      error(error: unknown) {
        const dead = isNetworkError(error, 'connection');
        if (dead && active && whenDown === 'buffer') {
          const later = waiting.findIndex(({ order }) => order > letter.order);
          waiting.splice(later < 0 ? waiting.length : later, 0, letter);
        } else fail(letter, error);
        if (dead) through.onDead();
      },
    });
  };

  const send = (letter: Letter) => {
    // A message may be sent from inside the sending of another: those that wait go first.
    if (open) {
      if (waiting.length === 0) hand(letter);
      else waiting.push(letter);
    } else if (!active) fail(letter, problem('nobody listens to the socket, so it is closed; not sent', 'connection'));
    else if (whenDown === 'refuse') fail(letter, problem('the socket is down; not sent', 'connection'));
    else if (waiting.length < maxBuffered) waiting.push(letter);
    else fail(letter, problem(`the socket is down, and ${maxBuffered} messages wait already; not sent`, 'connection'));
  };

  return {
    get size() {
      return waiting.length;
    },
    send(data) {
      const letter = write(data);
      send(letter);
      return resultOf$(letter);
    },
    refuse(error) {
      const letter = write();
      fail(letter, error);
      return resultOf$(letter);
    },
    begin() {
      active = true;
    },
    open(transmit, onDead) {
      const mine = { transmit, onDead };
      open = mine;
      // Those that come back, because the socket is dead after all, stay for the next one: onDead ends this.
      while (open === mine) {
        const letter = waiting.shift();
        if (!letter) break;
        hand(letter);
      }
    },
    down() {
      open = undefined;
    },
    end() {
      open = undefined;
      active = false;
      const left = waiting;
      waiting = [];
      for (const letter of left) fail(letter, problem('the socket was closed before it could be sent', 'aborted'));
    },
  };
}
