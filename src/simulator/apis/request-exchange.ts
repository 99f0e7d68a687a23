import { map, reduce, type Observable } from 'rxjs';
import type { CallContext } from '../call-plan.js';
import type { CallApi } from '../events.js';
import type { Host } from '../host.js';
import type { Listeners } from '../listeners.js';
import { admissionFailure } from '../rules/admission.js';
import { followRedirects$ } from '../rules/redirects.js';
import { WireFailure, type WireEvent, type WireHeaders, type WireRequest } from '../wires/wire.js';
import { profileOf } from './request-profile.js';
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
    told: RequestHeaders & { readonly profile: RequestProfile },
  ) => Success | undefined;
}

/** One exchange with a server. */
export interface Exchange {
  readonly api: CallApi;
  readonly request: WireRequest;
  /** @defaultValue `true` */
  readonly followRedirects?: boolean;
}

/**
 * Sends a request, once, and makes the one result of what comes back: success for every status (CB-1). It is
 * `undefined` when the platform never calls back.
 */
export function exchange$<Success>(
  { wire, settings, report }: Host,
  { api, request, followRedirects = true }: Exchange,
  { id, times, tell }: CallContext,
  taker: AnswerTaker<Success>,
): Observable<Success | undefined> {
  const { scheduler, headerCase, maxRedirects } = settings;
  const hopTimes: number[] = [];
  let receivedBytes = 0;
  let answer: WireHeaders | undefined;

  // Copies: the app may write into what it is given (platform-facts §5.4).
  const told = ({ statusCode, header, cookies }: WireHeaders): RequestHeaders => ({
    header: headerCase === 'lower' ? lowered(header) : { ...header },
    statusCode,
    cookies: [...cookies],
  });

  const take = (event: WireEvent) => {
    if (event.type === 'sent') {
      taker.sent?.(event.sentBytes);
    } else if (event.type === 'headers') {
      answer = event;
      // Listeners are attached in the turn of the call (platform-facts §5.1); without one, a turn less.
      if (taker.headers.heard()) tell(() => taker.headers.emit(told(event)));
    } else {
      if (!answer) throw new WireFailure('empty');
      receivedBytes += event.bytes.byteLength;
      taker.chunk(event.bytes, answer);
    }
  };

  const hops$ = followRedirects$(request, {
    wire,
    maxRedirects: followRedirects ? maxRedirects : 'manual',
    admit: (url) => admissionFailure(api, url, settings),
    onHop: (url, { statusCode }) => {
      hopTimes.push(scheduler.now());
      report({ type: 'headers', id, url, statusCode });
    },
  });

  const result = () => {
    if (!answer) throw new WireFailure('empty');
    const profile = profileOf({
      times,
      connection: answer.connection,
      secure: request.url.startsWith('https'),
      redirectEnd: hopTimes.at(-2) ?? 0,
      responseStart: hopTimes.at(-1) ?? 0,
      responseEnd: scheduler.now(),
      sentBytes: request.body?.byteLength ?? 0,
      receivedBytes,
    });
    const { header, statusCode, cookies } = told(answer);
    return taker.end(answer, { header, statusCode, cookies, profile });
  };

  return hops$.pipe(
    reduce((_nothing, event) => take(event), undefined as unknown),
    map(result),
  );
}

function lowered(header: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
}
