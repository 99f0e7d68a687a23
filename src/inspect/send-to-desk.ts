import {
  defer,
  exhaustMap,
  filter,
  mergeMap,
  retry,
  Subscription,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import type { Network } from '../network/create-network.js';
import { internalsOf } from '../network/internals.js';
import { cutOnReturn$ } from '../network/sockets/cuts.js';
import { inSocketPlace$ } from '../network/sockets/place.js';
import { socketPort } from '../network/sockets/request.js';
import { present } from '../operators/present.js';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import type { CloseReason } from '../platform/close-code.js';
import { connectSocket$, type SocketConnection } from '../sources/connect-socket.js';
import { DeskQueue } from './desk-queue.js';
import { DESK_WORDS_VERSION, type PhoneMessage } from './desk-words.js';
import { Redaction } from './redaction.js';
import { tellerOf } from './teller.js';

/** Where the desk is, and what it is told. */
export interface SendToDeskOptions {
  /** As `rx-miniprogram inspect` prints it: `ws://192.168.1.20:9229`. */
  readonly url: string;
  /** The code that it prints. */
  readonly token: string;
  /** How the desk names this app. @defaultValue the model of the phone, where it is known */
  readonly name?: string | undefined;
  /** Names of further fields of headers that are secret, in any case, as `records$` has it. @defaultValue none */
  readonly redact?: readonly string[] | undefined;
  /** How much may wait while the desk does not listen, in UTF-16 units of JSON; the oldest goes first, and is counted. @defaultValue `524288` */
  readonly maxLength?: number | undefined;
  /** Sends also from a released app, which shows what its users do to whoever sits at that address. @defaultValue `false` */
  readonly force?: boolean | undefined;
}

const MAX_LENGTH = 524_288;
/** From one message to the next, in milliseconds. */
const FLUSH_MS = 200;
/** Between attempts to connect, in milliseconds: the first, and the longest. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 15_000;
/** How long the place is kept for a close event that does not come. */
const CLOSE_MS = 1_000;
/** How long a message is waited for that a phone does not say to have sent. */
const SENT_MS = 5_000;

/**
 * Shows a desk what this network does, as it happens: `npx rx-miniprogram inspect` there prints the address and the code. It
 * needs no list of domains on a local network, where the phone lets an app connect to it (LAN-1).
 *
 * - Its socket takes one of the five places (LIM-3), which it says by a warning, and is not among what it shows.
 * - In a released app it does nothing, but for a warning, unless it is forced to: develop and trial builds only.
 * - After the background, and when the desk was away, it connects again; what waits meanwhile is bounded, and counted where it
 *   had to go.
 * - Secrets are left out before anything leaves the phone, and no body ever does.
 *
 * @example
 * ```ts
 * sendToDesk(network, { url: 'ws://192.168.1.20:9229', token: 'K3D9ABCD' });
 * ```
 *
 * @returns What ends it.
 * @throws TypeError when an option is not what it should be, and for what is not from `createNetwork()`.
 */
export function sendToDesk(network: Network, options: SendToDeskOptions): Subscription {
  checkOptions('sendToDesk', options, OPTIONS);
  const { url, token, redact = [], maxLength = MAX_LENGTH, force = false } = options;
  if (!/^wss?:\/\/./i.test(url)) {
    throw new TypeError(
      `sendToDesk: url must begin with ws:// or wss://, as rx-miniprogram inspect prints it; got '${url}'`,
    );
  }
  const { warn, scheduler, app$ } = internalsOf(network);
  const phone = network.wx as unknown as DeskPhone;
  if (!force && phone.getAccountInfoSync?.().miniProgram?.envVersion === 'release') {
    warn('desk', 'sendToDesk does nothing in a released app; { force: true } sends all the same');
    return Subscription.EMPTY;
  }
  warn('desk', 'sendToDesk takes one of the five places for sockets (LIM-3)');

  const queue = new DeskQueue(maxLength);
  const redaction = new Redaction(redact);
  const life = tellerOf(network).told$.subscribe(({ event }) => queue.add(redaction.event(event)));
  const call = { api: 'connectSocket', url };
  let failures = 0;

  const talk$ = ({ send, messages$ }: SocketConnection): Observable<unknown> => {
    const say = (message: PhoneMessage) => send(JSON.stringify(message));
    void say({ type: 'hello', version: DESK_WORDS_VERSION, token, name: options.name ?? modelOf(phone) });
    return messages$.pipe(
      // Whatever the desk says first is its welcome.
      take(1),
      tap(() => {
        failures = 0;
        const now = present(app$);
        if (now) queue.add({ type: 'lifecycle', atMs: now.since, visibility: now.visibility, awayMs: now.awayMs });
      }),
      mergeMap(() => timer(FLUSH_MS, FLUSH_MS, scheduler)),
      filter(() => !queue.isEmpty),
      // One on its way at a time, so that what waits, waits here, where it is bounded; but some phones never say that one has gone.
      exhaustMap(() => {
        const message = queue.message();
        return say(message).pipe(tap({ error: () => queue.lose(message) }), takeUntil(timer(SENT_MS, scheduler)));
      }),
    );
  };
  const connection$ = defer(() => {
    const wx = socketPort(network, call);
    const closeDeadlineMs = () => CLOSE_MS;
    return inSocketPlace$(network, { call, background: 'hold', closeDeadlineMs }, (onGone) =>
      connectSocket$({ url }, { wx, onGone }).pipe(
        mergeMap((event) =>
          event.type === 'connection' ? talk$(event) : throwError(() => Object.assign(new Error('closed'), event)),
        ),
        takeUntil(cutOnReturn$(app$, scheduler, call)),
      ),
    );
  });
  life.add(
    connection$
      .pipe(
        retry({
          delay: (error: unknown) => {
            const { code = 0, reason = '' } = (error ?? {}) as Partial<CloseReason>;
            if (typeof code !== 'number' || code < 4_400 || code > 4_499) {
              return timer(Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** failures++), scheduler);
            }
            warn(
              'desk refused',
              `sendToDesk: the desk has refused: ${reason || code}; is the token the code that it shows now?`,
            );
            return throwError(() => error);
          },
        }),
      )
      // Who develops must not lose his app to the tool that watches it.
      .subscribe({ error: () => life.unsubscribe() }),
  );
  return life;
}

const OPTIONS: KindsOf<SendToDeskOptions> = {
  url: 'string',
  token: 'string',
  name: 'string',
  redact: 'array',
  maxLength: 'count',
  force: 'boolean',
};

/** The parts of `wx` that tell what phone it is, where there are any. */
interface DeskPhone {
  getAccountInfoSync?(): { readonly miniProgram?: { readonly envVersion?: string } };
  getDeviceInfo?(): { readonly model?: string };
}

function modelOf(phone: DeskPhone): string {
  return phone.getDeviceInfo?.().model ?? 'a mini program';
}
