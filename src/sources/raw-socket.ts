import { AsyncSubject, Subject, type Observable, type Subscriber } from 'rxjs';
import { classifyRawSocketFailure } from '../platform/classify-raw-socket.js';
import type { CallDetails } from '../platform/network-error.js';
import type { WxRawSocketFailure } from '../platform/wx-sockets.js';
import { callWx, letGo, notATask } from './call-wx.js';

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
  if (typeof (socket as typeof socket | undefined)?.close !== 'function') throw notATask(call, socket);
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
    for (const event of Object.keys(listeners)) letGo(() => methods[`off${event}`]?.(listeners[event]));
    // A socket that stays open counts against the platform's limit.
    letGo(() => socket.close());
  });
  for (const event of Object.keys(listeners))
    callWx(`on${event}`, call, () => methods[`on${event}`]?.(listeners[event]));
  return { messages$: messages$.asObservable(), closed$: closed$.asObservable() };
}
