import { openCall } from '../call.js';
import type { Host } from '../host.js';
import { createListeners } from '../listeners.js';
import { admissionFailure } from '../rules/admission.js';
import { deadlineMs } from '../rules/deadline.js';
import { CallFailure, type Failure } from '../rules/failure.js';
import { parameterFailure } from '../rules/parameters.js';
import { serializeData } from '../rules/request-data.js';
import { requestHeaderOf } from '../rules/request-header.js';
import type { Settings } from '../settings.js';
import type { WireRequest } from '../wires/wire.js';
import { capturedCallbacks, type CallFailed, type Callbacks } from './callbacks.js';
import { exchange$ } from './request-exchange.js';
import type {
  RequestChunk,
  RequestData,
  RequestHeaders,
  RequestOption,
  RequestSuccess,
  RequestTask,
} from './request-types.js';

/** `wx.request`. */
export type Request = <Data extends RequestData = RequestData>(option: RequestOption<Data>) => RequestTask;

/**
 * Makes `wx.request`, with every rule that a phone enforces: parameters, background (BG-2), data, domain (DOM-*, LAN-1),
 * place (LIM-2), deadline (TIME-*), each hop of a redirect, answer (ENC-*, CB-1).
 *
 * Takes all that existing code does (platform-facts §5.4): called without `this`, with `complete` alone or no callback,
 * methods in lower case. Always returns a task and never calls back in the same turn.
 */
export function createRequest(host: Host): Request {
  const { settings, background, closed } = host;

  return (option) => {
    // All of it is read in this turn: the app may use the same object for its next call.
    const given = (option ?? {}) as Partial<RequestOption>;
    const method = textOf(given.method ?? 'GET').toUpperCase();
    const listeners = { headers: createListeners<RequestHeaders>(), chunks: createListeners<RequestChunk>() };

    const prepared =
      parameterFailure(option) ?? closed() ?? background.refusal() ?? preparedRequest(given, method, settings);
    const wish = {
      responseType: given.responseType ?? 'text',
      dataType: given.dataType ?? 'json',
      chunked: given.enableChunked === true,
      followRedirects: given.redirect !== 'manual',
    };

    const call = openCall<RequestSuccess>(host, {
      api: 'request',
      method,
      url: textOf(given.url),
      // What the type of `data` says is the caller's belief about the server.
      callbacks: capturedCallbacks(given as Callbacks<RequestSuccess, CallFailed>),
      timeoutMs: deadlineMs('request', given.timeout, settings.networkTimeout),
      work: 'kind' in prepared ? prepared : (context) => exchange$(host, prepared, wish, context, listeners),
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

/** For the events: what is no text may not even have a `toString`. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : Object.prototype.toString.call(value);
}

/** What will be sent, or why it cannot be. */
function preparedRequest(given: Partial<RequestOption>, method: string, settings: Settings): WireRequest | Failure {
  const { url = '', header, data, enableHttp2, useHighPerformanceMode, enableChunked } = given;
  try {
    const sentHeader = requestHeaderOf(header, settings);
    const refusal = admissionFailure('request', url, settings);
    if (refusal) return refusal;
    return {
      method,
      header: sentHeader,
      http2: enableHttp2 === true || (useHighPerformanceMode === true && enableChunked !== true),
      ...serializeData(method, url, sentHeader['content-type'] ?? '', data),
    };
  } catch (error) {
    if (error instanceof CallFailure) return error.failure;
    throw error;
  }
}
