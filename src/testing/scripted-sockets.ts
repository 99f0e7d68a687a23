import { asyncScheduler, NEVER, Subscription, type Observable } from 'rxjs';
import type {
  SocketData,
  WxConnectSocketOption,
  WxConnectSocketPort,
  WxSocketClosed,
  WxSocketOpened,
} from '../platform/wx-sockets.js';
import type { WxFailure } from '../platform/wx.js';

/** What a WebSocket's task is told, by the name of the listener; `fail` of the call is the stream's error. */
export type SocketWireMark =
  | { readonly open: WxSocketOpened }
  | { readonly message: { readonly data: SocketData } }
  | { readonly error: WxFailure }
  | { readonly close: WxSocketClosed };

/** How the sockets of {@link scriptedWx} behave. */
export interface ScriptedSocketOptions {
  /** What happens to each WebSocket; the index counts them from 0. @defaultValue nothing */
  readonly sockets?: ((index: number, option: WxConnectSocketOption) => Observable<SocketWireMark>) | undefined;
  /** From `close()` to the close event, in milliseconds, or that it never comes. @defaultValue `1` */
  readonly closesAfterMs?: number | 'never' | undefined;
  /** What becomes of a message: a failure, or no callback at all. @defaultValue taken at once */
  readonly onSend?: ((data: SocketData, index: number) => 'taken' | 'silence' | WxFailure) | undefined;
}

/** The part of {@link scriptedWx} that opens WebSockets. */
export interface ScriptedSockets extends WxConnectSocketPort {
  /** What each was asked for with. */
  readonly socketOptions: readonly WxConnectSocketOption[];
}

/** Makes `wx.connectSocket`; `note` writes down what is done to it. */
export function scriptedSockets(
  note: (what: string) => void,
  { sockets = () => NEVER, closesAfterMs = 1, onSend = () => 'taken' }: ScriptedSocketOptions,
): ScriptedSockets {
  const socketOptions: WxConnectSocketOption[] = [];

  return {
    socketOptions,
    connectSocket(option) {
      const index = socketOptions.push(option) - 1;
      const listeners: { [name: string]: (result: never) => void } = {};
      const playing = new Subscription();
      let gone = false;
      note(`connect ${index}`);

      const leave = () => {
        gone = true;
        playing.unsubscribe();
      };
      const tell = (mark: SocketWireMark) => {
        if (gone) return;
        if ('close' in mark) leave();
        for (const [name, result] of Object.entries(mark)) listeners[name]?.(result as never);
      };
      const fail = (failure: unknown) => {
        leave();
        option.fail?.(failure as WxFailure);
      };
      playing.add(sockets(index, option).subscribe({ next: tell, error: fail }));

      const on = (name: string) => (listener: (result: never) => void) => {
        listeners[name] = listener;
      };
      return {
        send({ data, success, fail }) {
          note(`send ${index} ${typeof data === 'string' ? data : `${data.byteLength} bytes`}`);
          const outcome = onSend(data, index);
          if (outcome === 'taken') success?.();
          else if (outcome !== 'silence') fail?.(outcome);
        },
        close({ code = 1000, reason = '', fail }) {
          note(`close ${index} ${code}${reason && ` ${reason}`}`);
          if (gone) fail?.({ errMsg: 'closeSocket:fail wcwss taskID not exist' });
          else if (closesAfterMs !== 'never') {
            asyncScheduler.schedule(() => tell({ close: { code, reason } }), closesAfterMs);
          }
        },
        onOpen: on('open'),
        onMessage: on('message'),
        onError: on('error'),
        onClose: on('close'),
      };
    },
  };
}
