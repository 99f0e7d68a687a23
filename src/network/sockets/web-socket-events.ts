import { of } from 'rxjs';
import type { SocketData } from '../../platform/wx-sockets.js';

/** What is told of a socket. */
export interface SocketEventMap {
  readonly open: { readonly type: 'open' };
  readonly message: { readonly type: 'message'; readonly data: SocketData; readonly origin: string };
  readonly error: { readonly type: 'error'; readonly error: unknown; readonly message: string };
  readonly close: {
    readonly type: 'close';
    readonly code: number;
    readonly reason: string;
    readonly wasClean: boolean;
  };
}

/** One of them. */
export type SocketEvent = SocketEventMap[keyof SocketEventMap];

/** Who hears an event: a function, or an object with one. */
export type SocketListener<Type extends keyof SocketEventMap> =
  ((event: SocketEventMap[Type]) => unknown) | { readonly handleEvent: (event: SocketEventMap[Type]) => unknown };

/** Who listens. */
export interface SocketEventTarget {
  addEventListener<Type extends keyof SocketEventMap>(
    type: Type,
    listener: SocketListener<Type> | null,
    options?: boolean | { readonly once?: boolean | undefined },
  ): void;
  removeEventListener<Type extends keyof SocketEventMap>(type: Type, listener: SocketListener<Type> | null): void;
  /** Tells the listeners of an event of the caller's own. */
  dispatchEvent(event: SocketEvent): boolean;
}

/** Adds to a socket what listens: the four properties `on…`, and the three methods. What a listener throws is reported, and keeps nobody from hearing. */
export function createEventTarget<Socket extends SocketEventTarget>(
  own: Omit<Socket, keyof SocketEventTarget | 'onopen' | 'onmessage' | 'onerror' | 'onclose'>,
): { readonly socket: Socket; readonly emit: (event: SocketEvent) => void } {
  const lists = new Map<string, Map<unknown, boolean>>();
  const listOf = (type: string) => {
    const known = lists.get(type) ?? new Map<unknown, boolean>();
    lists.set(type, known);
    return known;
  };
  const emit = (event: SocketEvent) => {
    const told = { ...event, target: socket, currentTarget: socket };
    const handler = (socket as unknown as { readonly [name: string]: unknown })[`on${event.type}`];
    const tell = (listener: unknown) => {
      // As a subscriber it cannot throw into the others.
      of(told).subscribe((given) => {
        if (typeof listener === 'function')
          (listener as (this: unknown, event: unknown) => unknown).call(socket, given);
        else (listener as { handleEvent?: (event: unknown) => unknown } | null)?.handleEvent?.(given);
      });
    };
    tell(handler);
    for (const [listener, once] of [...listOf(event.type)]) {
      if (once) listOf(event.type).delete(listener);
      tell(listener);
    }
  };
  const socket = Object.defineProperties(
    {
      onopen: null,
      onmessage: null,
      onerror: null,
      onclose: null,
      addEventListener(type: string, listener: unknown, options?: boolean | { readonly once?: boolean }) {
        if (listener) listOf(type).set(listener, typeof options === 'object' && options.once === true);
      },
      removeEventListener(type: string, listener: unknown) {
        listOf(type).delete(listener);
      },
      dispatchEvent(event: SocketEvent) {
        emit(event);
        return true;
      },
    },
    Object.getOwnPropertyDescriptors(own),
  ) as unknown as Socket;
  return { socket, emit };
}
