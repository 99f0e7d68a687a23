import type { OptionKind } from '../../platform/check-options.js';
import { ARRAY_STYLES } from '../../platform/encode-query.js';
import { headerField } from '../../platform/header-field.js';
import { decode } from '../../platform/decode.js';
import { makeResponse, type FreshResponse, type ResponseEvent } from '../../platform/make-response.js';
import { sentData } from '../../platform/request-body.js';
import { requestEvents$ } from '../../sources/request.js';
import type { NetworkInternals } from '../internals.js';
import { CALL_OPTIONS, FOREIGN_NAMES, type CallSpec, type PreparedCall } from './call-spec.js';
import type { HttpRequest } from './http-request.js';

/** `http$`: one call of `wx.request`, of which the answer counts. */
export const HTTP: CallSpec<HttpRequest> = {
  face: 'http$',
  apiOf: () => 'request',
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
  content: ['data'],
  identity: [],

  written(request, { method, header, arrays }, refuse) {
    const { url, data } = request;
    if (data === undefined) return request;
    const contentType = headerField(header ?? {}, 'content-type');
    const sent = sentData(url, data, { method, contentType, arrays: request.arrays ?? arrays }, refuse);
    return sent.data === data ? request : { ...request, ...sent };
  },

  attempt$({ settings, wx, scheduler }, { request, method, header, policy }) {
    const { url, data, as, charset, readDeclaration, fatal, platform } = request;
    const wantsBytes = as === 'arraybuffer' || charset !== undefined || readDeclaration !== undefined || fatal;
    const responseType = wantsBytes ? 'arraybuffer' : 'text';
    const asked = {
      url,
      method,
      header,
      data,
      timeoutMs: policy.attemptMs,
      responseType,
      platform: settings.platform ? { ...settings.platform, ...platform } : platform,
    } as const;
    return requestEvents$(asked, { wx, scheduler });
  },

  answer: decodedAnswer,
};

/** The answer, decoded as the request wants it. */
export function decodedAnswer(
  event: ResponseEvent,
  { request }: PreparedCall<HttpRequest>,
  network: NetworkInternals,
): FreshResponse {
  const { as, charset, readDeclaration, fatal } = request;
  const { decoders, strictCharset, parseJson } = network.settings;
  return decode(makeResponse(event), {
    as,
    charset,
    readDeclaration,
    fatal,
    decoders,
    strictCharset: request.strictCharset ?? strictCharset,
    parseJson: request.parseJson ?? parseJson,
    request,
    onTrial: ({ url, charset }) => warnOfTrial(network, url, charset),
  });
}

function warnOfTrial({ warn }: NetworkInternals, url: string, charset: string | undefined): void {
  const host = url.split('/').slice(0, 3).join('/');
  warn(
    `charset ${host}`,
    `[ENC-1] ${host} answers in ${charset}, which the platform converts on trial; ask for bytes with { charset: 'auto' }, or let the server answer in UTF-8`,
  );
}
