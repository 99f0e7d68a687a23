import { defer, finalize, Observable, retry, share, Subject, takeUntil, tap, throwError, timer } from 'rxjs';
import type { Network } from '../create-network.js';
import { connection$, type SocketContext } from './connection.js';
import { isOnline } from '../device-network.js';
import { internalsOf } from '../internals.js';
import type { SocketWatch } from '../watching.js';
import { offlineError } from './network-change.js';
import { stopSending } from './open-connection.js';
import type { SocketOptions } from './options.js';
import { createReconnecting } from './reconnecting.js';
import { createSocketContext } from './socket-context.js';
import type { KeptStatus, StatusBoard } from './status.js';

/** What keeps one socket open, for as long as anybody listens. */
export interface SocketSession<In, Out> {
  readonly context: SocketContext<In, Out>;
  /** Opens the socket with its first subscriber, keeps it open, closes it with the last. Emits at each connection. */
  readonly session$: Observable<unknown>;
  /** Ends it for all who listen. */
  readonly close: (code: number, reason: string) => void;
}

/** Connects, again and again, for all who listen; tells on the board how it stands. */
export function createSocketSession<In, Out>(
  network: Network,
  options: SocketOptions<In, Out>,
  board: StatusBoard,
): SocketSession<In, Out> {
  const { keepOpenMs } = options;
  const { scheduler } = network;
  const internals = internalsOf(network);
  const closing$ = new Subject<void>();
  let lastError: unknown;

  let watch: SocketWatch | undefined;
  const tell = (status: Omit<KeptStatus, 'generation'>) => {
    const { state, retryAt } = status;
    const { generation } = context.current;
    // Who begins to watch while it is open is told from the next connection on.
    if (state === 'waiting' || state === 'connecting' || board.state === 'closed') {
      watch ??= internals.watcher?.watchSocket(options.url);
    }
    watch?.status({ ...status, generation }, retryAt && Math.max(0, retryAt - scheduler.now()));
    board.tell({ ...status, generation });
  };
  const context = createSocketContext(network, options, {
    watch: () => watch,
    lastError: () => lastError,
    onConnecting: () => tell({ state: 'connecting' }),
  });
  const { current, outbox, call, device$ } = context;
  const reconnecting = createReconnecting(context, tell);

  const attempt$ = new Observable<unknown>((subscriber) => {
    const { generation } = current;
    const attempted$ = isOnline(device$) ? connection$(context) : throwError(() => offlineError(call));
    attempted$.subscribe(subscriber);
    const begun = board.state === 'connecting' || current.generation > generation;
    if (!begun && !subscriber.closed) tell({ state: 'waiting' });
  });
  let session = 0;
  const session$ = defer(() => {
    const mine = ++session;
    reconnecting.begin();
    outbox.begin();
    return attempt$.pipe(
      tap(() => {
        reconnecting.opened();
        tell({ state: 'open' });
      }),
      retry({
        delay: (error: unknown) => {
          // What was lost is torn down only after this; who is told now must not send into it.
          if (current.lose()) stopSending(context);
          lastError = error;
          return reconnecting.after$(error);
        },
      }),
      tap({ error: (error: unknown) => tell({ state: 'closed', error }) }),
      takeUntil(closing$),
      finalize(() => {
        // A subscriber that subscribes again when told of the end has begun the next session by now.
        if (mine !== session) return;
        outbox.end();
        if (board.state !== 'closed') tell({ state: 'closed' });
      }),
    );
  }).pipe(share(keepOpenMs === undefined ? {} : { resetOnRefCountZero: () => timer(keepOpenMs, scheduler) }));

  return {
    context,
    session$,
    close: (code, reason) =>
      current.close(code, reason, () => {
        // What is said while the listeners leave would come behind the close.
        if (current.lose()) stopSending(context);
        closing$.next();
      }),
  };
}
