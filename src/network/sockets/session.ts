import { defer, finalize, Observable, retry, share, Subject, takeUntil, tap, type BehaviorSubject } from 'rxjs';
import { isCutByBackground } from '../../platform/app-state.js';
import type { CallDetails } from '../../platform/network-error.js';
import type { Network } from '../create-network.js';
import { createBackoff } from './backoff.js';
import { createChannels } from './channels.js';
import { connection$, goDown, type SocketWiring } from './connection.js';
import { alwaysInFront$, isLoss, presentState, timeToReconnect$ } from './loss.js';
import type { SocketOptions } from './options.js';
import { createOutbox } from './outbox.js';
import { asIs, json, type SocketSerializer } from './serializer.js';
import type { SocketStatus } from './status.js';

/** What keeps one socket open, for as long as anybody listens. */
export interface SocketSession<In, Out> {
  readonly wiring: SocketWiring<In, Out>;
  /** Opens the socket with its first subscriber, keeps it open, closes it with the last. Emits at each connection. */
  readonly session$: Observable<unknown>;
  readonly closing$: Subject<void>;
}

/** Connects, again and again, for all who listen; tells on `status$` how it stands. */
export function createSocketSession<In, Out>(
  network: Network,
  options: SocketOptions<In, Out>,
  status$: BehaviorSubject<SocketStatus>,
): SocketSession<In, Out> {
  const { scheduler, warn } = network;
  const call: CallDetails = { api: 'connectSocket', url: options.url };
  const { reconnect = {}, whenDown = 'buffer', maxBuffered = 100, serializer = 'json' } = options;
  const { interruptInBackground: cuts = network.options.interruptInBackground ?? true } = options;
  const backoff = createBackoff(reconnect === false ? {} : reconnect, scheduler);
  const closing$ = new Subject<void>();

  const tell = (status: Omit<SocketStatus, 'generation'>) => status$.next({ ...status, generation: wiring.generation });
  const wiring: SocketWiring<In, Out> = {
    network,
    options,
    serializer: (serializer === 'json' ? json : serializer === 'none' ? asIs : serializer) as SocketSerializer<In, Out>,
    call,
    app$: cuts ? network.app$ : alwaysInFront$,
    inbox$: new Subject<In>(),
    outbox: createOutbox({
      whenDown,
      maxBuffered,
      call,
      scheduler,
      onUnheard: (error) => warn(`unsent ${call.url}`, `a message was not sent, and nobody asked: ${String(error)}`),
    }),
    channels: createChannels<In, Out>(options.channelOf),
    lastMessage: undefined,
    generation: 0,
    connection: undefined,
    attemptedAt: 0,
    closing: false,
    onConnecting: () => tell({ state: 'connecting' }),
  };

  const again = (error: unknown) => {
    // What was lost is torn down only after this; who is told now must not send into it.
    goDown(wiring);
    const background = options.background ?? network.options.background;
    const refused = background === 'refuse' && isLoss(error) && error.code === 'background';
    if (reconnect === false || refused || !isLoss(error)) throw error;
    const waitMs = backoff.next();
    if (waitMs === undefined) throw error;
    const app = presentState(wiring.app$);
    // By our own record: a platform may say "interrupted" again and again, and must not be asked without a pause.
    const cut = error.rule === 'BG-1' && isCutByBackground(app, wiring.attemptedAt, scheduler.now());
    if (cut) backoff.reset();
    const retryInMs = cut ? 0 : waitMs;
    tell({ state: 'down', error, ...(app.visibility !== 'background' && { retryInMs }) });
    return timeToReconnect$(wiring.app$, retryInMs, scheduler);
  };

  const attempt$ = new Observable<unknown>((subscriber) => {
    const { generation } = wiring;
    connection$(wiring).subscribe(subscriber);
    const begun = status$.value.state === 'connecting' || wiring.generation > generation;
    if (!begun && !subscriber.closed) tell({ state: 'waiting' });
  });
  let session = 0;
  const session$ = defer(() => {
    const mine = ++session;
    backoff.reset();
    wiring.outbox.begin();
    return attempt$.pipe(
      tap(() => {
        backoff.opened();
        tell({ state: 'open' });
      }),
      retry({ delay: again }),
      tap({ error: (error: unknown) => tell({ state: 'closed', error }) }),
      takeUntil(closing$),
      finalize(() => {
        // One who subscribes again in answer to the end has begun the next session by now.
        if (mine !== session) return;
        wiring.outbox.end();
        if (status$.value.state !== 'closed') tell({ state: 'closed' });
      }),
    );
  }).pipe(share());
  return { wiring, session$, closing$ };
}
