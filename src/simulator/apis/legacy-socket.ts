import type { Listeners } from '../listeners.js';
import { callFail, callSuccess, promiseWithoutCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { Promised } from './network-status.js';
import type {
  SocketCloseOption,
  SocketCloseResult,
  SocketListeners,
  SocketMessageResult,
  SocketOpenResult,
  SocketSendOption,
  SocketTask,
} from './socket-types.js';

/** The calls from before there were tasks. Each event has one listener: a second takes the place of the first. */
export interface LegacySocketApi {
  onSocketOpen(listener: (result: Pick<SocketOpenResult, 'header'>) => void): void;
  onSocketMessage(listener: (result: SocketMessageResult) => void): void;
  onSocketError(listener: (result: GeneralResult) => void): void;
  onSocketClose(listener: (result: SocketCloseResult) => void): void;
  sendSocketMessage<Option extends SocketSendOption = SocketSendOption>(
    option: Option,
  ): Promised<Option, GeneralResult>;
  /** Does nothing before the socket is open (discoveries/sockets.md). */
  closeSocket<Option extends SocketCloseOption = SocketCloseOption>(option?: Option): Promised<Option, GeneralResult>;
}

/** The calls, and what feeds them. */
export interface LegacySocket {
  readonly api: LegacySocketApi;
  readonly listeners: SocketListeners;
  /** The socket that the calls are about from now on. */
  newest(task: SocketTask): void;
}

/**
 * Makes the global calls.
 *
 * - Evidence: they are single-slot (discoveries/sockets.md); base library 1.7.0 and later have a task for each socket
 * - Not known: which socket they mean when there are several. Here the events of all, and calls go to the newest
 */
export function createLegacySocket(deliver: (callback: () => void) => void): LegacySocket {
  const slots: SocketListeners = {
    open: createSlot(),
    message: createSlot(),
    error: createSlot(),
    close: createSlot(),
  };
  let task: SocketTask | undefined;

  const act = (
    api: string,
    option: Callbacks<GeneralResult> | undefined,
    call: (callbacks: Callbacks<GeneralResult>) => void,
  ) => {
    // Under the name that was called.
    const named = ({ errMsg }: GeneralResult) => ({ errMsg: errMsg.replace(/^[\w.]+:/, `${api}:`) });
    return promiseWithoutCallbacks(option, (callbacks) =>
      call({
        success: (result) => callSuccess(callbacks, named(result)),
        fail: (failure) => callFail(callbacks, named(failure)),
      }),
    );
  };

  const api: { readonly [Name in keyof LegacySocketApi]: unknown } = {
    onSocketOpen: slots.open.on,
    onSocketMessage: slots.message.on,
    onSocketError: slots.error.on,
    onSocketClose: slots.close.on,
    sendSocketMessage: (option?: SocketSendOption) =>
      act('sendSocketMessage', option, (callbacks) => {
        if (task) task.send({ ...callbacks, data: option?.data as string });
        else deliver(() => callFail(callbacks, { errMsg: 'sendSocketMessage:fail WebSocket is not connected' }));
      }),
    closeSocket: (option?: SocketCloseOption) =>
      act('closeSocket', option, (callbacks) => {
        const { code = 1000, reason = '' } = option ?? {};
        if (task && task.readyState !== task.CONNECTING) task.close({ ...callbacks, code, reason });
        else deliver(() => callFail(callbacks, { errMsg: 'closeSocket:fail WebSocket is not connected' }));
      }),
  };

  return {
    // What the two calls return depends on the type of the option, which an implementation cannot follow.
    api: api as LegacySocketApi,
    listeners: slots,
    newest: (newest) => {
      task = newest;
    },
  };
}

/** A list of one. */
function createSlot<Event>(): Listeners<Event> {
  let slot: ((event: Event) => void) | undefined;

  return {
    on: (listener) => {
      if (typeof listener === 'function') slot = listener;
    },
    off: () => {
      slot = undefined;
    },
    heard: () => slot !== undefined,
    emit: (event) => slot?.(event),
  };
}
