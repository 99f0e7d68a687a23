import { defer, tap, type Observable } from 'rxjs';
import type { Network } from '../create-network.js';
import { watcherOf } from '../internals.js';
import type { SocketWatch } from '../watching.js';

/**
 * Lives a socket that is connected once, and has its life told where somebody watches the network: that it waits for the
 * foreground, is open, and ends.
 *
 * @param live - Tells itself that it connects, and what it says and hears; it is given nobody where nobody watches.
 */
export function watchedLife$<Connection>(
  network: Network,
  url: string,
  live: (watch: SocketWatch | undefined) => Observable<Connection>,
): Observable<Connection> {
  const watch = watcherOf(network)?.watchSocket(url);
  if (!watch) return live(undefined);
  const end = (error?: unknown) => watch.status({ state: 'closed', error });
  watch.status({ state: 'waiting' });
  return defer(() => live(watch)).pipe(
    tap({
      next: () => watch.status({ state: 'open' }),
      error: end,
      complete: end,
      unsubscribe: end,
    }),
  );
}
