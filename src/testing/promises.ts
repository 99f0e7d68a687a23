import { TestScheduler } from 'rxjs/testing';

/** When a call came, and when it was cut off: as rxjs's subscription logs have it. */
export type CallLog = ReturnType<typeof TestScheduler.parseMarblesAsSubscriptions>;

/** An answer that was promised, as the server keeps it. */
export interface PromisedAnswer<Answer> {
  readonly marbles: string;
  readonly always: boolean;
  /** The times at which it was claimed. */
  readonly claims: number[];
  readonly answer: Answer;
}

/** What was promised at one address. */
export interface Promises<Answer> {
  readonly name: string;
  readonly promises: readonly PromisedAnswer<Answer>[];
  add(marbles: string, always: boolean, answer: Answer): void;
  /** The promise that answers now, if there is one: the first that nobody claimed, or the one to every call. */
  claim(now: number): PromisedAnswer<Answer> | undefined;
}

/** Keeps the answers that a test promised to one route, in their order. */
export function createPromises<Answer>(name: string): Promises<Answer> {
  const promises: PromisedAnswer<Answer>[] = [];

  return {
    name,
    promises,
    add: (marbles, always, answer) => promises.push({ marbles, always, answer, claims: [] }),
    claim: (now) => {
      const next = promises.find(({ always, claims }) => !always && claims.length === 0);
      const one = next ?? promises.find(({ always }) => always);
      one?.claims.push(now);
      return one;
    },
  };
}

/** A log of what begins now; one of rxjs's own, because strict comparison looks at the class. */
export function logFrom(frame: number): CallLog {
  const log = TestScheduler.parseMarblesAsSubscriptions('^', true);
  log.subscribedFrame = frame;
  return log;
}
