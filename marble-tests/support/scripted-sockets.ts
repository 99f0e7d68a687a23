import { asyncScheduler, Subscription, type Observable } from 'rxjs';
import type { WxFailure } from '../../src/platform/wx.js';
import type {
  SocketData,
  WxConnectSocketOption,
  WxConnectSocketPort,
  WxSocketClosed,
  WxSocketOpened,
} from '../../src/platform/wx-sockets.js';

/** What happens to one socket. */
export type SocketMark =
  | { readonly opened: WxSocketOpened }
  | { readonly message: SocketData }
  | { readonly closed: WxSocketClosed }
  /** `onError` of the task. */
  | { readonly failed: WxFailure }
  /** `fail` of the call. */
  | { readonly refused: WxFailure };

/** How the platform behaves, beyond what the script says. */
export interface ScriptedSocketOptions {
  /** From `close()` to the close event, in milliseconds, or that it never comes. @defaultValue `1` */
  readonly closesAfterMs?: number | 'never' | undefined;
  /** What becomes of a message: a failure, or nothing at all. @defaultValue taken at once */
  readonly onSend?: (data: SocketData, index: number) => 'taken' | 'silence' | WxFailure;
}

/** A bare `wx.connectSocket`, for tests that read from `log` what was done to it. */
export interface ScriptedSockets extends WxConnectSocketPort {
  /** `connect 0 @0`, `send 0 hi @4`, `close 0 1000 @5` … in the order of events. */
  readonly log: string[];
  readonly options: WxConnectSocketOption[];
  /** How many sockets the platform counts: connecting, open and closing ones. */
  readonly held: number;
}

/** Plays to each socket the stream that `script` makes for it; the index counts the sockets from 0. */
export function scriptedSockets(
  script: (index: number, option: WxConnectSocketOption) => Observable<SocketMark>,
  { closesAfterMs = 1, onSend = () => 'taken' }: ScriptedSocketOptions = {},
): ScriptedSockets {
  const log: string[] = [];
  const options: WxConnectSocketOption[] = [];
  const held = new Set<number>();
  const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);

  return {
    log,
    options,
    get held() {
      return held.size;
    },
    connectSocket(option) {
      const index = options.push(option) - 1;
      const listeners: { [Name in 'open' | 'message' | 'error' | 'close']?: (result: never) => void } = {};
      const played = new Subscription();
      note(`connect ${index}`);
      held.add(index);

      const tellClose = (closed: WxSocketClosed) => {
        if (!held.delete(index)) return;
        played.unsubscribe();
        listeners.close?.(closed as never);
      };
      const playing = script(index, option).subscribe((mark) => {
        if ('opened' in mark) listeners.open?.(mark.opened as never);
        else if ('message' in mark) listeners.message?.({ data: mark.message } as never);
        else if ('closed' in mark) tellClose(mark.closed);
        else if ('failed' in mark) listeners.error?.(mark.failed as never);
        else {
          held.delete(index);
          option.fail?.(mark.refused);
        }
      });
      played.add(playing);
      return {
        send({ data, success, fail }) {
          note(`send ${index} ${typeof data === 'string' ? data : `${data.byteLength} bytes`}`);
          const outcome = onSend(data, index);
          if (outcome === 'taken') success?.();
          else if (outcome !== 'silence') fail?.(outcome);
        },
        close({ code = 1000, reason = '', fail }) {
          note(`close ${index} ${code}${reason && ` ${reason}`}`);
          if (!held.has(index)) fail?.({ errMsg: 'closeSocket:fail wcwss taskID not exist' });
          else if (closesAfterMs !== 'never') asyncScheduler.schedule(() => tellClose({ code, reason }), closesAfterMs);
        },
        onOpen: (listener) => (listeners.open = listener),
        onMessage: (listener) => (listeners.message = listener),
        onError: (listener) => (listeners.error = listener),
        onClose: (listener) => (listeners.close = listener),
      };
    },
  };
}

/** Letters for the marbles of a socket: `o` opens, `a`–`c` are messages, `x` is lost, `z` closes cleanly, `f` fails. */
export const socketMarks: { readonly [letter: string]: SocketMark } = {
  o: { opened: { header: {} } },
  a: { message: 'a' },
  b: { message: 'b' },
  c: { message: 'c' },
  x: { closed: { code: 1006, reason: 'abnormal closure' } },
  z: { closed: { code: 1000, reason: 'bye' } },
  i: { closed: { code: 1000, reason: 'interrupted' } },
  k: { closed: { code: 4001, reason: 'kicked' } },
  f: { failed: { errMsg: 'Underlying Transport Error' } },
  r: { refused: { errMsg: 'createSocketTask:fail wcwss taskID=9 exceed max concurrent count' } },
};
