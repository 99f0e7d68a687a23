import { BehaviorSubject, combineLatest, distinctUntilChanged, map, type Observable } from 'rxjs';
import type { Network } from '../../network/create-network.js';
import { deviceNetwork$ } from '../../network/device-network.js';
import { callBack, callWx } from '../../sources/call-wx.js';
import type { NetworkStatus, WxNetworkStatusPort } from '../../platform/wx.js';
import { measuredQuality } from './measured-quality.js';

/** How the device is connected, and how well. */
export interface NetworkQuality extends NetworkStatus {
  /** Whether the connection is so bad that an app should ask for less. */
  readonly weak: boolean;
  /** How long a round trip takes, in milliseconds: the middle one of the last eight; `undefined` where no phone tells. */
  readonly rttMs: number | undefined;
  /** Whether `weak` is the platform's verdict, or ours: HarmonyOS, computers and the developer tools have none. */
  readonly source: 'platform' | 'measured';
}

/** The part of `wx` that tells whether the connection is weak; base library 2.21.0. */
interface WxNetworkWeakPort {
  onNetworkWeakChange(listener: (told: { readonly weakNet: boolean }) => void): void;
}

const streams = /* @__PURE__ */ new WeakMap<Network, Observable<NetworkQuality>>();

/**
 * Tells how the device is connected and how well, now and at each change.
 *
 * ```text
 * device    -w--------------4---
 * weak      ------t------f------   onNetworkWeakChange, or the last eight calls
 * quality$  -w----W------w--4---   W = wifi, but weak
 * ```
 *
 * Where the platform tells by `onNetworkWeakChange`, its word counts. Elsewhere the last eight calls of the network do, by the
 * platform's own rule: three round trips above 400 ms, three timeouts, or three lost connections. Where no round trip is told
 * either, an answer of `http$` that took more than three seconds is slow. Nothing is sent for it. A call counts from the first
 * subscription on, and no longer once the device is connected in another way.
 *
 * @example
 * ```ts
 * networkQuality$(network)
 *   .pipe(map(({ weak }) => weak), distinctUntilChanged())
 *   .subscribe((weak) => page.setData({ smallPictures: weak }));
 * ```
 *
 * @returns An observable that replays the present state, and never ends. A phone that tells nothing counts as connected.
 * @throws TypeError for what is not from `createNetwork()`.
 */
export function networkQuality$(network: Network): Observable<NetworkQuality> {
  const known$ = streams.get(network);
  if (known$) return known$;
  const { quality$ } = measuredQuality(network);
  const platform$ = platformWeak$(network);
  const source = platform$ ? 'platform' : 'measured';
  const all$ = combineLatest([deviceNetwork$(network), quality$, platform$ ?? [undefined]]).pipe(
    map(([status, { weak, rttMs }, told = weak]): NetworkQuality => ({ ...status, weak: told, rttMs, source })),
    distinctUntilChanged((one, other) => JSON.stringify(one) === JSON.stringify(other)),
  );
  streams.set(network, all$);
  return all$;
}

/** What the platform says, as long as the app lives; `undefined` where it says nothing. */
function platformWeak$(network: Network): Observable<boolean> | undefined {
  const wx = network.wx as Partial<WxNetworkWeakPort & WxNetworkStatusPort>;
  if (typeof wx.onNetworkWeakChange !== 'function') return undefined;
  const weak$ = new BehaviorSubject(false);
  const call = { api: 'onNetworkWeakChange', url: '' };
  let told = false;
  try {
    callWx(call.api, call, () =>
      wx.onNetworkWeakChange?.(({ weakNet }) => {
        told = true;
        weak$.next(weakNet);
      }),
    );
    callBack<{ readonly weakNet?: boolean }>(
      'getNetworkType',
      call,
      (callbacks) => wx.getNetworkType?.(callbacks as object),
      {
        // Base library 3.5.3; what has been told since is newer.
        success: ({ weakNet }) => told || weak$.next(weakNet === true),
        fail: () => undefined,
      },
    );
  } catch {
    // A client that has the name only.
    return undefined;
  }
  return weak$;
}
