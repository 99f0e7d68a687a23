import {
  concat,
  distinctUntilChanged,
  map,
  merge,
  of,
  startWith,
  Subscription,
  switchMap,
  timer,
  type Observable,
} from 'rxjs';
import type { CallOptions } from '../../network/calls/http-request.js';
import { ON_CALL, type MarkedRequest } from '../../network/calls/shared-call.js';
import type { Network } from '../../network/create-network.js';
import { deviceNetwork$ } from '../../network/device-network.js';
import { internalsOf } from '../../network/internals.js';
import type { QueuedCall } from '../../operators/queued-call.js';
import { checkOptions } from '../../platform/check-options.js';
import { createGate, type GateState, type OfflinePolicy } from './gate.js';
import { measuredQuality } from './measured-quality.js';
import { networkQuality$ } from './network-quality.js';

/** How the calls of a network follow its state. */
export interface FollowNetworkOptions {
  /** What calls do while there is no network that do not say it by `whenOffline`. @defaultValue `'wait'` */
  readonly offline?: OfflinePolicy | undefined;
  /** How many calls run at once on a weak network; a whole number from 1. @defaultValue `4` */
  readonly weakConcurrency?: number | undefined;
  /** When the network returns, calls that are not of high priority wait for a random part of this, in milliseconds. @defaultValue `1000` */
  readonly spreadMs?: number | undefined;
  /** From 0 to 1; tests hand in their own. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

const OFFLINE: readonly OfflinePolicy[] = ['wait', 'refuse', 'send'];

/** How long it takes until a phone tells what its calls have found, in milliseconds. */
const DOUBT_MS = 1_000;

const policies = /* @__PURE__ */ new WeakMap<QueuedCall, OfflinePolicy>();

/**
 * Says what one call does while there is no network, on a network that is followed: an option of the call.
 *
 * @example
 * ```ts
 * http$.get('/feed', whenOffline('refuse')).subscribe({ next: show, error: showCached });
 * ```
 *
 * @throws TypeError when `policy` is none of the three.
 */
export function whenOffline(policy: OfflinePolicy): Omit<CallOptions, 'url'> {
  checkOptions<{ policy: OfflinePolicy }>('whenOffline', { policy }, { policy: OFFLINE });
  const onCall = (call: QueuedCall) => void policies.set(call, policy);
  const option: MarkedRequest & Omit<CallOptions, 'url'> = { [ON_CALL]: Object.assign(onCall, { kind: policy }) };
  return option;
}

const followed = /* @__PURE__ */ new WeakSet<Network>();

/**
 * Lets the calls of a network follow its state, for as long as it is subscribed.
 *
 * ```text
 * device     w----n------w-----
 * a          ^--a|
 * b                (wait)---b|    sent a random part of a second after the return
 * c                #              whenOffline('refuse')
 * ```
 *
 * - Without a network calls wait in front of the queue, in order of priority; `maxWaitMs` stands still, `totalMs` does not. Or they
 *   are refused with `offline`, or sent all the same: `whenOffline` says it of one call. One that runs when the network goes is
 *   the platform's to fail; see `retrySafely`.
 * - On a weak network fewer calls run at once, one place is kept for `priority: 'high'`, and `low` goes when nothing else does.
 * - A change from Wi-Fi to mobile data, an unknown type, a VPN are no loss of the network, and where an answer comes, there is one.
 *
 * @example
 * ```ts
 * followNetwork(network, { offline: 'wait', weakConcurrency: 4 });
 * ```
 *
 * @returns What ends it: from then on calls go as they did before.
 * @throws TypeError when an option is not what it should be, or the network is followed already.
 */
export function followNetwork(network: Network, options: FollowNetworkOptions = {}): Subscription {
  checkOptions('followNetwork', options, {
    offline: OFFLINE,
    weakConcurrency: 'count',
    spreadMs: 'delay',
    random: 'function',
  });
  const { offline = 'wait', weakConcurrency = 4, spreadMs = 1_000, random = Math.random } = options;
  const internals = internalsOf(network);
  if (followed.has(network)) throw new TypeError('followNetwork: the network is followed already; do it once');
  followed.add(network);

  const { door, app$, scheduler } = internals;
  const gate = createGate(door, scheduler, (call) => policies.get(call) ?? offline);
  const { answered$, offline$ } = measuredQuality(network);
  const device$ = deviceNetwork$(network);
  Object.assign(internals, { door: gate });

  // What the device says counts until an answer says otherwise; and a call that found no network is believed for a moment.
  const isThere$ = device$.pipe(
    switchMap(({ isConnected }) =>
      isConnected
        ? offline$.pipe(
            switchMap(() => concat(of(false), timer(DOUBT_MS, scheduler).pipe(map(() => true)))),
            startWith(true),
          )
        : answered$.pipe(
            map(() => true),
            startWith(false),
          ),
    ),
    distinctUntilChanged(),
  );
  const network$ = isThere$.pipe(
    switchMap((isThere, index): Observable<GateState['network']> => {
      if (!isThere) return of('gone');
      const there$ = of('there' as const);
      return index === 0
        ? there$
        : merge(of('returning' as const), timer(random() * spreadMs, scheduler).pipe(switchMap(() => there$)));
    }),
  );

  let state: GateState = { network: 'there', places: Infinity };
  const set = (changes: Partial<GateState>) => gate.set((state = { ...state, ...changes }));
  const ended = new Subscription(() => {
    Object.assign(internals, { door });
    followed.delete(network);
    set({ network: 'there', places: Infinity });
  });
  ended.add(network$.subscribe((told) => set({ network: told })));
  const weak$ = networkQuality$(network).pipe(
    map(({ weak }) => weak),
    distinctUntilChanged(),
  );
  ended.add(weak$.subscribe((weak) => set({ places: weak ? weakConcurrency : Infinity })));
  ended.add(
    app$.subscribe(({ visibility }) => {
      if (visibility === 'background') gate.hide();
    }),
  );
  return ended;
}
