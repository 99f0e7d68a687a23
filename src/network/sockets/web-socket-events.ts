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
  // Replaced and never written into: who is told of an event is who listened when it happened.
  let listeners: readonly { readonly type: string; readonly listener: unknown; readonly once: boolean }[] = [];
  const remove = (type: string, listener: unknown) => {
    listeners = listeners.filter((known) => known.type !== type || known.listener !== listener);
  };
  const emit = (event: SocketEvent) => {
    const { type } = event;
    const told = Object.assign({}, event, { target: socket, currentTarget: socket });
    const tell = (listener: unknown) => {
      // As a subscriber it cannot throw into the others.
      of(told).subscribe((given) => {
        if (typeof listener === 'function') listener.call(socket, given);
        else (listener as { handleEvent?: (event: unknown) => unknown } | null)?.handleEvent?.(given);
      });
    };
    const present = listeners;
    tell(socket[`on${type}`]);
    for (const { listener, once } of present.filter((known) => known.type === type)) {
      if (once) remove(type, listener);
      tell(listener);
    }
  };
  // Into what is there, or what the getters tell would be fixed.
  const socket = Object.assign(own, {
    onopen: null,
    onmessage: null,
    onerror: null,
    onclose: null,
    addEventListener(type: string, listener: unknown, options?: boolean | { readonly once?: boolean }) {
      remove(type, listener);
      if (listener)
        listeners = [...listeners, { type, listener, once: !!(Object(options) as { once?: boolean }).once }];
    },
    removeEventListener: remove,
    dispatchEvent(event: SocketEvent) {
      emit(event);
      return true;
    },
  }) as unknown as Socket & Readonly<Record<string, unknown>>;
  return { socket, emit };
}
