import { asyncScheduler } from 'rxjs';
import type { SocketStatus } from '../../../src/sockets.js';
import type { UnrulyPhone } from './unruly-phone.js';

/** The longest that one attempt takes, `onOpen` included, in milliseconds: its own limit, and a little for the platform's. */
const LONGEST_ATTEMPT_MS = 3_100;
/** What a login takes at the most, in milliseconds. */
export const LONGEST_LOGIN_MS = 300;

/** Looks whether a socket's status tells the truth, and goes on. */
export interface StatusWatch {
  readonly state: SocketStatus['state'];
  take(status: SocketStatus): void;
  /** Called when everything of a moment has happened. */
  look(placesTaken: number): void;
}

/** Makes one for a socket; `fault` gets what is wrong. */
export function watchStatus(
  phone: Pick<UnrulyPhone, 'hidden' | 'toldOnline'>,
  fault: (what: string) => void,
): StatusWatch {
  let last: SocketStatus = { state: 'closed', generation: 0 };
  let changesBy = Infinity;

  const isWaitingForNobody = () => !phone.hidden && phone.toldOnline;
  const isLate = () => {
    if (asyncScheduler.now() > changesBy) fault(`stuck: ${last.state} for longer than it may be`);
  };

  return {
    get state() {
      return last.state;
    },
    take(status) {
      isLate();
      if (status.generation < last.generation) fault('the generation went back');
      if (status.state === 'open' && last.state !== 'connecting') fault(`open after ${last.state}`);
      const now = asyncScheduler.now();
      const { state, retryInMs } = status;
      if (state === 'connecting') changesBy = now + LONGEST_ATTEMPT_MS;
      else if (state !== 'down') changesBy = Infinity;
      else if (retryInMs !== undefined) changesBy = now + retryInMs;
      // During a login, or for as long as nobody can know.
      else changesBy = isWaitingForNobody() ? now + LONGEST_LOGIN_MS : Infinity;
      if (retryInMs !== undefined && !isWaitingForNobody()) fault('an attempt is promised that nobody can make');
      if (retryInMs !== undefined && !(retryInMs >= 0)) fault(`retryInMs is ${retryInMs}`);
      last = status;
    },
    look(placesTaken) {
      isLate();
      if (last.state === 'waiting' && placesTaken < 5 && !phone.hidden) fault('waits for a place where there are some');
      if (last.state === 'down' && changesBy === Infinity && isWaitingForNobody()) fault('down, and waits for nothing');
    },
  };
}
