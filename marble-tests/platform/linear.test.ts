import { classifyFailure, codeOfFailure } from '../../src/platform/classify-failure.js';
import { charsetLabelOf } from '../../src/platform/charset.js';
import { checkedHeader } from '../../src/platform/check-header.js';
import { cookiesOf } from '../../src/platform/cookies.js';
import { cookieDate } from '../../src/cookies/cookie-date.js';
import type { CookiePlace } from '../../src/cookies/cookie.js';
import { readSetCookie } from '../../src/cookies/read-set-cookie.js';
import { Redaction } from '../../src/inspect/redaction.js';
import { isIpv4 } from '../../src/platform/lan-address.js';
import { isContentType } from '../../src/platform/multipart.js';
import { compileDomains } from '../../src/platform/domain-lists.js';
import { checkDomain } from '../../src/platform/domain-rule.js';
import { declaredCharsetOf } from '../../src/platform/declared-charset.js';
import { encodeQuery, withQuery } from '../../src/platform/encode-query.js';
import { withoutSecrets } from '../../src/platform/network-error.js';
import { problemOfEntry } from '../../src/platform/domain-entry.js';
import { scanUrl } from '../../src/platform/url-scan.js';
import { bytesOfHex } from '../../src/resilience/outbox/stored-bytes.js';

const LENGTH = 32_000;
// A few on a quiet machine; seconds, where the time is quadratic.
const MOST_MS = 100;
const LISTS = compileDomains({ request: ['https://api.example.com'] });
const CALL = { api: 'request', url: 'https://api.example.com/' };
const PLACE: CookiePlace = { host: 'api.example.com', path: '/', secure: true };
const refuse = (what: string): never => {
  throw new Error(what);
};

/** Texts at which an expression that tries every beginning, or every end, takes quadratic time. */
const PIECES = [
  ...[
    'a',
    '\\',
    '/',
    ':',
    '@',
    '.',
    '-',
    '?',
    '#',
    '%',
    '=',
    '&',
    ',',
    ';',
    ' ',
    '\t',
    '\n',
    '"',
    "'",
    '<',
    '“',
    '1',
    '0x',
  ],
  ...['a:', '://', '@/', '//', '\\/', 'a.', 'a=', ', ', ', a', '; charset', 'max ', 'max count', 'exceed ', '不在以下'],
  ...['hostname ', 'kCFErrorDomainCFNetwork', 'ssl', 'ssl-', 'http', 'http:', 'https://', '<meta ', '<!--', '<?xml '],
];
const BEGINNINGS = ['', 'https:', 'https://', 'https://a.com/', 'https://a.com:', 'request:fail '];

const READERS: readonly (readonly [name: string, read: (text: string) => unknown])[] = [
  ['scanUrl', scanUrl],
  ['checkDomain', (text) => checkDomain('request', text, LISTS)],
  ['problemOfEntry', (text) => problemOfEntry('request', text)],
  ['withoutSecrets', withoutSecrets],
  ['codeOfFailure', (errMsg) => codeOfFailure({ errMsg })],
  ['classifyFailure', (errMsg) => classifyFailure({ errMsg }, CALL)],
  ['classifyFailure, the URL', (url) => classifyFailure({ errMsg: `request:fail ${url}` }, { ...CALL, url })],
  ['cookiesOf', (text) => cookiesOf(undefined, { 'Set-Cookie': text })],
  ['readSetCookie', (text) => readSetCookie(text, PLACE, 0, [])],
  ['readSetCookie, its attributes', (text) => readSetCookie(`a=b; ${text}`, PLACE, 0, [])],
  ['cookieDate', cookieDate],
  ['isIpv4', isIpv4],
  ['bytesOfHex', bytesOfHex],
  ['what inspect shows of a body', (text) => new Redaction(['phone']).body(text)],
  ['isContentType', isContentType],
  ['charsetLabelOf', (text) => charsetLabelOf(text)],
  ['charsetLabelOf, a type', (text) => charsetLabelOf(`text/html; charset=${text}`)],
  ['declaredCharsetOf', (text) => declaredCharsetOf(Buffer.from(text, 'latin1'))],
  ['encodeQuery', (text) => encodeQuery({ [text]: text }, undefined, refuse)],
  ['withQuery', (text) => withQuery(text, 'page=1')],
  ['withQuery, long', (text) => withQuery(`https://a.com/?${text}`, 'page=1')],
  [
    'checkedHeader',
    (text) => {
      try {
        checkedHeader({ 'x-name': text, [text]: 'x' }, refuse);
      } catch {
        // Most are refused.
      }
    },
  ],
];

describe('[K7] time grows with the length of what is read, and not with its square', () => {
  it.each(READERS)('%s', (_name, read) => {
    for (const beginning of BEGINNINGS) {
      for (const piece of PIECES) {
        const text = beginning + piece.repeat(Math.ceil(LENGTH / piece.length)) + '!';
        // The fastest of a few, because other work on the machine only ever adds.
        let ms = Infinity;
        for (let turn = 0; turn < 3 && ms > MOST_MS; turn++) {
          const begun = process.cpuUsage().user;
          read(text);
          ms = Math.min(ms, (process.cpuUsage().user - begun) / 1_000);
        }
        expect({ beginning, piece, slow: ms > MOST_MS ? Math.round(ms) : false }).toEqual({
          beginning,
          piece,
          slow: false,
        });
      }
    }
  });
});
