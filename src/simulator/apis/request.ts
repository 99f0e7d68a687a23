import type { Host } from '../host.js';
import { createListeners } from '../listeners.js';
import { admissionFailure } from '../rules/admission.js';
import { httpDnsOutcome } from '../rules/http-dns.js';
import { REQUEST_PARAMETERS, textOf } from '../rules/parameters.js';
import { serializeData } from '../rules/request-data.js';
import { requestHeaderOf } from '../rules/request-header.js';
import type { WireRequest } from '../wires/wire.js';
import { exchange$ } from './request-exchange.js';
import { requestAnswer } from './request-answer.js';
import type {
  RequestChunk,
  RequestData,
  RequestHeaders,
  RequestOption,
  RequestSuccess,
  RequestTask,
} from './request-types.js';
import { startCall } from './start-call.js';
import type { Failure } from '../rules/failure.js';

/** `wx.request`. */
export type Request = <Data extends RequestData = RequestData>(option: RequestOption<Data>) => RequestTask;

/**
 * Makes `wx.request`, with every rule that a phone enforces: parameters, background (BG-2), data, domain (DOM-*, LAN-1),
 * place (LIM-2), deadline (TIME-*), each hop of a redirect, answer (ENC-*, CB-1).
 *
 * Takes all that existing code does (discoveries/callers.md): called without `this`, with `complete` alone or no callback,
 * methods in lower case. Always returns a task and never calls back in the same turn.
 */
export function createRequest(host: Host): Request {
  const { settings } = host;

  return (option) => {
    const given = (option ?? {}) as Partial<RequestOption>;
    const method = textOf(given.method ?? 'GET').toUpperCase();
    const highPerformance = settings.highPerformanceMode && given.useHighPerformanceMode !== false;
    const httpDns = httpDnsOutcome(given.enableHttpDNS, settings, highPerformance);
    const listeners = { headers: createListeners<RequestHeaders>(), chunks: createListeners<RequestChunk>() };

    // What the type of `data` says is the caller's belief about the server.
    const call = startCall<RequestSuccess>(host, option as RequestOption, {
      api: 'request',
      method,
      parameters: REQUEST_PARAMETERS,
      httpDns,
      prepare: () => {
        if (httpDns?.exception.reasons.length && given.enableHttpDNSFallback === false) return { kind: 'http-dns' };
        const wish = {
          responseType: given.responseType ?? 'text',
          dataType: given.dataType ?? 'json',
          chunked: given.enableChunked === true,
          httpDns,
        };
        const followRedirects = given.redirect !== 'manual' || settings.manualRedirect === 'ignored';
        const { enableProfile } = given;
        const request = wireRequest(given, method, host, highPerformance);
        if ('kind' in request) return request;
        return (context) =>
          exchange$(
            host,
            {
              api: 'request',
              request,
              enableProfile,
              followRedirects,
              highPerformance,
              httpDns: httpDns?.useHttpDNS === true,
            },
            context,
            requestAnswer(settings, wish, listeners, context.tell),
          );
      },
    });

    return {
      abort: call.abort,
      onHeadersReceived: listeners.headers.on,
      offHeadersReceived: listeners.headers.off,
      onChunkReceived: listeners.chunks.on,
      offChunkReceived: listeners.chunks.off,
    };
  };
}

/** What will be sent, or why it cannot be. */
function wireRequest(
  given: Partial<RequestOption>,
  method: string,
  host: Host,
  highPerformance: boolean,
): WireRequest | Failure {
  const { url = '', header, data, enableHttp2, enableChunked } = given;
  const sentHeader = requestHeaderOf(header, host.settings, { 'content-type': 'application/json' });
  const refusal = admissionFailure('request', url, host.settings, host.lan());
  if (refusal) return refusal;
  return {
    method,
    header: sentHeader,
    http2: highPerformance ? enableChunked !== true : enableHttp2 === true,
    ...serializeData(method, url, sentHeader['content-type'] ?? '', data),
  };
}
