import { filter, map, merge, NEVER, Observable, Subject, takeWhile } from 'rxjs';
import type { SocketInput, SocketRequest, SocketWireEvent } from '../simulator/wires/socket-wire.js';
import { checkDiagram, valuesByLetter } from './marble-letters.js';
import { createPromises, type CallLog, type Promises } from './promises.js';
import { failureNamed, type ReplyFailure } from './reply-failures.js';
import { opens, socketEventOf, type SocketDeath, type SocketMark } from './socket-replies.js';
import type { Stage } from './stage.js';

/** What the letters of a diagram stand for; `o` opens, any other letter without a value is a message. */
export type SocketValues = { readonly [letter: string]: SocketMark };

/** One WebSocket address of the server, and what it does. */
export interface ScriptedSocketRoute {
  /**
   * Promises what it does to one connection, the first that has no promise yet; say it again for the next. It answers a
   * close with the same code, unless it is dead.
   *
   * ```text
   * connect   ^
   * plays     --o-m---m     opens in frame 2, speaks in frames 4 and 8, and stays open
   * plays     --o-m-x       ends: `x: closes(4001, 'bye')`; `x: breaks()` breaks off
   * plays     --o-d         dies without a word: `d: dies()`
   * plays     --#           does not open, by `failure`
   * ```
   *
   * @param failure - What `#` is. @defaultValue `'handshake'`
   */
  plays(marbles: string, values?: SocketValues, failure?: ReplyFailure): ScriptedSocketRoute;
  /** Promises to every connection that no other promise is left for to open at once and say what `answers` makes of what it hears. */
  alwaysAnswers(
    answers: (heard$: Observable<string | Uint8Array>) => Observable<string | Uint8Array>,
  ): ScriptedSocketRoute;
  /** What the app sends, whichever connection it comes over; hot. */
  readonly heard$: Observable<string | Uint8Array>;
  /** When each connection came and when the phone let go of it, if it did: for `expectCalls`. */
  readonly calls: CallLog[];
  /** What asked for a connection, in order. */
  readonly requests: readonly SocketRequest[];
}

/** Plays one connection. */
export type PlaySocket = (input$: Observable<SocketInput>) => Observable<SocketWireEvent>;

/** A route, as the server sees it. */
export interface SocketRoute extends ScriptedSocketRoute {
  readonly promised: Promises<PlaySocket>;
  readonly requests: SocketRequest[];
  hear(data: string | Uint8Array): void;
}

/** Makes a route without promises. */
export function createSocketRoute(name: string, stage: Stage): SocketRoute {
  const promised = createPromises<PlaySocket>(name);
  const heard$ = new Subject<string | Uint8Array>();

  const route: SocketRoute = {
    promised,
    calls: [],
    requests: [],
    heard$: heard$.asObservable(),
    hear: (data) => heard$.next(data),
    plays: (marbles, values = {}, failure = 'handshake') => {
      checkDiagram('plays', marbles, values);
      if (marbles.includes('|')) {
        throw new TypeError(
          `plays: a socket does not complete; end it by closes(), breaks() or dies(); got '${marbles}'`,
        );
      }
      const error = failureNamed(failure);
      const letters = valuesByLetter<SocketMark>(marbles, values, (letter) => (letter === 'o' ? opens() : letter));
      promised.add(marbles, false, (input$) => play(stage.cold<SocketMark>(marbles, letters, error), input$));
      return route;
    },
    alwaysAnswers: (answers) => {
      promised.add('o', true, (input$) => {
        const said$ = answers(
          input$.pipe(
            filter(isMessage),
            map(({ data }) => data),
          ),
        );
        return play(merge(stage.cold<SocketMark>('o', { o: opens() }), said$), input$);
      });
      return route;
    },
  };
  return route;
}

function play(marks$: Observable<SocketMark>, input$: Observable<SocketInput>): Observable<SocketWireEvent> {
  return new Observable<SocketWireEvent>((subscriber) => {
    let dead = false;
    const answeredClose$ = input$.pipe(filter(({ type }) => type === 'close'));
    // It stays open, whatever completes.
    const events$ = merge(marks$.pipe(map(socketEventOf)), answeredClose$, NEVER) as Observable<
      SocketWireEvent | SocketDeath
    >;
    return events$.pipe(takeWhile(({ type }) => type !== 'close' || dead, true)).subscribe({
      next: (event) => {
        if (event.type === 'dead') dead = true;
        else if (!dead) subscriber.next(event);
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
  });
}

function isMessage(input: SocketInput): input is Extract<SocketInput, { type: 'message' }> {
  return input.type === 'message';
}
