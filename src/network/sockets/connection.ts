import {
  catchError,
  defer,
  EMPTY,
  finalize,
  merge,
  switchMap,
  takeUntil,
  tap,
  throwError,
  timeout,
  type Observable,
  type Subject,
} from 'rxjs';
import { RETURN_SETTLE_MS, type AppState } from '../../platform/app-state.js';
import type { CallDetails } from '../../platform/network-error.js';
import { connectSocket$, type ConnectSocketEvent, type SocketConnection } from '../../sources/connect-socket.js';
import type { NetworkStatus } from '../../platform/wx.js';
import { closeError, type ClosedError } from '../../sources/socket-errors.js';
import { attemptLimit, backstopMs } from '../calls/attempt-limit.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import type { Channels } from './channels.js';
import type { CurrentConnection } from './current-connection.js';
import { isOnline } from '../device-network.js';
import { inForeground } from '../in-foreground.js';
import { cutByNetwork$, cutOnReturn$ } from './cuts.js';
import { offlineError } from './network-change.js';
import { followedBy, isClosedBeforeOpen, stepAfterClose } from './loss.js';
import type { SocketOptions } from './options.js';
import type { Outbox } from './outbox.js';
import { inSocketPlace$ } from './place.js';
import { readyToConnect$, socketPort } from './request.js';
import type { SocketSerializer } from './serializer.js';
import { openConnection$ } from './open-connection.js';
import { tooSlow } from './too-slow.js';
import type { SocketWatch } from '../watching.js';

/** What the connections of one socket share. */
export interface SocketContext<In, Out> {
  readonly network: Network;
  readonly options: SocketOptions<In, Out>;
  readonly serializer: SocketSerializer<In, Out>;
  readonly call: CallDetails;
  /** The network's, or one that is always in front. */
  readonly app$: Observable<AppState>;
  /** How the phone is connected. */
  readonly device$: Observable<NetworkStatus>;
  readonly inbox$: Subject<In>;
  readonly outbox: Outbox;
  readonly channels: Channels<In, Out>;
  readonly current: CurrentConnection<In>;
  /** What ended the connection before, or the attempt at one. */
  readonly lastError: () => unknown;
  /** Who watches it, if anybody does. */
  readonly watch: () => SocketWatch | undefined;
  readonly onConnecting: () => void;
}

/**
 * One connection: waits for a place, connects, runs `onOpen`, then lets messages in and out; emits once, when it is open.
 * Completes when the peer closes and had no more to say, and errors with whatever else ends it. It is a generation of its own:
 * what belongs to it ends with its subscription, so that a dead socket never delivers into the next.
 */
export function connection$<In, Out>(context: SocketContext<In, Out>): Observable<unknown> {
  const { network, options, call } = context;
  const { closeDeadlineMs = 5_000, background = internalsOf(network).settings.background } = options;
  let wasCut = false;

  const place = {
    call,
    background,
    // What was cut is dead: the platform has let go of it, or says within a second what it has to say.
    closeDeadlineMs: () => (wasCut ? Math.min(closeDeadlineMs, RETURN_SETTLE_MS) : closeDeadlineMs),
  };
  return inSocketPlace$(network, place, (onGone) => attempt$(context, onGone, () => (wasCut = true)));
}

/** All that happens in the place. */
function attempt$<In, Out>(
  context: SocketContext<In, Out>,
  onGone: () => void,
  onCut: () => void,
): Observable<unknown> {
  const { network, options, call, app$, device$, current } = context;
  const { scheduler } = network;
  const attemptMs = attemptLimit(internalsOf(network), 'connectSocket', options.attemptMs);
  const port = socketPort(network, call);
  let isAsked = false;
  let hasHeartbeat = false;

  const cut$ = merge(
    cutOnReturn$(app$, scheduler, call).pipe(tap({ error: onCut })),
    // On a dead network the platform need not be quick to let go: the place is kept for as long as after any close.
    cutByNetwork$(device$, () => hasHeartbeat, call),
  );
  return defer(() => {
    // It may have been lost while this waited for its place.
    if (!isOnline(device$)) throw offlineError(call);
    current.attempt(scheduler.now());
    context.onConnecting();
    return readyToConnect$(network, options, attemptMs, context.lastError());
  }).pipe(
    switchMap((request) =>
      defer(() => {
        isAsked = true;
        return connectSocket$(request, { wx: port, onGone });
        // What the caller had to fetch may have taken until the app was hidden.
      }).pipe(inForeground(internalsOf(network), options.background, call)),
    ),
    switchMap((event) =>
      event.type === 'connection'
        ? openConnection$(context, event, () => (hasHeartbeat = true))
        : ended$(context, event),
    ),
    timeout({
      first: backstopMs(attemptMs),
      with: () => throwError(() => tooSlow(`attemptMs allows, ${attemptMs} ms, to connect and to finish onOpen`, call)),
      scheduler,
    }),
    catchError((error: unknown) =>
      isClosedBeforeOpen(error) ? afterStep$(options, error, 'again') : throwError(() => error),
    ),
    takeUntil(cut$),
    // One that the platform has not been asked for has nothing to be told of.
    finalize(() => isAsked || onGone()),
  );
}

/** What the end of a connection is to one who wants to keep it. */
function ended$<In, Out>(
  { options, call, current }: SocketContext<In, Out>,
  event: Exclude<ConnectSocketEvent, SocketConnection>,
): Observable<never> {
  return defer(() => {
    if (current.closing) return EMPTY;
    const { code, reason } = event;
    return afterStep$(options, closeError({ code, reason }, call), 'complete');
  });
}

/** Says what comes after a close, which stands in the cause of the error. */
function afterStep$<In, Out>(
  { reconnect }: SocketOptions<In, Out>,
  error: ClosedError,
  whenClean: 'complete' | 'again',
): Observable<never> {
  const step = stepAfterClose(error.cause, reconnect || {}, whenClean);
  return step === 'complete' ? EMPTY : throwError(() => followedBy(error, step));
}
