import type { ConnectSocketOption, SocketTask } from '../../src/simulator/apis/socket-types.js';
import type { Simulator } from '../../src/simulator/create-simulator.js';
import { hearing } from './hearing.js';

/** A socket, and all that the app was told of it. */
export interface LoggedSocket {
  readonly task: SocketTask;
  readonly lines: readonly string[];
  readonly messages: readonly (string | ArrayBuffer)[];
  /** Resolves with the first line that begins so. */
  readonly told: (beginning: string) => Promise<string>;
}

/** Opens a socket and writes down what the app is told. */
export function logged(
  { wx }: Pick<Simulator, 'wx'>,
  url: string,
  option: Partial<ConnectSocketOption> = {},
): LoggedSocket {
  const messages: (string | ArrayBuffer)[] = [];
  const { lines, note, told } = hearing();

  const task = wx.connectSocket({ url, fail: ({ errMsg }) => note(`fail ${errMsg}`), ...option });
  task.onOpen(() => note('open'));
  task.onMessage(({ data }) => {
    messages.push(data);
    note(`message ${typeof data === 'string' ? data.slice(0, 40) : `${data.byteLength} bytes`}`);
  });
  task.onError(({ errMsg }) => note(`error ${errMsg}`));
  task.onClose(({ code, reason }) => note(`close ${code} ${reason}`));

  return { task, lines, messages, told };
}
