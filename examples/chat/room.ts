import type { WebSocket } from 'ws';
import type { Heard, Said } from './message.js';

/** The room: it outlives its server, as one in a database does. */
export interface Room {
  readonly history: readonly Heard[];
  say(from: string, text: string, key?: string): void;
  /** Someone comes in. */
  admit(socket: WebSocket): void;
}

export function createRoom(): Room {
  const history: Heard[] = [];
  const listeners = new Set<WebSocket>();

  const say = (from: string, text: string, key?: string) => {
    // Said again by one who could not know that it had arrived.
    if (key !== undefined && history.some((message) => message.key === key)) return;
    const message: Heard = { id: history.length + 1, from, text, key };
    history.push(message);
    for (const listener of listeners) tell(listener, message);
  };

  return {
    history,
    say,
    admit(socket) {
      socket.on('message', (data) => {
        const said = JSON.parse((data as Buffer).toString()) as Said;
        if (said.type === 'say') {
          say('me', said.text, said.key);
          return;
        }
        for (const message of history.slice(said.after)) tell(socket, message);
        listeners.add(socket);
      });
      socket.on('close', () => listeners.delete(socket));
    },
  };
}

function tell(listener: WebSocket, message: Heard): void {
  listener.send(JSON.stringify(message));
}
