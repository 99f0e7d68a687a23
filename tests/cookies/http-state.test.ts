/*
 * The vectors of RFC 6265's authors (github.com/abarth/http-state, tests/data), which are theirs and not kept here:
 *
 *   git clone https://github.com/abarth/http-state && HTTP_STATE=http-state/tests/data npx jest tests/cookies
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { createCookieJar } from '../../src/cookies.js';
import { cookieDate } from '../../src/cookies/cookie-date.js';

interface Vector {
  readonly test: string;
  readonly received: readonly string[];
  readonly sent: readonly { readonly name: string; readonly value: string }[];
  readonly 'sent-to'?: string;
}

/**
 * Their authors have switched these off; or RFC 6265bis says otherwise: an empty Domain takes an earlier one back; or a call of
 * the platform cannot carry it: Chinese in a header.
 */
const OTHERWISE = new Set([
  'CHARSET0001',
  'CHARSET0002',
  'CHARSET0003',
  'CHARSET0004',
  'DISABLED_CHROMIUM0022',
  'DISABLED_CHROMIUM0023',
  'DISABLED_PATH0029',
  'OPTIONAL_DOMAIN0042',
]);

const folder = process.env['HTTP_STATE'];
const vectors = <T>(file: string): readonly T[] =>
  folder === undefined ? [] : (JSON.parse(readFileSync(join(folder, file), 'utf8').replace(/^\/\/.*$/gm, '')) as T[]);

const ORIGIN = 'http://home.example.org:8888';

(folder === undefined ? describe.skip : describe)('the vectors of http-state (set HTTP_STATE to their folder)', () => {
  it('sends what they send', () => {
    // As of when they were written: some expire.
    const scheduler: SchedulerLike = { now: () => Date.UTC(2011, 0, 1), schedule: asyncScheduler.schedule };
    const all = vectors<Vector>('parser.json');
    const differ = all.filter(({ test, received, sent, ...rest }) => {
      const jar = createCookieJar({ scheduler });
      for (const setCookie of received) {
        try {
          jar.set(`${ORIGIN}/cookie-parser?${test.toLowerCase()}`, setCookie);
        } catch {
          // Refused, which is what many of them are about.
        }
      }
      const to = new URL(rest['sent-to'] ?? '/cookie-parser-result', ORIGIN).href;
      const got = jar.cookies(to).map(({ name, value }) => ({ name, value }));
      return JSON.stringify(got) !== JSON.stringify(sent.map(({ name, value }) => ({ name, value })));
    });
    expect(all.length).toBeGreaterThan(200);
    expect(differ.map(({ test }) => test).filter((test) => !OTHERWISE.has(test))).toEqual([]);
  });

  it.each(['dates/examples.json', 'dates/bsd-examples.json'])('reads dates as %s does', (file) => {
    const all = vectors<{ readonly test: string; readonly expected: string | null }>(file);
    const read = all.map(({ test }) => cookieDate(test));
    expect(read.map((at) => (at === undefined ? null : new Date(at).toUTCString()))).toEqual(
      all.map(({ expected }) => expected),
    );
  });
});

// Jest wants one in a file that runs.
it('has vectors of its own in marble-tests/cookies', () =>
  expect(cookieDate('Sun, 18-Apr-27 21:06:29 GMT')).toBe(Date.UTC(2027, 3, 18, 21, 6, 29)));
