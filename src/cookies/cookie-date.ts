const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
/** Time, day, month and year, each looked for in what the ones before have left. */
const KINDS = ['\\d\\d?:\\d\\d?:\\d\\d?(?!\\d)', '\\d\\d?(?!\\d)', MONTHS, '\\d{2,4}(?!\\d)'];
/** What parts tokens: not the colon. */
const DELIMITERS = '\\t\\x20-\\x2f;-@[-`{-~';

/**
 * When a cookie expires, in milliseconds, of whatever servers write (RFC 6265bis, 5.1.1): not every engine's `Date.parse` reads
 * `Sun, 18-Apr-27 21:06:29`. `undefined` for what is no date.
 */
export function cookieDate(text: string): number | undefined {
  let rest = ` ${text.toLowerCase()}`;
  const [time = '', day, month = '', written] = KINDS.map((kind) => {
    // What follows in the token is of no account.
    const token = new RegExp(`[${DELIMITERS}](${kind})[^${DELIMITERS}]*`);
    const found = token.exec(rest);
    rest = rest.replace(token, '');
    return found?.[1];
  });
  const [hours = NaN, minutes = NaN, seconds = NaN] = time.split(':').map(Number);
  const year = Number(written);
  const fullYear = year + (year < 70 ? 2_000 : year < 100 ? 1_900 : 0);
  const date = new Date(Date.UTC(fullYear, MONTHS.indexOf(month) / 4, Number(day), hours, minutes, seconds));
  // Of 30 February and of 24:00 another day would be made.
  const exists = month && fullYear > 1_600 && minutes < 60 && seconds < 60 && date.getUTCDate() === Number(day);
  return exists ? date.getTime() : undefined;
}
