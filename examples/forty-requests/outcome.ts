import type { Outcome } from './app.js';
import type { Ending } from './run-record.js';

/** How a call ended, for the record. */
export function endingOf(outcome: Outcome): Omit<Ending, 'at'> {
  if ('response' in outcome) return { kind: 'answered', word: String(outcome.response.status) };
  const { code, rule } = outcome.error;
  const kind = code === 'domain-not-allowed' ? 'refused' : code === 'interrupted' ? 'cut' : 'failed';
  return { kind, word: rule ?? code };
}

/** How a call ended, in words. */
export function described(outcome: Outcome): string {
  if ('error' in outcome) {
    const { code, rule } = outcome.error;
    return `${code === 'domain-not-allowed' ? 'refused' : code}${rule === undefined ? '' : ` [${rule}]`}`;
  }
  const { status, timing, cookies, decodedBy, charset = '', body } = outcome.response;
  const notes = [`${status}`, `${Math.round(timing.durationMs)} ms`];
  if (cookies.length > 0) notes.push(`${cookies.length} cookies`);
  if (decodedBy === 'library') notes.push(`${charset}: ${String(body)}`);
  return notes.join(', ');
}

/** The URL as it stands in a column: without the app's own origin, and without the query. */
export function shortened(url: string): string {
  return url.replace('https://api.example.com/', '/').replace(/\?.*$/, '');
}
