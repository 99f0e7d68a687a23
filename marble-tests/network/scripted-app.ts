import type { Observable } from 'rxjs';
import {
  createHttp,
  createNetwork,
  type Http,
  type Network,
  type NetworkOptions,
  type WxRequestOption,
} from '../../src/index.js';
import { createSocket, type SocketFactory } from '../../src/sockets.js';
import { scriptedWx, type MarbleHelpers, type ScriptedWx, type WireMark } from '../../src/testing/index.js';

/** The library on a scripted `wx`: what it does to the platform can be read from `wx.log`. */
export interface ScriptedApp {
  readonly wx: ScriptedWx;
  readonly network: Network;
  readonly http$: Http;
  readonly socket$: SocketFactory;
  readonly warnings: string[];
}

/** Makes an app whose lifecycle is a lane of `h` and `s`, and whose calls are answered by `answers`. */
export function scriptedApp(
  { app }: MarbleHelpers,
  lane: string,
  answers: (option: WxRequestOption) => Observable<WireMark>,
  options: Omit<NetworkOptions, 'wx'> = {},
): ScriptedApp {
  return appOn(scriptedWx(answers, { app$: app(lane) }), options);
}

/** Makes an app on any scripted `wx`. */
export function appOn(wx: ScriptedWx, options: Omit<NetworkOptions, 'wx'> = {}): ScriptedApp {
  const warnings: string[] = [];
  const network = createNetwork({ wx, onWarning: (message) => warnings.push(message), ...options });
  return { wx, network, http$: createHttp(network), socket$: createSocket(network), warnings };
}
