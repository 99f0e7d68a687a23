import { Subject } from 'rxjs';
import { problemOfOptions, type OptionKind } from '../../platform/check-options.js';

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

const OPTION_KINDS: { readonly [Name in keyof Required<ChannelOptions<unknown, unknown>>]: OptionKind } = {
  subscribe: 'function',
  unsubscribe: 'function',
  match: 'anything',
};

/** Says what is wrong with the options of a channel. */
export function problemOfChannel<In, Out>(options: ChannelOptions<In, Out>, hasKeys: boolean): string | undefined {
  const problem = problemOfOptions(options, OPTION_KINDS);
  if (problem !== undefined) return problem;
  const kind = typeof options.match;
  if (kind === 'function') return undefined;
  if (kind !== 'string' && kind !== 'number') return `match must be a key, text or number, or a function; got ${kind}`;
  return hasKeys ? undefined : 'match is a key, but the socket has no channelOf that tells the key of a message';
}

/** One that somebody listens to. */
export interface Channel<In, Out> {
  /** Of the one who came first. */
  readonly options: ChannelOptions<In, Out>;
  readonly messages$: Subject<In>;
  listeners: number;
}

/** The channels of one socket. */
export interface Channels<In, Out> {
  /** Adds a listener; with the same key, or the same options, to the channel that is there. */
  join(options: ChannelOptions<In, Out>): Channel<In, Out>;
  leave(channel: Channel<In, Out>): void;
  /** The socket is open: every channel is subscribed to. */
  open(send: (message: Out) => void): void;
  /** The socket is down: nothing can be said. */
  down(): void;
  /** Gives a message to the channels that it belongs to. */
  route(message: In): void;
}

const NONE: readonly never[] = [];

/** Who listens to what, on one socket. Channels with a key cost a message one look-up, however many there are. */
export function createChannels<In, Out>(
  channelOf: ((message: In) => ChannelKey | undefined) | undefined,
): Channels<In, Out> {
  const keyed = new Map<ChannelKey, Channel<In, Out>>();
  const asked = new Map<ChannelOptions<In, Out>, Channel<In, Out>>();
  let send: ((message: Out) => void) | undefined;

  const find = (options: ChannelOptions<In, Out>) =>
    typeof options.match === 'function' ? asked.get(options) : keyed.get(options.match);
  const remove = ({ options }: Channel<In, Out>) =>
    typeof options.match === 'function' ? asked.delete(options) : keyed.delete(options.match);
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
    join(options) {
      const there = find(options);
      if (there) {
        there.listeners++;
        return there;
      }
      const channel = { options, messages$: new Subject<In>(), listeners: 1 };
      if (typeof options.match === 'function') asked.set(options, channel);
      else keyed.set(options.match, channel);
      say(channel, options.subscribe);
      return channel;
    },
    leave(channel) {
      // One that has failed is in the list no more, or another has taken its place.
      if (--channel.listeners > 0 || find(channel.options) !== channel) return;
      remove(channel);
      say(channel, channel.options.unsubscribe);
    },
    open(sendNow) {
      send = sendNow;
      for (const channel of [...keyed.values(), ...asked.values()]) {
        if (send === sendNow) say(channel, channel.options.subscribe);
      }
    },
    down() {
      send = undefined;
    },
    route(message) {
      // Who begins to listen in answer to a message hears the next one first.
      const askedNow = asked.size > 0 ? [...asked.values()] : NONE;
      if (channelOf && keyed.size > 0) {
        const key = channelOf(message);
        if (key !== undefined) keyed.get(key)?.messages$.next(message);
      }
      for (const channel of askedNow) {
        try {
          if (!(channel.options.match as (message: In) => boolean)(message)) continue;
        } catch (error) {
          fail(channel, error);
          continue;
        }
        channel.messages$.next(message);
      }
    },
  };
}
