import type { Listeners } from '../listeners.js';
import { createChunkCut } from '../rules/chunk-cut.js';
import { fieldOf } from '../rules/redirects.js';
import { arrayBufferOf, collectedBody, responseData, type BodyOptions } from '../rules/response-body.js';
import type { HttpDnsOutcome } from '../rules/http-dns.js';
import type { Settings } from '../settings.js';
import type { AnswerTaker } from './request-exchange.js';
import type { RequestChunk, RequestData, RequestHeaders, RequestSuccess } from './request-types.js';

/** How the app wants the answer. */
export interface AnswerOptions extends BodyOptions {
  /** The body goes to `onChunkReceived` alone. */
  readonly chunked: boolean;
  readonly httpDns: HttpDnsOutcome | undefined;
}

/** Whom to tell before the end. */
export interface RequestListeners {
  readonly headers: Listeners<RequestHeaders>;
  readonly chunks: Listeners<RequestChunk>;
}

/** Makes what `wx.request` does with an answer. */
export function requestAnswer(
  { charsetTrial, maxBodyBytes, chunkBytes, headersStatus, chunkedStatus }: Settings,
  options: AnswerOptions,
  listeners: RequestListeners,
  tell: (callback: () => void) => void,
): AnswerTaker<RequestSuccess> {
  const body = collectedBody(maxBodyBytes);
  const cut = createChunkCut(chunkBytes);

  return {
    headers: headersStatus === 'told' ? listeners.headers : withoutStatus(listeners.headers),
    chunk: (bytes) => {
      if (!options.chunked) body.add(bytes);
      else for (const piece of cut(bytes)) tell(() => listeners.chunks.emit({ data: arrayBufferOf(piece) }));
    },
    end: (answer, { header, statusCode, cookies }, profile) => {
      const data = options.chunked
        ? ''
        : responseData(body.bytes(), fieldOf(answer.header, 'content-type'), options, charsetTrial);
      if (data === undefined) return undefined;
      // No spreads: they are the dearest of all that is done to an answer.
      const result = {
        // JSON can be a number or null too; the platform's own types leave that out.
        data: data as RequestData,
        header,
        statusCode: options.chunked && chunkedStatus === 'nan' ? NaN : statusCode,
        cookies,
        exception: options.httpDns?.exception ?? { retryCount: 0, reasons: [] },
        errMsg: 'request:ok',
      } as RequestSuccess;
      if (profile) result.profile = profile;
      if (options.httpDns) result.useHttpDNS = options.httpDns.useHttpDNS;
      return result;
    },
  };
}

/** As the developer tools tell it (discoveries/request.md#chunks). */
function withoutStatus({ heard, emit }: RequestListeners['headers']): AnswerTaker<unknown>['headers'] {
  return { heard, emit: ({ header, cookies }) => emit({ header, cookies } as RequestHeaders) };
}
