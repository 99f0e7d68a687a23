import { Subscription } from 'rxjs';
import type { SocketOptions } from '../../../src/sockets.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, socketApp } from './socket-app.js';

/** One who is told of a promise's failure in time; `heard` says whether anybody has asked. */
function failing(): { readonly promise: Promise<never>; readonly heard: () => boolean } {
  let heard = false;
  const then = (_: unknown, onRejected?: (error: unknown) => unknown) => {
    heard ||= onRejected !== undefined;
    return { then };
  };
  return { promise: { then } as never, heard: () => heard };
}

describe('a promise of the caller that fails', () => {
  it.each<[string, (promise: Promise<never>, leave: () => void) => Partial<SocketOptions<string>>]>([
    [
      'a login that afterClose returned, while the socket still waits',
      (promise) => ({ reconnect: { initialMs: 60_000, random: () => 1, afterClose: () => promise } }),
    ],
    [
      'what onOpen returned, who has left by then',
      (promise, leave) => ({
        onOpen() {
          leave();
          return promise;
        },
      }),
    ],
    [
      'what beforeConnect returned, who has left by then',
      (promise, leave) => ({
        beforeConnect() {
          leave();
          return promise;
        },
      }),
    ],
  ])('[K9.4][K9.9] is heard in the same turn, or the platform would call it unhandled: %s', (_, optionsOf) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$ } = socketApp(helpers, '--h', () => cold('-o-k', marks));
      const { promise, heard } = failing();
      const listener = new Subscription();
      const socket = socket$<string>({ ...raw, ...optionsOf(promise, () => listener.unsubscribe()) });
      listener.add(socket.messages$.subscribe({ error: () => undefined }));
      const seen: boolean[] = [];
      cold('----x').subscribe(() => seen.push(heard()));
      cold('-----x').subscribe(() => listener.unsubscribe());
      flush();

      expect(seen).toEqual([true]);
    })();
  });
});
