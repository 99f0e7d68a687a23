import { map, type Observable } from 'rxjs';
import { createNetwork, type Network, type NetworkOptions, type WxPort } from '../../src/index.js';
import { createSocket, type MakeSocket, type Socket, type WxConnectSocketOption } from '../../src/sockets.js';
import type { MarbleHelpers } from '../../src/testing/index.js';
import {
  scriptedSockets,
  type ScriptedSocketOptions,
  type ScriptedSockets,
  type SocketMark,
} from './scripted-sockets.js';

/** The address that the tests of `socket$` connect to. */
export const url = 'wss://chat.example.com/room';

/** An app on scripted sockets. */
export interface SocketApp {
  readonly wx: ScriptedSockets;
  readonly network: Network;
  readonly socket$: MakeSocket;
  readonly warnings: string[];
}

/**
 * Makes an app whose lifecycle is a lane of `h` (hidden) and `s` (shown), and whose sockets play what `script` makes for
 * them. The platform cuts nothing by itself: only the library's own doing is seen.
 */
export function socketApp(
  { hot }: MarbleHelpers,
  lane: string,
  script: (index: number, option: WxConnectSocketOption) => Observable<SocketMark>,
  { platform, ...options }: Omit<NetworkOptions, 'wx'> & { readonly platform?: ScriptedSocketOptions } = {},
): SocketApp {
  const warnings: string[] = [];
  const marks$ = hot(lane);
  const on = (wanted: string) => (listener: () => void) => {
    marks$.subscribe((mark) => {
      if (mark === wanted) listener();
    });
  };
  const wx = scriptedSockets(script, platform);
  const port = Object.assign(wx, {
    onAppShow: on('s'),
    onAppHide: on('h'),
    request: () => ({ abort: () => undefined }),
  }) satisfies WxPort;
  const network = createNetwork({ wx: port, onWarning: (message) => warnings.push(message), ...options });
  return { wx, network, socket$: createSocket(network), warnings };
}

/** The first letter of each state: closed, waiting, connecting (`g`), open, down. */
export function states$(socket: Pick<Socket<never, never>, 'status$'>): Observable<string> {
  return socket.status$.pipe(map(({ state }) => (state === 'connecting' ? 'g' : state.charAt(0))));
}
