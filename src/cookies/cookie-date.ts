const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const DELIMITERS = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;

/**
 * When a cookie expires, in milliseconds, of whatever servers write (RFC 6265bis, 5.1.1): not every engine's `Date.parse` reads
 * `Sun, 18-Apr-27 21:06:29`. `undefined` for what is no date.
 */
export function cookieDate(text: string): number | undefined {
  let clock: readonly number[] | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const token of text.split(DELIMITERS)) {
    // Digits that other digits do not follow; the first of a kind counts.
    const digits = Number(/^\d{1,4}(?!\d)/.exec(token)?.[0]);
    const length = String(digits).length;
    const named = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
    if (!clock && /^\d{1,2}:\d{1,2}:\d{1,2}(?!\d)/.test(token))
      clock = token.split(':').map((part) => parseInt(part, 10));
    else if (day === undefined && /^\d{1,2}(?!\d)/.test(token)) day = digits;
    else if (month === undefined && token.length > 2 && named % 3 === 0) month = named / 3;
    else if (year === undefined && /^\d{2,4}(?!\d)/.test(token))
      year = length > 2 ? digits : digits + (digits < 70 ? 2_000 : 1_900);
  }
  if (!clock || day === undefined || month === undefined || year === undefined || year < 1_601) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = clock;
  const date = new Date(Date.UTC(year, month, day, hours, minutes, seconds));
  const exists = date.getUTCDate() === day && date.getUTCHours() === hours && minutes < 60 && seconds < 60;
  return exists ? date.getTime() : undefined;
}
