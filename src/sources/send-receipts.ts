import { AsyncSubject, type Observable } from 'rxjs';
import { classifyFailure } from '../platform/classify-failure.js';
import type { CallDetails } from '../platform/network-error.js';
import { SOCKET_SIGNS } from '../platform/socket-signs.js';
import type { WxFailure } from '../platform/wx.js';
import type { SocketData, WxSocketTask } from '../platform/wx-sockets.js';
import { hearPromise, threw } from './call-wx.js';
import { lostMessage } from './socket-errors.js';

/** More than any burst: a platform that has not told of so many does not tell at all. */
const MAX_UNANSWERED = 10_000;
const FORGOTTEN = `the platform does not tell what became of the message, nor of ${MAX_UNANSWERED} after it`;

/** What became of each message of one socket. */
export interface SendReceipts {
  /** Sends at once; what it returns tells, whenever one subscribes, what became of the message. */
  send(task: WxSocketTask, data: SocketData): Observable<void>;
  /** The socket is over: of what the platform has not told, nobody will ever know. */
  lose(): void;
}

/** Makes them, with no message yet. */
export function createSendReceipts(call: CallDetails): SendReceipts {
  const unanswered = new Set<AsyncSubject<void>>();

  const forgetOldest = () => {
    const [oldest$] = unanswered;
    if (oldest$ && unanswered.delete(oldest$)) oldest$.error(lostMessage(call, FORGOTTEN));
  };
  return {
    send(task, data) {
      const result$ = new AsyncSubject<void>();
      const answered = (settle: () => void) => {
        if (unanswered.delete(result$)) settle();
      };
      unanswered.add(result$);
      if (unanswered.size > MAX_UNANSWERED) forgetOldest();
      const success = () => {
        answered(() => {
          result$.next();
          result$.complete();
        });
      };
      const fail = (failure: WxFailure) => {
        answered(() => result$.error(classifyFailure(failure, call, SOCKET_SIGNS)));
      };
      try {
        const kept = (result: unknown) => {
          // A promise of nothing is no answer: the callbacks have been handed on.
          if (result) success();
        };
        hearPromise(task.send({ data, success, fail }), kept, fail);
      } catch (cause) {
        answered(() => result$.error(threw('send', call, cause)));
      }
      return result$.asObservable();
    },
    lose() {
      const lost = [...unanswered];
      unanswered.clear();
      for (const result$ of lost) result$.error(lostMessage(call));
    },
  };
}
