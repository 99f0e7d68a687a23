import { EMPTY, map, mergeMap, of, type Observable } from 'rxjs';
import { decodeBody } from '../../operators/decode-body.js';
import { mapResponse } from '../../operators/map-response.js';
import { concatBytes } from '../../platform/concat-bytes.js';
import { isBytes } from '../../platform/is-bytes.js';
import type { WxHeadersReceived } from '../../platform/wx.js';
import { requestEvents$, type RequestEvent, type RequestResponseEvent } from '../../sources/request.js';
import {
  callEvents$,
  mapAnswer,
  type AnswerEvent,
  type AnyEvent,
  type AttemptOnce,
  type OfAttempt,
  type SentEvent,
} from './call-events.js';
import type { Network } from '../create-network.js';
import type { HttpRequest } from './http-request.js';
import { HTTP_CALL, type CallKind } from './prepare-request.js';
import { readyMade } from '../ready-made.js';

/** The header is in, the body follows. */
export interface HeadersEvent extends OfAttempt {
  readonly type: 'headers';
  /** The developer tools do not tell it here. */
  readonly status: number | undefined;
  /** All fields, named as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** One field, whatever the case of its name. */
  header(name: string): string | undefined;
}

/** The next bytes of the body, cut anywhere: in the middle of a character too. */
export interface ChunkEvent extends OfAttempt {
  readonly type: 'chunk';
  readonly data: ArrayBuffer;
}

/** What happens to a stream, told apart by `type`; the last is the answer, whose body came in chunks. */
export type StreamEvent = SentEvent | HeadersEvent | ChunkEvent | AnswerEvent<unknown>;

/** One stream a subscription. Any status is an answer: look at `ok`, or add `requireOk()` (CB-1). */
export type Stream = (request: string | HttpRequest) => Observable<StreamEvent>;

/**
 * Makes `stream$()` on a network: an answer as it comes, under the rules and in the queue of `http$()`.
 *
 * ```text
 * wire     ---h--c---c--c-r
 * stream$  s--h--c---c--c-(r|)     s = sent, h = headers, c = chunk, r = the answer
 * ```
 *
 * A chunk ends anywhere, in the middle of a character too: `decodeText()` puts the pieces together. An answer with a
 * status outside 200–299 is no stream: its body is on the last event, decoded as `http$` would. A stream is never replayed
 * by itself once a chunk has come; until then, as `http$` is. It counts as one attempt, so that a long one needs
 * `idleMs` and not `attemptMs`, and takes a place of the ten for as long as it runs. Where a platform knows no chunks, all
 * of the body comes as one.
 *
 * @example
 * ```ts
 * stream$({ url: 'https://api.example.com/chat', method: 'POST', data: { question } })
 *   .pipe(requireOk(), decodeText(), parseServerSentEvents())
 *   .subscribe(({ data }) => page.setData({ answer: page.data.answer + data }));
 * ```
 *
 * @returns A function whose observables error with a `NetworkError`.
 */
export function createStream(network: Network): Stream {
  return (request) => callEvents$(() => network, request, STREAM, listenOnce);
}

/** `stream$()` over the global `wx`, with every default, in the queue of the ready-made `http$()`. */
export const stream$: Stream = (request) => callEvents$(readyMade, request, STREAM, listenOnce);

const STREAM: CallKind = { ...HTTP_CALL, face: 'stream$' };

/** So much of the body of an error is kept: more than any message. */
const MAX_ERROR_BYTES = 1_048_576;

const listenOnce: AttemptOnce = ({ options, wx, scheduler }, { request, method, header, attemptMs }, limits) => {
  const { url, data, as, charset, readDeclaration, fatal, platform } = request;
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let failed = false;
  let chunked = false;

  const told = (event: RequestEvent): Observable<AnyEvent> => {
    switch (event.type) {
      case 'headers':
        failed = event.statusCode !== undefined && !isOk(event.statusCode);
        return head$(event, method, url);
      case 'chunk':
        chunked = true;
        if (!failed) return of(event);
        keptBytes += event.data.byteLength;
        if (keptBytes <= MAX_ERROR_BYTES) kept.push(new Uint8Array(event.data));
        return EMPTY;
      case 'response':
        if (failed && chunked) return of({ ...event, data: concatBytes(kept) });
        if (chunked || !isOk(event.statusCode) || !isBytes(event.data) || event.data.byteLength === 0) return of(event);
        // A platform that knows no chunks.
        return of({ type: 'chunk', data: event.data }, { ...event, data: undefined });
      default:
        return of(event);
    }
  };
  return requestEvents$(
    // Bytes, for where the platform hands over the whole.
    { url, method, header, data, timeoutMs: attemptMs, responseType: 'arraybuffer', ...IN_CHUNKS, platform },
    { wx, scheduler },
  ).pipe(
    limits,
    mergeMap(told),
    mapAnswer<RequestResponseEvent | AnyEvent>('request', (answer$, { data: body }) =>
      // Empty, as the platform has it, where chunks came.
      answer$.pipe(
        body
          ? decodeBody({ as, charset, readDeclaration, fatal, decoders: options.decoders })
          : map((answer) => ({ ...answer, body: undefined })),
      ),
    ),
  );
};

const IN_CHUNKS = { headersEvent: true, enableChunked: true } as const;

/** What is known before the body comes. */
function head$(event: WxHeadersReceived, method: string, url: string): Observable<AnyEvent> {
  const { statusCode, header } = event;
  return of({ type: 'response', method, url, durationMs: 0, statusCode, header }).pipe(
    mapResponse(),
    map((answer) => ({
      type: 'headers',
      status: statusCode,
      headers: answer.headers,
      header: (name: string) => answer.header(name),
    })),
  );
}

// Some clients hand the status over as a string.
function isOk(status: unknown): boolean {
  return /^2..$/.test(String(status));
}
