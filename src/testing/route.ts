import { concatMap, from, map, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { WireEvent } from '../simulator/wires/wire.js';
import { failureNamed, type ReplyFailure } from './reply-failures.js';
import { eventsOf, type ReceivedRequest, type ReplyValue } from './replies.js';
import type { Stage } from './stage.js';

/** What the letters of a diagram stand for; a letter without a value is a text. */
export type ReplyValues = { readonly [letter: string]: ReplyValue };

/** One frame in, one frame out: as rxjs's subscription logs have it. */
export type CallLog = ReturnType<typeof TestScheduler.parseMarblesAsSubscriptions>;

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

/** A promise, as the server keeps it. */
export interface PromisedAnswer {
  readonly marbles: string;
  readonly always: boolean;
  readonly claims: number[];
  answer$(request: ReceivedRequest): Observable<WireEvent>;
}

/** A route, as the server sees it. */
export interface Route extends ScriptedRoute {
  readonly name: string;
  readonly promises: readonly PromisedAnswer[];
  readonly requests: ReceivedRequest[];
  /** The promise that answers now, if there is one. */
  claim(): PromisedAnswer | undefined;
}

/** Makes a route without promises. */
export function createRoute(name: string, stage: Stage): Route {
  const promises: PromisedAnswer[] = [];

  const promise = (always: boolean, marbles: string, values: ReplyValues, failure: ReplyFailure) => {
    checkMarks(marbles, values);
    const error = failureNamed(failure);
    promises.push({
      marbles,
      always,
      claims: [],
      answer$: (request) =>
        stage.cold<ReplyValue>(marbles, withLetters(marbles, values), error).pipe(
          map((value) => eventsOf(typeof value === 'function' ? value(request) : value)),
          concatMap((events) => from(events)),
        ),
    });
  };

  const route: Route = {
    name,
    promises,
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
    claim: () => {
      const next = promises.find(({ always, claims }) => !always && claims.length === 0);
      const one = next ?? promises.find(({ always }) => always);
      one?.claims.push(stage.now());
      return one;
    },
  };
  return route;
}

// What rxjs reads as time, groups and ends.
const NO_LETTERS = /(^| )\d+(\.\d+)?(ms|s|m) |[-|#() ]/g;

function lettersOf(marbles: string): string[] {
  return [...new Set(marbles.replace(NO_LETTERS, ''))];
}

function withLetters(marbles: string, values: ReplyValues): ReplyValues {
  return Object.fromEntries(lettersOf(marbles).map((letter) => [letter, values[letter] ?? letter]));
}

function checkMarks(marbles: string, values: ReplyValues): void {
  if (typeof marbles !== 'string')
    throw new TypeError(`replies: expected marbles such as '--r|'; got ${typeof marbles}`);
  // Here, at the promise, and not when the call comes.
  TestScheduler.parseMarbles(marbles, undefined, undefined, false, true);
  if (/[\^!]/.test(marbles)) throw new TypeError(`replies: ^ and ! say nothing of an answer; got '${marbles}'`);
  const letters = lettersOf(marbles);
  for (const [letter, value] of Object.entries(values)) {
    if (!letters.includes(letter)) throw new TypeError(`replies: '${marbles}' has no ${letter}`);
    if (!isReplyValue(value)) {
      throw new TypeError(
        `replies: ${letter} must be json(…), text(…), bytes(…), headers(…), chunk(…), a text, or a function that makes one of them`,
      );
    }
  }
}

function isReplyValue(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && 'type' in value;
}
