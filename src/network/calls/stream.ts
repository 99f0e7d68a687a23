import type { Observable } from 'rxjs';
import type { Network } from '../create-network.js';
import { internalsOf, type NetworkInternals } from '../internals.js';
import { event$ } from '../pipeline.js';
import { defaultNetwork } from '../default-network.js';
import type { AnswerEvent, ChunkEvent, HeadersEvent, SentEvent } from './call-events.js';
import type { HttpRequest } from './http-request.js';
import { STREAM } from './stream-spec.js';
import { withOptions } from './with-options.js';

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
 * status outside 200–299 is no stream: its body is on the last event, decoded as `http$` would. Where the developer tools do
 * not tell the status before the end, what the content type calls a whole (JSON, a page) waits for it, up to a megabyte, and
 * anything else is handed on as it comes. A stream is never replayed
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
  const all = internalsOf(network);
  return streamOn(() => all);
}

/** `stream$()` over the global `wx`, with every default, in the queue of the default network. */
export const stream$: Stream = /* @__PURE__ */ streamOn(defaultNetwork);

function streamOn(networkOf: () => NetworkInternals): Stream {
  return (request: string | HttpRequest, options?: unknown) =>
    event$(networkOf, STREAM, withOptions(request, options)) as Observable<StreamEvent>;
}
