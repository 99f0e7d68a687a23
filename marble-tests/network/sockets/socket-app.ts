import { map, NEVER, type Observable } from 'rxjs';
import type { NetworkOptions, NetworkType, WxNetworkStatusPort } from '../../../src/index.js';
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
  {
    platform,
    phone,
    ...options
  }: Omit<NetworkOptions, 'wx'> & { readonly platform?: ScriptedWxOptions; readonly phone?: ScriptedPhone } = {},
): ScriptedApp {
  const wx = scriptedWx(() => NEVER, { app$: app(lane), sockets, ...platform });
  return appOn(phone ? Object.assign(wx, phone) : wx, options);
}

/** What a phone tells of its network. */
export type ScriptedPhone = WxNetworkStatusPort;

const NETWORK_TYPES: { readonly [letter: string]: NetworkType } = {
  w: 'wifi',
  m: '4g',
  f: '5g',
  u: 'unknown',
  n: 'none',
};

/**
 * Makes a phone whose network is a lane of `w` (Wi-Fi), `m` (4g), `f` (5g), `u` (unknown) and `n` (none), from the `first` on.
 * A capital letter changes it without a word.
 */
export function phoneOn({ hot }: Pick<MarbleHelpers, 'hot'>, lane: string, first = 'w'): ScriptedPhone {
  const listeners = new Set<(status: { isConnected: boolean; networkType: NetworkType }) => void>();
  const typeOf = (letter: string) => NETWORK_TYPES[letter.toLowerCase()] as NetworkType;
  let networkType = typeOf(first);
  hot(lane).subscribe((letter) => {
    networkType = typeOf(letter);
    if (letter !== letter.toLowerCase()) return;
    for (const listener of [...listeners]) listener({ isConnected: networkType !== 'none', networkType });
  });
  return {
    getNetworkType: ({ success }) => success?.({ networkType }),
    onNetworkStatusChange: (listener) => listeners.add(listener),
  };
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
