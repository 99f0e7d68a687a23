const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const NO_DIGIT_BEHIND = '(?:\\D|$)';
const TIME = new RegExp(`^(\\d{1,2}):(\\d{1,2}):(\\d{1,2})${NO_DIGIT_BEHIND}`);
const DAY = new RegExp(`^(\\d{1,2})${NO_DIGIT_BEHIND}`);
const YEAR = new RegExp(`^(\\d{2,4})${NO_DIGIT_BEHIND}`);
const DELIMITERS = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;

/**
 * When a cookie expires, in milliseconds, of whatever servers write (RFC 6265bis, 5.1.1): not every engine's `Date.parse` reads
 * `Sun, 18-Apr-27 21:06:29`. `undefined` for what is no date.
 */
export function cookieDate(text: string): number | undefined {
  let time: RegExpExecArray | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const token of text.split(DELIMITERS)) {
    const clock = time ? null : TIME.exec(token);
    const [, first] = (day === undefined && DAY.exec(token)) || [];
    const named =
      month === undefined && /^[a-z]{3}/i.test(token) ? MONTHS.indexOf(token.slice(0, 3).toLowerCase()) : -1;
    const [, written] = (year === undefined && YEAR.exec(token)) || [];
    if (clock) time = clock;
    else if (first !== undefined) day = Number(first);
    else if (named >= 0 && named % 3 === 0) month = named / 3;
    else if (written !== undefined) year = fullYear(Number(written));
  }
  if (!time || day === undefined || month === undefined || year === undefined || year < 1601) return undefined;
  const [hours, minutes, seconds] = [Number(time[1]), Number(time[2]), Number(time[3])];
  const date = new Date(Date.UTC(year, month, day, hours, minutes, seconds));
  const exists =
    date.getUTCDate() === day && date.getUTCMonth() === month && hours < 24 && minutes < 60 && seconds < 60;
  return exists ? date.getTime() : undefined;
}

function fullYear(year: number): number {
  if (year > 99) return year;
  return year < 70 ? year + 2_000 : year + 1_900;
}
