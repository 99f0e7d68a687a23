import { map, tap, timer } from 'rxjs';
import type { AfterClose, CloseReason, SocketOptions } from '../../../src/sockets.js';
import type { SocketManner } from './socket-history.js';
import { LONGEST_LOGIN_MS } from './status-watch.js';

/** What the caller's functions do to their own socket. */
export interface FromInside {
  readonly leave: () => void;
  readonly listen: () => void;
  readonly close: () => void;
}

/** The options that a manner stands for. Every other time it does nothing from inside, or nothing would ever be open. */
export function optionsOf(
  which: number,
  { serializer, onUnreadable, afterClose, beforeConnect, onOpen, heartbeat, whenDown, keepOpenMs }: SocketManner,
  act: FromInside,
): SocketOptions<string, string> {
  let connects = 0;
  let opens = 0;
  const before = (options: { readonly url: string }) => {
    const leaves = /leaves/.test(beforeConnect) && ++connects % 2 === 1;
    const come = () => {
      if (leaves) act.leave();
      return options;
    };
    return /waits/.test(beforeConnect) ? timer(30).pipe(map(come)) : come();
  };
  return {
    url: `wss://chat.example.com/${which}`,
    serializer,
    whenDown,
    keepOpenMs,
    maxBuffered: 3,
    attemptMs: 2_000,
    reconnect: {
      initialMs: 200,
      maxMs: 2_000,
      random: () => 0.7,
      ...(afterClose !== 'none' && { afterClose: (close) => answerOf(afterClose, close) }),
    },
    ...(onUnreadable !== 'none' && {
      onUnreadable: (data) => (onUnreadable === 'skips' ? undefined : (data as string)),
    }),
    ...(beforeConnect !== 'none' && { beforeConnect: before }),
    ...(onOpen !== 'none' && {
      onOpen: ({ send }) => {
        const isOdd = ++opens % 2 === 1;
        if (onOpen === 'sends') return send(`hello ${opens}`);
        if (onOpen === 'waits') return timer(50);
        if (isOdd && onOpen === 'closes') act.close();
        if (isOdd && /leaves|anew/.test(onOpen)) act.leave();
        if (isOdd && onOpen === 'listens anew') act.listen();
        return undefined;
      },
    }),
    ...(heartbeat === 'asks' && {
      heartbeat: { intervalMs: 1_000, deadlineMs: 500, request: () => 'ping', isReply: (text) => /pong/.test(text) },
    }),
    ...(heartbeat === 'watches' && { heartbeat: { deadlineMs: 1_200 } }),
  };
}

function answerOf(manner: SocketManner['afterClose'], { code }: CloseReason): AfterClose | undefined {
  const login$ = timer(LONGEST_LOGIN_MS - 100);
  switch (manner) {
    case 'login':
      return login$;
    case 'failing login':
      return login$.pipe(
        tap(() => {
          throw new Error('no such user');
        }),
      );
    case 'table':
      return code === 4403 ? 'never' : code === 4100 ? 'at-once' : code === 4001 ? login$ : undefined;
    case 'none':
      return undefined;
    default:
      return manner;
  }
}
