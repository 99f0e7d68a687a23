import type { Lane } from '../forty-requests/run-record.js';
import type { Lamp } from './app.js';
import type { Heard } from './message.js';

/** What has happened so far. */
export interface ChatRecord {
  /** Where the app has been, and from when on. */
  readonly lanes: { readonly lane: Lane; readonly from: number }[];
  /** How often something was said by the app. */
  sent: number;
  readonly heard: Heard[];
  /** How the socket stands, in words. */
  socket: string;
  lamp: Lamp | undefined;
}

/** What was lost on the way, or came twice. */
export interface Faults {
  readonly lost: number;
  readonly doubled: number;
}

/** Compares what the app said and heard with what the room knows. */
export function faultsOf({ sent, heard }: Pick<ChatRecord, 'sent' | 'heard'>, history: readonly Heard[]): Faults {
  const ids = new Set(heard.map(({ id }) => id));
  const own = history.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const arrived = new Set(own).size;
  return {
    lost: history.filter(({ id }) => !ids.has(id)).length + (sent - arrived),
    doubled: heard.length - ids.size + (own.length - arrived),
  };
}
