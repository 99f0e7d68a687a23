import type { OptionKind } from '../../platform/check-options.js';
import { ARRAY_STYLES } from '../../platform/encode-query.js';
import { headerField } from '../../platform/header-field.js';
import { decode, isOnTrial } from '../../platform/decode.js';
import { makeResponse, type FreshResponse, type WxAnswer } from '../../platform/make-response.js';
import { sentData } from '../../platform/request-body.js';
import type { WxRequestOption } from '../../platform/wx.js';
import { requestOption } from '../../sources/request.js';
import { startTask, taskAnswer, type TaskAnswer } from '../../sources/task-events.js';
import type { NetworkInternals } from '../internals.js';
import { CALL_OPTIONS, detailsOf, FOREIGN_NAMES, platformOf, type CallSpec, type PreparedCall } from './call-spec.js';
import type { HttpRequest } from './http-request.js';

/** `http$`: one call of `wx.request`, of which the answer counts. */
export const HTTP: CallSpec<HttpRequest> = {
  client: 'http$',
  apiOf: () => 'request',
  methods: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'],
  options: {
    ...CALL_OPTIONS,
    data: 'anything',
    arrays: ARRAY_STYLES,
    as: ['json', 'text', 'arraybuffer'],
    charset: 'string',
    readDeclaration: 'function',
    fatal: 'boolean',
    strictCharset: 'boolean',
    parseJson: 'function',
  } satisfies Record<keyof HttpRequest, OptionKind>,
  hints: FOREIGN_NAMES,
  content: ['data', 'platform'],
  // What it is, and how its answer is read.
  identity: [
    'method',
    'data',
    'arrays',
    'as',
    'charset',
    'readDeclaration',
    'fatal',
    'strictCharset',
    'parseJson',
    'idempotencyKey',
  ],

  written(request, method, header, { settings }, refuse) {
    const { url, data, arrays = settings.arrays } = request;
    if (data === undefined) return request;
    const contentType = headerField(header, 'content-type');
    const sent = sentData(url, data, { method, contentType, arrays }, refuse);
    return sent.data === data ? request : { ...request, ...sent };
  },

  send(network, sent, attempt) {
    const option = requestOptionOf(network, sent, wantsBytes(sent.request) ? 'arraybuffer' : 'text');
    startTask(detailsOf(sent), network, { option, answered: taskAnswer<WxAnswer>, quiet: true }, attempt);
  },

  answer: decodedAnswer,
};

function wantsBytes({ as, charset, readDeclaration, fatal }: HttpRequest): boolean | undefined {
  return as === 'arraybuffer' || charset !== undefined || readDeclaration !== undefined || fatal;
}

/** What `wx.request` is given for a call. */
export function requestOptionOf(
  { settings }: NetworkInternals,
  { request, method, header, policy }: PreparedCall<HttpRequest>,
  responseType: 'text' | 'arraybuffer',
  enableChunked?: boolean,
): WxRequestOption {
  const { url, data } = request;
  const platform = platformOf(settings, request);
  return requestOption({
    url,
    method,
    header,
    data,
    timeoutMs: policy.attemptMs,
    responseType,
    enableChunked,
    platform,
  });
}

/** The answer, decoded as the request wants it. */
export function decodedAnswer(
  { result, durationMs }: TaskAnswer<WxAnswer>,
  { request, method }: PreparedCall<HttpRequest>,
  network: NetworkInternals,
): FreshResponse {
  const response = decode(makeResponse(result, method, request.url, durationMs), request, network.settings, request);
  if (isOnTrial(response)) warnOfTrial(network, response);
  return response;
}

function warnOfTrial({ warn }: NetworkInternals, { url, charset }: FreshResponse): void {
  const host = url.split('/').slice(0, 3).join('/');
  warn(
    `charset ${host}`,
    `[ENC-1] ${host} answers in ${charset}, which the platform converts on trial; ask for bytes with { charset: 'auto' }, or let the server answer in UTF-8`,
  );
}
