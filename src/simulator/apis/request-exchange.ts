import { Observable } from 'rxjs';
import type { CallContext } from '../call-plan.js';
import type { CallApi } from '../events.js';
import type { Host } from '../host.js';
import type { Listeners } from '../listeners.js';
import { admissionFailure } from '../rules/admission.js';
import { followRedirects$ } from '../rules/redirects.js';
import { WireFailure } from '../wires/wire.js';
import type { WireConnection, WireEvent, WireHeaders, WireRequest } from '../wires/wire.js';
import { profileOf, type Hop } from './request-profile.js';
import type { RequestHeaders, RequestProfile } from './request-types.js';

/** What an API makes of an answer: the only thing in which request, upload and download differ. */
export interface AnswerTaker<Success> {
  /** Told before the end, in the app's thread. */
  readonly headers: Pick<Listeners<RequestHeaders>, 'heard' | 'emit'>;
  readonly sent?: (sentBytes: number) => void;
  /** May throw a CallFailure. */
  readonly chunk: (bytes: Uint8Array, answer: WireHeaders) => void;
  /** `undefined` when the platform never calls back. May throw a CallFailure. */
  readonly end: (
    answer: WireHeaders,
    told: RequestHeaders,
    /** None where the phone has none, or the call wants none. */
    profile: RequestProfile | undefined,
  ) => Success | undefined;
}

const LOWER_CASE: readonly WireConnection['protocol'][] = ['h2', 'quic'];

/** One exchange with a server. */
export interface Exchange {
  readonly api: CallApi;
  readonly request: WireRequest;
  /** Whether the app asks for a profile. */
  readonly enableProfile: boolean | undefined;
  /** @defaultValue `true` */
  readonly followRedirects?: boolean;
  /** @defaultValue `false` */
  readonly highPerformance?: boolean;
  /** Whether the name is looked up by HttpDNS. @defaultValue `false` */
  readonly httpDns?: boolean;
}

/**
 * Sends a request, once, and makes the one result of what comes back: success for every status (CB-1). It is
 * `undefined` when the platform never calls back.
 */
export function exchange$<Success>(
  { wire, settings, report, lan }: Host,
  { api, request, enableProfile = true, followRedirects = true, highPerformance = false, httpDns = false }: Exchange,
  { id, times, tell }: CallContext,
  taker: AnswerTaker<Success>,
): Observable<Success | undefined> {
  const { scheduler, headerCase, maxRedirects, tellsProfile } = settings;
  const hops: Hop[] = [];
  let inTurnOfCall = true;
  let receivedBytes = 0;
  let answer: WireHeaders | undefined;

  // Copies: the app may write into what it is given (discoveries/callers.md).
  const told = ({ statusCode, header, cookies, connection }: WireHeaders): RequestHeaders => ({
    header:
      headerCase === 'lower' || LOWER_CASE.includes(protocolOf(connection, request)) ? lowered(header) : { ...header },
    statusCode,
    cookies: [...cookies],
  });

  const take = (event: WireEvent) => {
    if (event.type === 'sent') {
      taker.sent?.(event.sentBytes);
    } else if (event.type === 'headers') {
      answer = event;
      // Listeners are attached in the turn of the call (discoveries/request.md); later, a turn less without one.
      if (inTurnOfCall || taker.headers.heard()) tell(() => taker.headers.emit(told(event)));
    } else {
      if (!answer) throw new WireFailure('empty');
      receivedBytes += event.bytes.byteLength;
      taker.chunk(event.bytes, answer);
    }
  };

  const hops$ = followRedirects$(request, {
    wire,
    maxRedirects: followRedirects ? maxRedirects : 'manual',
    admit: (url) => admissionFailure(api, url, settings, lan()),
    onHop: (url, { statusCode }) => {
      hops.push({ url, at: scheduler.now() });
      report({ type: 'headers', id, url, statusCode });
    },
  });

  const profile = ({ connection }: WireHeaders): RequestProfile =>
    profileOf({
      times,
      hops,
      connection,
      protocol: protocolOf(connection, request),
      highPerformance,
      httpDns,
      responseEnd: scheduler.now(),
      sentBytes: request.body?.byteLength ?? 0,
      receivedBytes,
    });

  const result = () => {
    if (!answer) throw new WireFailure('empty');
    return taker.end(answer, told(answer), tellsProfile && enableProfile ? profile(answer) : undefined);
  };

  return new Observable((subscriber) => {
    const running = hops$.subscribe({
      next: (event) => {
        if (subscriber.closed) return;
        try {
          take(event);
        } catch (error) {
          subscriber.error(error);
        }
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => {
        if (subscriber.closed) return;
        try {
          subscriber.next(result());
          subscriber.complete();
        } catch (error) {
          subscriber.error(error);
        }
      },
    });
    inTurnOfCall = false;
    return running;
  });
}

/** A script's server speaks what it is asked to, if its script does not say otherwise. */
function protocolOf(connection: WireConnection | undefined, { http2, url }: WireRequest): WireConnection['protocol'] {
  return connection?.protocol ?? (http2 && url.startsWith('https:') ? 'h2' : 'http1.1');
}

/** HTTP/2 and what came after it have names in lower case alone. */
function lowered(header: Readonly<Record<string, string>>): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const name in header) sent[name.toLowerCase()] = header[name] as string;
  return sent;
}
