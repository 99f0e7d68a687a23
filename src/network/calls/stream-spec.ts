import type { Observer } from 'rxjs';
import { concatBytes } from '../../platform/concat-bytes.js';
import { exactBytes } from '../../platform/exact-bytes.js';
import { headerField } from '../../platform/header-field.js';
import { isOk, makeResponse, type WxAnswer } from '../../platform/make-response.js';
import { utf8Bytes } from '../../platform/utf8-bytes.js';
import type { WxChunkReceived, WxHeadersReceived, WxRequestSuccess } from '../../platform/wx.js';
import { startTask, taskAnswer, type TaskPlan } from '../../sources/task-events.js';
import type { AttemptEvent, ChunkEvent, HeadersEvent } from './call-events.js';
import { detailsOf, type CallSpec } from './call-spec.js';
import type { HttpRequest } from './http-request.js';
import { decodedAnswer, HTTP, requestOptionOf } from './http-spec.js';

/** Longer than the answers that are reported, and an end for a server that never stops. Milliseconds. */
const LONG_MS = 600_000;

/** `stream$`: what `http$` takes, and the body as it comes. */
export const STREAM: CallSpec<HttpRequest> = {
  ...HTTP,
  client: 'stream$',
  longMs: LONG_MS,
  hints: { ...HTTP.hints, enableChunked: 'leave it out; stream$ sets it' },

  send(network, sent, attempt) {
    const body = new StreamedBody(attempt);
    const plan: TaskPlan<WxRequestSuccess, AttemptEvent> = {
      // Bytes, for where the platform hands over the whole.
      option: requestOptionOf(network, sent, 'arraybuffer', true),
      listeners: {
        // What tells nothing is passed over.
        HeadersReceived: (head?: WxHeadersReceived) => head && body.begin(head),
        ChunkReceived: (received?: WxChunkReceived) => {
          const data = asBytes(received?.data);
          if (data) body.take(data);
        },
      },
      answered: (result, durationMs) => taskAnswer(body.end(result), durationMs),
    };
    startTask(detailsOf(sent), network, plan, attempt);
  },

  answer(told, sent, network) {
    const { result, durationMs } = told;
    if (result.data) return decodedAnswer(told, sent, network);
    // Empty, as the platform has it, where chunks came.
    return Object.assign(makeResponse(result, sent.method, sent.request.url, durationMs), { body: undefined });
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

  constructor(private readonly out: Pick<Observer<AttemptEvent>, 'next'>) {}

  begin(head: WxHeadersReceived): void {
    this.head = head;
    const { statusCode, header } = head;
    const headers = header as Readonly<Record<string, string>>;
    // Without a status it is the content type that tells whether somebody waits for the next chunk.
    this.holds = statusCode === undefined ? WHOLE.test(headerField(headers, 'content-type') ?? '') : this.hasFailed();
    const event: Told<HeadersEvent> = {
      type: 'headers',
      status: statusCode,
      headers,
      header: (name) => headerField(headers, name),
    };
    this.out.next(event);
  }

  take(data: ArrayBuffer): void {
    this.chunked = true;
    if (this.holds && this.head?.statusCode === undefined && this.keptBytes + data.byteLength > MAX_ERROR_BYTES) {
      // More than any error says: it is handed on after all.
      this.holds = false;
      this.handOver();
      this.out.next(chunk(data));
      return;
    }
    // Kept where it may be that of an error, handed on or not.
    if (this.holds || this.head?.statusCode === undefined) this.keep(data);
    this.out.next(this.holds ? HEARD : chunk(data));
  }

  /** The answer; where chunks came, its body is that of an error only. */
  end(result: WxAnswer): WxAnswer {
    const answer = completed(result, this.head);
    const { data } = answer;
    const ok = isOk(Number(answer.statusCode));
    if (this.chunked) {
      if (!ok) return { ...answer, data: concatBytes(this.kept) };
      if (this.holds) this.handOver();
      // Some tell the whole once more.
      return { ...answer, data: undefined };
    }
    const whole = asBytes(data);
    if (!ok || !whole || whole.byteLength === 0) return answer;
    // A platform that knows no chunks.
    this.out.next(chunk(whole));
    return { ...answer, data: undefined };
  }

  private keep(data: ArrayBuffer): void {
    this.keptBytes += data.byteLength;
    if (this.keptBytes <= MAX_ERROR_BYTES) this.kept.push(new Uint8Array(data));
  }

  private handOver(): void {
    for (const { buffer } of this.kept.splice(0)) this.out.next(chunk(buffer as ArrayBuffer));
  }

  private hasFailed(): boolean {
    return !isOk(Number(this.head?.statusCode));
  }
}

/** Bytes, of a view its own, of a text its UTF-8: there are wrappers of `wx` that give either. */
function asBytes(data: unknown): ArrayBuffer | undefined {
  return exactBytes(typeof data === 'string' ? utf8Bytes(data) : data);
}

/** What the last callback lacks, an earlier one has said: some clients tell no status at the end. */
function completed(result: WxAnswer, head: WxHeadersReceived | undefined): WxAnswer {
  const { statusCode = result.statusCode, header, cookies } = head ?? {};
  return {
    ...result,
    // 0 is no status of HTTP.
    statusCode: Number(result.statusCode) ? result.statusCode : statusCode,
    header: result.header ?? header,
    cookies: result.cookies ?? cookies,
  };
}
