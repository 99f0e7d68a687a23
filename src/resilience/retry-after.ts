import type { HttpResponse } from '../platform/http-response.js';

/**
 * How long a server asks to be left alone, in milliseconds: `Retry-After` as seconds or as a date (RFC 9110 §10.2.3).
 * `undefined` where it does not ask, or nobody can read what it wrote.
 *
 * A date is compared with the server's own `Date`, where there is one: a phone's clock may be wrong.
 *
 * @param now - The time of the phone, in milliseconds since 1970.
 */
export function retryAfterMs(response: Pick<HttpResponse<unknown>, 'header'>, now: number): number | undefined {
  const asked = response.header('retry-after')?.trim() ?? '';
  // Some servers write parts of a second, which the RFC has not.
  if (/^\d+(\.\d+)?$/.test(asked)) return Number(asked) * 1_000;
  const until = dateOf(asked);
  if (until === undefined) return undefined;
  return Math.max(0, until - (dateOf(response.header('date')?.trim() ?? '') ?? now));
}

/** Engines read almost anything as a date, `-5` too. */
function dateOf(text: string): number | undefined {
  const ms = /^[A-Z][a-z]+, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
