import type { ConnectSocketOption, SocketTask } from '../../src/simulator/apis/socket-types.js';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { scriptWire, type SocketScript } from '../../src/simulator/wires/script.js';

/** The one domain that the sockets in these tests may open. */
export const CHAT = 'wss://chat.example.com';

/** A simulator on the script wire: routes are paths of `CHAT`. */
export function socketPhone(routes: SocketScript, options: SimulatorOptions = {}): Simulator {
  const sockets = Object.fromEntries(Object.entries(routes).map(([path, route]) => [`${CHAT}${path}`, route]));
  return createSimulator({ domains: { socket: [CHAT] }, wire: scriptWire({}, { sockets }), ...options });
}

/** Opens a socket and notes all that the app is told of it: `open`, `message "hi"`, `close 1000 bye` … */
export function connected(
  { wx }: Pick<Simulator, 'wx'>,
  path: string,
  note: (what: string) => void,
  option: Partial<ConnectSocketOption> = {},
): SocketTask {
  const task = wx.connectSocket({
    url: `${CHAT}${path}`,
    success: ({ errMsg }) => note(errMsg),
    fail: (failure) => note(`fail ${JSON.stringify(failure)}`),
    ...option,
  });
  task.onOpen(() => note('open'));
  task.onMessage(({ data }) => note(`message ${typeof data === 'string' ? data : `${data.byteLength} bytes`}`));
  task.onError((error) => note(`error ${JSON.stringify(error)}`));
  task.onClose(({ code, reason }) => note(`close ${code} ${reason}`.trim()));
  return task;
}
