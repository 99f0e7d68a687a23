import { map, NEVER, type Observable } from 'rxjs';
import type { NetworkOptions } from '../../../src/index.js';
import type { Socket } from '../../../src/sockets.js';
import {
  scriptedWx,
  type MarbleHelpers,
  type ScriptedWxOptions,
  type SocketWireMark,
} from '../../../src/testing/index.js';
import { appOn, type ScriptedApp } from '../scripted-app.js';

/** The address that the tests of `socket$` connect to. */
export const url = 'wss://chat.example.com/room';

/** Its text as it is, and a wait of 4 ms before the second connection. */
export const raw = { url, serializer: 'none', reconnect: { initialMs: 8, random: () => 0.5 } } as const;

/** Makes an app whose lifecycle is a lane of `h` and `s`, and whose sockets play what `sockets` makes for them. */
export function socketApp(
  { app }: MarbleHelpers,
  lane: string,
  sockets: ScriptedWxOptions['sockets'],
  { platform, ...options }: Omit<NetworkOptions, 'wx'> & { readonly platform?: ScriptedWxOptions } = {},
): ScriptedApp {
  return appOn(
    scriptedWx(() => NEVER, { app$: app(lane), sockets, ...platform }),
    options,
  );
}

/** The first letter of each state: closed, waiting, connecting (`g`), open, down. */
export function states$(socket: Pick<Socket<never, never>, 'status$'>): Observable<string> {
  return socket.status$.pipe(map(({ state }) => (state === 'connecting' ? 'g' : state.charAt(0))));
}

/** What the platform was asked to send, and when. */
export const sent = (log: readonly string[]) => log.filter((line) => line.startsWith('send'));

/** Letters for the marbles of a socket: `o` opens, `a`–`c` are messages, `x` is lost, `z` closes cleanly, `f` fails. */
export const marks: { readonly [letter: string]: SocketWireMark } = {
  o: { open: { header: {} } },
  a: { message: { data: 'a' } },
  b: { message: { data: 'b' } },
  c: { message: { data: 'c' } },
  x: { close: { code: 1006, reason: 'abnormal closure' } },
  z: { close: { code: 1000, reason: 'bye' } },
  i: { close: { code: 1000, reason: 'interrupted' } },
  k: { close: { code: 4001, reason: 'kicked' } },
  f: { error: { errMsg: 'Underlying Transport Error' } },
};
