import type { InspectEvent } from '../network/network-event.js';

/*
 * What a phone and the desk say to each other over their WebSocket, each message a text of JSON. The phone begins with `hello`;
 * before the right code nothing of what it says is read, and nothing is told to it.
 */

/** The version of these messages. */
export const DESK_WORDS_VERSION = 1;

/** What the phone says. */
export type PhoneMessage =
  | { readonly type: 'hello'; readonly version: number; readonly token: string; readonly name: string }
  /** What has happened since the last, in its order. `dropped`: how many events there was no room for, so far. */
  | { readonly type: 'events'; readonly events: readonly InspectEvent[]; readonly dropped: number };

/** What the desk says. */
export interface DeskWelcome {
  readonly type: 'welcome';
  readonly version: number;
}

/** By which code the desk closes. None of them is worth another attempt. */
export const DESK_CLOSES = {
  /** No message of ours. */
  unreadable: 4400,
  /** No `hello` in time. */
  silent: 4401,
  /** Another code. */
  wrongCode: 4403,
} as const;
