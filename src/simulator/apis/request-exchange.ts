import { concat, defer, EMPTY, ignoreElements, of, tap, type Observable } from 'rxjs';
import type { CallContext } from '../call-plan.js';
import type { Host } from '../host.js';
import type { Listeners } from '../listeners.js';
import { admissionFailure } from '../rules/admission.js';
import { CallFailure } from '../rules/failure.js';
import { fieldOf, followRedirects$ } from '../rules/redirects.js';
import { arrayBufferOf, joined, responseData, type BodyWish } from '../rules/response-body.js';
import { WireFailure, type WireEvent, type WireHeaders, type WireRequest } from '../wires/wire.js';
import { profileOf } from './request-profile.js';
import type { RequestChunk, RequestData, RequestHeaders, RequestSuccess } from './request-types.js';

/** How the app wants the answer. */
export interface AnswerWish extends BodyWish {
  /** The body goes to `onChunkReceived` alone. */
  readonly chunked: boolean;
  readonly followRedirects: boolean;
}

/** Whom to tell before the end. */
export interface ExchangeListeners {
  readonly headers: Listeners<RequestHeaders>;
  readonly chunks: Listeners<RequestChunk>;
}

/**
 * Sends a request and makes the one result of what comes back: success for every status (CB-1). Completes without a
 * result when the platform never calls back.
 */
export function exchange$(
  { wire, settings, report }: Host,
  request: WireRequest,
  wish: AnswerWish,
  { id, times, tell }: CallContext,
  listeners: ExchangeListeners,
): Observable<RequestSuccess> {
  return defer(() => {
    const { scheduler, headerCase, charsetTrial, maxRedirects, maxBodyBytes } = settings;
    const chunks: Uint8Array[] = [];
    let receivedBytes = 0;
    const hopTimes: number[] = [];
    let answer: WireHeaders | undefined;

    const take = (event: WireEvent) => {
      if (event.type === 'headers') {
        answer = event;
        tell(() => listeners.headers.emit(headersOf(event)));
        return;
      }
      receivedBytes += event.bytes.byteLength;
      if (wish.chunked) {
        tell(() => listeners.chunks.emit({ data: arrayBufferOf(event.bytes) }));
        return;
      }
      if (receivedBytes > maxBodyBytes) throw new CallFailure({ kind: 'too-large' });
      chunks.push(event.bytes);
    };

    const headersOf = ({ statusCode, header, cookies }: WireHeaders): RequestHeaders => ({
      // Copies: the app may write into what it is given (platform-facts §5.4).
      header: headerCase === 'lower' ? lowered(header) : { ...header },
      statusCode,
      cookies: [...cookies],
    });

    const hops$ = followRedirects$(request, {
      wire,
      maxRedirects: wish.followRedirects ? maxRedirects : 'manual',
      admit: (url) => admissionFailure('request', url, settings),
      onHop: (url, { statusCode }) => {
        hopTimes.push(scheduler.now());
        report({ type: 'headers', id, url, statusCode });
      },
    });

    const result$ = defer(() => {
      if (!answer) throw new WireFailure('empty');
      const data = wish.chunked
        ? ''
        : responseData(joined(chunks), fieldOf(answer.header, 'content-type'), wish, charsetTrial);
      if (data === undefined) return EMPTY;

      return of<RequestSuccess>({
        // JSON can be a number or null too; the platform's own types leave that out.
        data: data as RequestData,
        ...headersOf(answer),
        profile: profileOf({
          times,
          connection: answer.connection,
          secure: request.url.startsWith('https'),
          redirectEnd: hopTimes.at(-2) ?? 0,
          responseStart: hopTimes.at(-1) ?? 0,
          responseEnd: scheduler.now(),
          sentBytes: request.body?.byteLength ?? 0,
          receivedBytes,
        }),
        exception: { retryCount: 0, reasons: [] },
        useHttpDNS: false,
        errMsg: 'request:ok',
      });
    });

    return concat(hops$.pipe(tap(take), ignoreElements()), result$);
  });
}

function lowered(header: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]));
}
