import { mergeMap, type Observable } from 'rxjs';
import { concatBytes } from '../../platform/concat-bytes.js';
import { headerField } from '../../platform/header-field.js';
import { isBytes } from '../../platform/is-bytes.js';
import { isOk, makeResponse } from '../../platform/make-response.js';
import type { WxHeadersReceived } from '../../platform/wx.js';
import { requestEvents$, type RequestEvent, type RequestResponseEvent } from '../../sources/request.js';
import type { AttemptEvent, ChunkEvent, HeadersEvent } from './call-events.js';
import type { CallSpec } from './call-spec.js';
import type { HttpRequest } from './http-request.js';
import { decodedAnswer, HTTP } from './http-spec.js';

/** Longer than the answers that are reported, and an end for a server that never stops. Milliseconds. */
const LONG_MS = 600_000;

/** `stream$`: what `http$` takes, and the body as it comes. */
export const STREAM: CallSpec<HttpRequest> = {
  ...HTTP,
  face: 'stream$',
  longMs: LONG_MS,
  hints: { ...HTTP.hints, enableChunked: 'leave it out; stream$ sets it' },

  attempt$({ settings, wx, scheduler }, { request, method, header, policy }): Observable<AttemptEvent> {
    const { url, data } = request;
    const platform = { ...settings.platform, ...request.platform };
    // Bytes, for where the platform hands over the whole.
    const asked = { url, method, header, data, timeoutMs: policy.attemptMs, responseType: 'arraybuffer' } as const;
    const body = new StreamedBody();
    return requestEvents$({ ...asked, platform, headersEvent: true, enableChunked: true }, { wx, scheduler }).pipe(
      mergeMap((event) => body.hear(event)),
    );
  },

  answer(event, sent, network) {
    // Empty, as the platform has it, where chunks came.
    return event.data ? decodedAnswer(event, sent, network) : Object.assign(makeResponse(event), { body: undefined });
  },
};

/** So much of the body of an error is kept: more than any message. */
const MAX_ERROR_BYTES = 1_048_576;

/** Content types of what is read as a whole: no stream, and often an error. */
const WHOLE = /^\s*(application\/([\w.-]+\+)?json|text\/html|application\/([\w.-]+\+)?xml)\s*(;|$)/i;

const HEARD: AttemptEvent = { type: 'heard' };

type Told<Event> = Omit<Event, 'attempt'>;

function chunk(data: ArrayBuffer): Told<ChunkEvent> {
  return { type: 'chunk', data };
}

/** The body of one attempt: handed on in chunks if it is a stream, kept for the answer if it is that of an error. */
class StreamedBody {
  private head: WxHeadersReceived | undefined;
  private readonly kept: Uint8Array[] = [];
  private keptBytes = 0;
  private chunked = false;
  private holds = false;

  hear(event: RequestEvent): readonly AttemptEvent[] {
    switch (event.type) {
      case 'headers':
        return [this.begin(event)];
      case 'chunk':
        this.chunked = true;
        return this.take(event.data);
      case 'response':
        return this.end(event);
      default:
        return [event];
    }
  }

  private begin(head: WxHeadersReceived): Told<HeadersEvent> {
    this.head = head;
    const { statusCode, header } = head;
    const headers = header as Readonly<Record<string, string>>;
    // Without a status it is the content type that tells whether somebody waits for the next chunk.
    this.holds = statusCode === undefined ? WHOLE.test(headerField(headers, 'content-type') ?? '') : this.hasFailed();
    return { type: 'headers', status: statusCode, headers, header: (name) => headerField(headers, name) };
  }

  private take(data: ArrayBuffer): readonly AttemptEvent[] {
    if (this.holds && this.head?.statusCode === undefined && this.keptBytes + data.byteLength > MAX_ERROR_BYTES) {
      // More than any error says: it is handed on after all.
      this.holds = false;
      return [...this.handOver(), chunk(data)];
    }
    // Kept where it may be that of an error, handed on or not.
    if (this.holds || this.head?.statusCode === undefined) this.keep(data);
    return [this.holds ? HEARD : chunk(data)];
  }

  private end(event: RequestResponseEvent): readonly AttemptEvent[] {
    const answer = completed(event, this.head);
    const ok = isOk(Number(answer.statusCode));
    if (this.chunked) {
      if (!ok) return [{ ...answer, data: concatBytes(this.kept) }];
      return this.holds ? [...this.handOver(), answer] : [answer];
    }
    const { data } = answer;
    if (!ok || !isBytes(data) || data.byteLength === 0) return [answer];
    // A platform that knows no chunks.
    return [chunk(data), { ...answer, data: undefined }];
  }

  private keep(data: ArrayBuffer): void {
    this.keptBytes += data.byteLength;
    if (this.keptBytes <= MAX_ERROR_BYTES) this.kept.push(new Uint8Array(data));
  }

  private handOver(): AttemptEvent[] {
    return this.kept.splice(0).map(({ buffer }) => chunk(buffer as ArrayBuffer));
  }

  private hasFailed(): boolean {
    return !isOk(Number(this.head?.statusCode));
  }
}

/** What the last callback lacks, an earlier one has said: some clients tell no status at the end. */
function completed(event: RequestResponseEvent, head: WxHeadersReceived | undefined): RequestResponseEvent {
  const { statusCode = event.statusCode, header, cookies } = head ?? {};
  return {
    ...event,
    statusCode: Number.isNaN(Number(event.statusCode)) ? statusCode : event.statusCode,
    header: event.header ?? header,
    cookies: event.cookies ?? cookies,
  };
}
