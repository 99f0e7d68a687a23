import { AsyncSubject, Observable, type SchedulerLike } from 'rxjs';
import { isBytes } from '../../platform/is-bytes.js';
import { isNetworkError, NetworkError, type CallDetails } from '../../platform/network-error.js';
import { sizeOfData } from '../../platform/socket-data.js';
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
  /** How many bytes the platform has not yet said to have taken: of those that wait, and of those handed over. Text counts as UTF-8. */
  readonly bufferedBytes: number;
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

/** A message on its way, and what becomes of it. */
interface OutgoingMessage {
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
  // Unanswered. A list, for they are answered in their order, or nearly so: a set is felt by each message.
  const handed: OutgoingMessage[] = [];
  let waiting: OutgoingMessage[] = [];
  let open: { readonly transmit: Transmit; readonly onDead: () => void } | undefined;
  let active = false;
  let count = 0;

  const problem = (what: string, code: 'connection' | 'aborted') =>
    new NetworkError(what, { ...call, code, phase: 'wait' });
  const created = (data: SocketData = ''): OutgoingMessage => ({
    data,
    order: count++,
    result$: new AsyncSubject<void>(),
    heard: false,
  });
  const resultOf$ = (message: OutgoingMessage) =>
    new Observable<void>((subscriber) => {
      message.heard = true;
      return message.result$.subscribe(subscriber);
    });
  const fail = (message: OutgoingMessage, error: unknown) => {
    message.result$.error(error);
    // A turn later: a caller asks for the result only after the call has returned it.
    if (!message.heard) scheduler.schedule(() => message.heard || onUnheard(error));
  };

  const settle = (message: OutgoingMessage) => {
    if (handed[0] === message) handed.shift();
    else handed.splice(handed.indexOf(message), 1);
  };
  const handOver = (message: OutgoingMessage) => {
    const { data, result$ } = message;
    const through = open;
    handed.push(message);
    through?.transmit(data).subscribe({
      complete() {
        settle(message);
        result$.next();
        result$.complete();
      },
      error(error: unknown) {
        settle(message);
        const dead = isNetworkError(error, 'connection');
        if (dead && isUnsent(error) && active && whenDown === 'buffer') {
          const later = waiting.findIndex(({ order }) => order > message.order);
          waiting.splice(later < 0 ? waiting.length : later, 0, message);
        } else fail(message, error);
        if (dead) through.onDead();
      },
    });
  };

  const send = (message: OutgoingMessage) => {
    // A message may be sent from inside the sending of another: those that wait go first.
    if (open) {
      if (waiting.length === 0) handOver(message);
      else waiting.push(message);
    } else if (!active) fail(message, problem('nobody listens to the socket, so it is closed; not sent', 'connection'));
    else if (whenDown === 'refuse') fail(message, problem('the socket is down; not sent', 'connection'));
    else if (waiting.length < maxBuffered) waiting.push(message);
    else fail(message, problem(`the socket is down, and ${maxBuffered} messages wait already; not sent`, 'connection'));
  };

  return {
    get size() {
      return waiting.length;
    },
    get bufferedBytes() {
      return [...waiting, ...handed].reduce((sum, { data }) => sum + sizeOfData(data), 0);
    },
    send(data) {
      // It may wait, or come back to be sent again: bytes are the caller's to write into.
      const message = created(isBytes(data) ? data.slice(0) : data);
      send(message);
      return resultOf$(message);
    },
    refuse(error) {
      const message = created();
      fail(message, error);
      return resultOf$(message);
    },
    begin() {
      active = true;
    },
    open(transmit, onDead) {
      const mine = { transmit, onDead };
      open = mine;
      // Those that come back, because the socket is dead after all, stay for the next one: onDead ends this.
      while (open === mine) {
        const message = waiting.shift();
        if (!message) break;
        handOver(message);
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
      for (const message of left) fail(message, problem('the socket was closed before it could be sent', 'aborted'));
    },
  };
}

/** Whether a failure proves that nothing went out: there was no socket, or none any more, to send it on. */
function isUnsent({ phase, errMsg = '' }: NetworkError): boolean {
  return phase === 'check' || /not connected|not exist|is not open/i.test(errMsg);
}
