import { AsyncSubject, Subject, type Observable, type Subscriber } from 'rxjs';
import { classifyRawSocketFailure } from '../platform/classify-raw-socket.js';
import type { CallDetails } from '../platform/network-error.js';
import type { WxRawSocketFailure } from '../platform/wx-sockets.js';
import { threw } from './socket-errors.js';

/** What a TCP and a UDP socket do alike, for as long as somebody is subscribed. */
export interface RawSocketLife<Message> {
  readonly messages$: Observable<Message>;
  /** The end, replayed; completes without one when the subscriber left first, or the socket broke. */
  readonly closed$: Observable<void>;
}

interface RawSocketListeners {
  readonly [event: string]: (report: never) => void;
}

/**
 * Listens to a TCP or UDP socket for a subscriber, completes it when the socket is closed and fails it when the socket breaks;
 * and takes the listeners off and closes the socket when the subscriber leaves.
 *
 * @param own - What only this kind of socket tells, by the name behind `on` and `off`.
 */
export function listenToRawSocket<Report, Message>(
  socket: { close(): void },
  subscriber: Subscriber<unknown>,
  call: CallDetails,
  messageOf: (report: Report) => Message,
  own: RawSocketListeners = {},
): RawSocketLife<Message> {
  const messages$ = new Subject<Message>();
  const closed$ = new AsyncSubject<void>();
  const methods = socket as unknown as { readonly [method: string]: (listener: unknown) => void };
  const listeners: RawSocketListeners = {
    ...own,
    Message: (report: Report) => messages$.next(messageOf(report)),
    // The messages end after it, with the teardown: what was put together of them must not pass for whole.
    Error: (failure: WxRawSocketFailure) => subscriber.error(classifyRawSocketFailure(failure, call)),
    Close() {
      closed$.next();
      closed$.complete();
      messages$.complete();
      subscriber.complete();
    },
  };

  subscriber.add(() => {
    messages$.complete();
    closed$.complete();
    // With our own functions, never without: that would take everybody's.
    for (const event of Object.keys(listeners)) leave(() => methods[`off${event}`]?.(listeners[event]));
    leave(() => socket.close());
  });
  for (const event of Object.keys(listeners)) methods[`on${event}`]?.(listeners[event]);
  return { messages$: messages$.asObservable(), closed$: closed$.asObservable() };
}

/** Opens a socket; an exception is the subscriber's error. */
export function openRawSocket(
  subscriber: Subscriber<unknown>,
  call: CallDetails,
  open: () => void,
  name: string,
): void {
  try {
    open();
  } catch (cause) {
    subscriber.error(threw(name, call, cause));
  }
}

/** Whatever a client lacks or throws, the rest is done all the same: a socket that stays open counts against the platform's limit. */
function leave(step: () => void): void {
  try {
    step();
  } catch {
    // What cannot be closed is over for us.
  }
}
