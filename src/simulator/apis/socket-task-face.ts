import type { Host } from '../host.js';
import { createListeners } from '../listeners.js';
import { closeProblem, dataProblem } from '../rules/socket-parameters.js';
import type { SocketEnd } from '../rules/socket-words.js';
import { callFail, callSuccess, capturedCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { SocketListeners, SocketTask } from './socket-types.js';

/** The states, as every task carries them. */
export const SOCKET_STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

/** How a `SocketTask` ends without having been taken: every call of it fails. */
export function deadSocketTask(host: Host, listeners = createSocketListeners()): SocketTask {
  return socketTaskOf(host, listeners, () => SOCKET_STATES.CLOSED, {
    send: () => {},
    close: () => {},
  });
}

/** What the app holds of a socket: checks what it is given, answers in a turn of its own, and lets `act` do it. */
export function socketTaskOf(
  { deliver, settings: { socketTaskOff } }: Host,
  { open, message, error, close }: SocketListeners,
  readyState: () => SocketTask['readyState'],
  act: { readonly send: (data: string | Uint8Array) => void; readonly close: (end: SocketEnd) => void },
): SocketTask {
  const answer = (callbacks: Callbacks<GeneralResult>, api: string, problem: string | undefined) =>
    deliver(() =>
      problem === undefined
        ? callSuccess(callbacks, { errMsg: `${api}:ok` })
        : callFail(callbacks, { errMsg: `${api}:fail ${problem}` }),
    );

  return {
    ...SOCKET_STATES,
    get readyState() {
      return readyState();
    },
    send: (option) => {
      const { data } = option ?? {};
      const callbacks = capturedCallbacks(option);
      const open = readyState() === SOCKET_STATES.OPEN;
      const problem = dataProblem(data) ?? (open ? undefined : 'WebSocket is not connected');
      // A copy: the app may use its buffer again.
      if (problem === undefined) act.send(typeof data === 'string' ? data : new Uint8Array(data.slice(0)));
      answer(callbacks, 'SocketTask.send', problem);
    },
    close: (option) => {
      const { code = 1000, reason = '' } = option ?? {};
      const callbacks = capturedCallbacks(option);
      const gone = readyState() === SOCKET_STATES.CLOSED;
      const problem = closeProblem(code, reason) ?? (gone ? 'wcwss taskID not exist' : undefined);
      if (problem === undefined) act.close({ code, reason });
      answer(callbacks, 'closeSocket', problem);
    },
    onOpen: open.on,
    onMessage: message.on,
    onError: error.on,
    onClose: close.on,
    ...(socketTaskOff && { offOpen: open.off, offMessage: message.off, offError: error.off, offClose: close.off }),
  };
}

/** Makes the four lists, empty. */
export function createSocketListeners(): SocketListeners {
  return { open: createListeners(), message: createListeners(), error: createListeners(), close: createListeners() };
}
