import type { InspectEvent } from '../network/network-event.js';
import type { PhoneMessage } from './desk-words.js';

/** So much goes into one message, in UTF-16 units, about. */
const MAX_MESSAGE_LENGTH = 262_144;

/** What waits to be told to the desk: bounded, the oldest goes first, and what had to go is counted. */
export class DeskQueue {
  private readonly events: InspectEvent[] = [];
  private readonly lengths: number[] = [];
  private length = 0;
  private dropped = 0;

  /** @param maxLength - How many UTF-16 units of JSON may wait. */
  constructor(private readonly maxLength: number) {}

  get isEmpty(): boolean {
    return this.events.length === 0;
  }

  add(event: InspectEvent): void {
    const { length } = JSON.stringify(event);
    this.events.push(event);
    this.lengths.push(length);
    this.length += length;
    while (this.length > this.maxLength) {
      this.take();
      this.dropped++;
    }
  }

  /** The next message: what was taken is not kept. */
  message(): PhoneMessage {
    const events: InspectEvent[] = [];
    for (let length = 0; this.events.length > 0 && length < MAX_MESSAGE_LENGTH;) {
      length += this.lengths[0] as number;
      events.push(this.take());
    }
    return { type: 'events', events, dropped: this.dropped };
  }

  /** A message did not arrive. */
  lose(message: PhoneMessage): void {
    if (message.type === 'events') this.dropped += message.events.length;
  }

  private take(): InspectEvent {
    this.length -= this.lengths.shift() as number;
    return this.events.shift() as InspectEvent;
  }
}
