import type { SchedulerLike, Subscription } from 'rxjs';
import type { Socket, SocketFactory } from '../../../src/sockets.js';
import type { Faults } from './faults.js';
import type { Chance } from './random.js';

/** Sockets of an app, to servers that say what they hear. */
export interface SoakedSockets {
  readonly counts: { sent: number; taken: number; refused: number; heard: number };
  begin(): void;
  /** Nothing is sent any more, and nobody listens. */
  end(): void;
  /** When all should be over. */
  close(): void;
}

/** Lets each be listened to and left, and messages be sent that nobody may hear twice. There may be more sockets than places. */
export function liveSockets(
  socket$: SocketFactory,
  urls: readonly string[],
  chance: Chance,
  scheduler: SchedulerLike,
  faults: Faults,
): SoakedSockets {
  const counts = { sent: 0, taken: 0, refused: 0, heard: 0 };
  const listeners = new Map<Socket<string, string>, Subscription>();
  const onTheWay = new Set<number>();
  let isOver = false;

  const live = (url: string) => {
    let lastHeard = 0;
    const socket = socket$<string>({
      url,
      serializer: 'none',
      reconnect: { random: chance.next },
      heartbeat: { intervalMs: 60_000, deadlineMs: 10_000, request: () => 'ping', isReply: (text) => text === 'ping' },
    });
    const hear = (text: string) => {
      counts.heard++;
      if (Number(text) <= lastHeard) faults.add('a message was doubled, or out of order');
      lastHeard = Number(text);
    };
    const listenOrLeave = () => {
      if (isOver) return;
      const listener = listeners.get(socket);
      listeners.delete(socket);
      if (listener) listener.unsubscribe();
      else {
        const ended = (error: unknown) => faults.add(`a socket ended: ${String(error)}`);
        listeners.set(socket, socket.messages$.subscribe({ next: hear, error: ended }));
      }
      scheduler.schedule(listenOrLeave, listener ? chance.between(0, 120_000) : chance.between(1_000, 3_600_000));
    };
    const send = () => {
      if (isOver) return;
      const id = ++counts.sent;
      onTheWay.add(id);
      const settled = (how: 'taken' | 'refused') => {
        if (!onTheWay.delete(id)) faults.add('a sending ended twice');
        counts[how]++;
      };
      socket.send(String(id)).subscribe({ complete: () => settled('taken'), error: () => settled('refused') });
      scheduler.schedule(send, chance.between(100, 120_000));
    };
    listenOrLeave();
    send();
  };

  return {
    counts,
    begin: () => urls.forEach(live),
    end() {
      isOver = true;
      for (const listener of listeners.values()) listener.unsubscribe();
      listeners.clear();
    },
    close() {
      for (let left = onTheWay.size; left > 0; left--) faults.add('a sending hangs');
    },
  };
}
