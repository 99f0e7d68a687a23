import { cookiesOf } from './cookies.js';
import { headerField } from './header-field.js';
import type { HttpResponse } from './http-response.js';
import { diagnosisOf, profileOf } from './request-profile.js';
import type { WxRequestSuccess } from './wx.js';

/** What the platform answers, whatever was called; of a download there is no data. */
export interface WxAnswer extends Omit<WxRequestSuccess, 'data' | 'errMsg'> {
  readonly data?: unknown;
}

/** An answer that nobody but its maker has seen: what is found out about it is written into it. */
export type FreshResponse = { -readonly [Name in keyof HttpResponse<unknown>]: HttpResponse<unknown>[Name] };

/** Makes an answer of what the platform tells. Any status is an answer (CB-1). */
export function makeResponse(answer: WxAnswer, method: string, url: string, durationMs: number): FreshResponse {
  const { statusCode, header, cookies, data, profile, exception, useHttpDNS } = answer;
  const headers = (header ?? {}) as Readonly<Record<string, string>>;
  // Some clients hand the status over as a string.
  const status = Number(statusCode);
  const response: FreshResponse = {
    status,
    ok: isOk(status),
    method,
    url,
    headers,
    header: (name) => headerField(headers, name),
    cookies: cookiesOf(cookies, headers),
    body: data,
    timing: { durationMs, profile: profileOf(profile) },
    charset: undefined,
    decodedBy: undefined,
  };
  // Few answers have one, and a spread costs each.
  return exception || useHttpDNS !== undefined ? Object.assign(response, diagnosisOf(answer)) : response;
}

/** Whether a status means success, as `ok` of an answer says. */
export function isOk(status: number): boolean {
  return status >= 200 && status <= 299;
}
