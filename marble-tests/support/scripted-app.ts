import type { Observable } from 'rxjs';
import {
  createHttp,
  createNetwork,
  type Http,
  type Network,
  type NetworkOptions,
  type WxPort,
  type WxRequestOption,
} from '../../src/index.js';
import { scriptedWx, type MarbleHelpers, type ScriptedWx, type WireMark } from '../../src/testing/index.js';

/** An app on a scripted `wx`: what the network layer above it does to the platform can be read from `wx.log`. */
export interface ScriptedApp {
  readonly wx: ScriptedWx & WxPort;
  readonly network: Network;
  readonly http$: Http;
  readonly warnings: string[];
}

/**
 * Makes an app whose lifecycle is a lane of `h` (hidden) and `s` (shown), and whose calls are answered by `answers`. The
 * platform cuts nothing and refuses nothing by itself: only the library's own doing is seen.
 */
export function scriptedApp(
  { hot }: MarbleHelpers,
  lane: string,
  answers: (option: WxRequestOption) => Observable<WireMark>,
  options: Omit<NetworkOptions, 'wx'> = {},
): ScriptedApp {
  const warnings: string[] = [];
  const marks$ = hot(lane);
  const on = (wanted: string) => (listener: () => void) => {
    marks$.subscribe((mark) => {
      if (mark === wanted) listener();
    });
  };
  const wx = Object.assign(scriptedWx(answers), { onAppShow: on('s'), onAppHide: on('h') });
  const network = createNetwork({ wx, onWarning: (message) => warnings.push(message), ...options });
  return { wx, network, http$: createHttp(network), warnings };
}
