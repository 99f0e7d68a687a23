import { cookiesOf } from './cookies.js';
import { headerField } from './header-field.js';
import type { HttpResponse } from './http-response.js';
import { diagnosisOf, profileOf } from './request-profile.js';
import type { WxRequestSuccess } from './wx.js';

/** The last event of a source: what the platform answered to what it was asked. */
export interface ResponseEvent extends Omit<WxRequestSuccess, 'data' | 'errMsg'> {
  readonly type: 'response';
  readonly method: string;
  readonly url: string;
  readonly durationMs: number;
  readonly data?: unknown;
}

/** An answer that nobody but its maker has seen: what is found out about it is written into it. */
export type FreshResponse = { -readonly [Name in keyof HttpResponse<unknown>]: HttpResponse<unknown>[Name] };

/** Makes an answer of what the platform tells. Any status is an answer (CB-1). */
export function makeResponse(event: ResponseEvent): FreshResponse {
  const { statusCode, header, cookies, data, profile, method, url, durationMs } = event;
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
    cookies: cookies && cookies.length > 0 ? cookies : cookiesOf(cookies, headerField(headers, 'set-cookie')),
    body: data,
    timing: { durationMs, profile: profileOf(profile) },
    charset: undefined,
    decodedBy: undefined,
  };
  // Few answers have one, and a spread costs each.
  return Object.assign(response, diagnosisOf(event));
}

/** Whether a status means success, as `ok` of an answer says. */
export function isOk(status: number): boolean {
  return status >= 200 && status <= 299;
}
