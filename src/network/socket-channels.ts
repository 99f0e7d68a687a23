import { Subject } from 'rxjs';

/** What tells the messages of one channel from those of another, if `channelOf` of the socket is given. */
export type ChannelKey = string | number;

/** One logical channel on a socket that many share. */
export interface ChannelOptions<In, Out> {
  /**
   * Makes the message that tells the server to begin; sent when the first listener comes, and again each time the socket
   * has been connected anew. @defaultValue nothing is sent
   */
  readonly subscribe?: (() => Out) | undefined;
  /** Makes the message that tells the server to stop; sent when the last listener has left. @defaultValue nothing is sent */
  readonly unsubscribe?: (() => Out) | undefined;
  /**
   * Which messages are the channel's: those with this key, found by one look-up however many channels there are (the socket
   * then needs `channelOf`), or those of which a function says so, which is asked of every message.
   */
  readonly match: ChannelKey | ((message: In) => boolean);
}

/** One that somebody listens to. */
export interface Channel<In, Out> extends ChannelOptions<In, Out> {
  readonly messages$: Subject<In>;
  listeners: number;
}

/** The channels of one socket. */
export interface Channels<In, Out> {
  /** Adds a listener; with the same key, to the channel that is there. */
  join(options: ChannelOptions<In, Out>, own: Channel<In, Out>): Channel<In, Out>;
  leave(channel: Channel<In, Out>): void;
  /** The socket is open: every channel is subscribed to. */
  open(send: (message: Out) => void): void;
  /** The socket is down: nothing can be said. */
  down(): void;
  /** Hands a message to the channels whose it is. */
  route(message: In): void;
}

/** Who listens to what, on one socket. Channels with a key cost a message one look-up, however many there are. */
export function createChannels<In, Out>(
  channelOf: ((message: In) => ChannelKey | undefined) | undefined,
): Channels<In, Out> {
  const keyed = new Map<ChannelKey, Channel<In, Out>>();
  const asked = new Set<Channel<In, Out>>();
  let send: ((message: Out) => void) | undefined;

  const remove = (channel: Channel<In, Out>) => {
    if (typeof channel.match === 'function') return asked.delete(channel);
    return keyed.get(channel.match) === channel && keyed.delete(channel.match);
  };
  // The author's own function failed: that channel ends, the others go on. Out of the list first, so that one who retries
  // does not meet it again.
  const fail = (channel: Channel<In, Out>, error: unknown) => {
    remove(channel);
    channel.messages$.error(error);
  };

  const say = (channel: Channel<In, Out>, make: (() => Out) | undefined) => {
    if (!send || !make) return;
    try {
      send(make());
    } catch (error) {
      fail(channel, error);
    }
  };

  return {
    join({ match }, own) {
      const isKey = typeof match !== 'function';
      const there = isKey ? keyed.get(match) : asked.has(own) ? own : undefined;
      const channel = there ?? own;
      channel.listeners++;
      if (there) return channel;
      if (isKey) keyed.set(match, channel);
      else asked.add(channel);
      say(channel, channel.subscribe);
      return channel;
    },
    leave(channel) {
      if (--channel.listeners > 0) return;
      if (remove(channel)) say(channel, channel.unsubscribe);
    },
    open(sendNow) {
      send = sendNow;
      for (const channel of [...keyed.values(), ...asked]) if (send === sendNow) say(channel, channel.subscribe);
    },
    down() {
      send = undefined;
    },
    route(message) {
      if (channelOf && keyed.size > 0) {
        const key = channelOf(message);
        if (key !== undefined) keyed.get(key)?.messages$.next(message);
      }
      for (const channel of asked) {
        try {
          if (!(channel.match as (message: In) => boolean)(message)) continue;
        } catch (error) {
          fail(channel, error);
          continue;
        }
        channel.messages$.next(message);
      }
    },
  };
}
