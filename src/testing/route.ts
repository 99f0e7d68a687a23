import { concatMap, from, map, type Observable } from 'rxjs';
import type { WireEvent } from '../simulator/wires/wire.js';
import { checkDiagram, valuesByLetter } from './marble-letters.js';
import { createPromises, type CallLog, type Promises } from './promises.js';
import { failureNamed, type ReplyFailure } from './reply-failures.js';
import { eventsOf, type ReceivedRequest, type ReplyValue } from './replies.js';
import type { Stage } from './stage.js';

/** What the letters of a diagram stand for; a letter without a value is a text. */
export type ReplyValues = { readonly [letter: string]: ReplyValue };

/** One address of the server, and what it answers. */
export interface ScriptedRoute {
  /**
   * Promises an answer to one call, the first that has none yet; say it again for the next.
   *
   * ```text
   * request   ^
   * replies   --r|      headers and body in frame 2, the end, and with it `success`, in frame 3
   * replies   --(r|)    all of it in frame 2
   * replies   -h-c-c|   piece by piece: `h: headers(200)`, `c: chunk('…')`
   * replies   -s-s-r|   an upload that gets on: `s: sent(1_000)`
   * replies   ---#      fails in frame 3, by `failure`
   * replies   -         silence: the call's deadline will end it (TIME-1)
   * ```
   *
   * @param failure - What `#` is. @defaultValue `'failed'`
   */
  replies(marbles: string, values?: ReplyValues, failure?: ReplyFailure): ScriptedRoute;
  /** Promises it to every call that no other promise is left for; at least one must come. */
  alwaysReplies(marbles: string, values?: ReplyValues, failure?: ReplyFailure): ScriptedRoute;
  /** What arrived here, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** When each came and when it was cut off, if it was: for `expectCalls`. */
  readonly calls: CallLog[];
}

/** Plays the answer to a request. */
export type PlayReply = (request: ReceivedRequest) => Observable<WireEvent>;

/** A route, as the server sees it. */
export interface Route extends ScriptedRoute {
  readonly promised: Promises<PlayReply>;
  readonly requests: ReceivedRequest[];
}

/** Makes a route without promises. */
export function createRoute(name: string, stage: Stage): Route {
  const promised = createPromises<PlayReply>(name);

  const promise = (always: boolean, marbles: string, values: ReplyValues, failure: ReplyFailure) => {
    checkDiagram('replies', marbles, values);
    for (const [letter, value] of Object.entries(values)) {
      if (!isReplyValue(value)) {
        const makers = 'json(…), text(…), bytes(…), headers(…), chunk(…), sent(…), a text';
        throw new TypeError(`replies: ${letter} must be ${makers}, or a function that makes one of them`);
      }
    }
    const error = failureNamed(failure);
    const letters = valuesByLetter<ReplyValue>(marbles, values, (letter) => letter);
    promised.add(marbles, always, (request) =>
      stage.cold<ReplyValue>(marbles, letters, error).pipe(
        map((value) => eventsOf(typeof value === 'function' ? value(request) : value)),
        concatMap((events) => from(events)),
      ),
    );
  };

  const route: Route = {
    promised,
    requests: [],
    calls: [],
    replies: (marbles, values = {}, failure = 'failed') => {
      promise(false, marbles, values, failure);
      return route;
    },
    alwaysReplies: (marbles, values = {}, failure = 'failed') => {
      promise(true, marbles, values, failure);
      return route;
    },
  };
  return route;
}

function isReplyValue(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && 'type' in value;
}
