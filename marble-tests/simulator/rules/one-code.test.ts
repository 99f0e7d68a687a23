import { classifyFailure, codeOfFailure as codeBySigns } from '../../../src/platform/classify-failure.js';
import { FILE_SIGNS } from '../../../src/platform/file-signs.js';
import { SOCKET_SIGNS } from '../../../src/platform/socket-signs.js';
import type { WxFailure } from '../../../src/platform/wx.js';
import { classifyRawSocketFailure } from '../../../src/platform/classify-raw-socket.js';
import type { NetworkErrorCode } from '../../../src/platform/network-error.js';
import { worded, type Dialect } from '../../../src/simulator/rules/dialect.js';
import type { Failure, PlainKind } from '../../../src/simulator/rules/failure.js';
import { RAW_REFUSALS, systemError, wireError } from '../../../src/simulator/rules/raw-socket-words.js';
import { socketErrorWords, socketRefusalWords } from '../../../src/simulator/rules/socket-words.js';
import type { WireFailureKind } from '../../../src/simulator/wires/wire.js';

const SIGNS = [...FILE_SIGNS, ...SOCKET_SIGNS];
const codeOfFailure = (failure: Partial<WxFailure>) => codeBySigns(failure, SIGNS);
/** What an error says behind the platform's own words. */
const adviceOf = (failure: WxFailure, api: string) =>
  classifyFailure(failure, { api, url: '' }, SIGNS).what.slice(failure.errMsg.length);
const ADVISES = /^; [a-z][^;]{6,70}$/;

const DIALECTS: readonly Dialect[] = ['android-cronet', 'ios-cronet', 'ios-old', 'devtools', 'doubled-fail'];
const APIS = ['request', 'uploadFile', 'downloadFile', 'connectSocket'];

// By the names of the types: a new failure does not compile before it is here.
const PLAIN: { readonly [Kind in PlainKind]: NetworkErrorCode } = {
  timeout: 'timeout',
  abort: 'aborted',
  interrupted: 'interrupted',
  'in-background': 'interrupted',
  suspended: 'background',
  'too-many-tasks': 'too-many-tasks',
  'too-many-redirects': 'too-many-redirects',
  offline: 'offline',
  'network-changed': 'interrupted',
  charset: 'decode',
  'too-large': 'too-large',
  'file-too-large': 'too-large',
  'file-empty': 'decode',
  'http-dns': 'dns',
};
const WIRE: { readonly [Kind in WireFailureKind]: NetworkErrorCode } = {
  failed: 'connection',
  closed: 'connection',
  reset: 'connection',
  refused: 'connection',
  dns: 'dns',
  tls: 'tls',
  unreachable: 'connection',
  'in-use': 'connection',
  'tls-version': 'tls',
  'tls-name': 'tls',
  'tls-date': 'tls',
  'tls-authority': 'tls',
  handshake: 'connection',
  empty: 'connection',
  'content-coding': 'connection',
  incomplete: 'connection',
};
const FILES: readonly (readonly [detail: string, errno: number | undefined, code: NetworkErrorCode])[] = [
  ["file doesn't exist", undefined, 'invalid-argument'],
  ['getParentFile failed', 603300, 'invalid-argument'],
  ['permission denied can not open file filepath', 603303, 'invalid-argument'],
  ['permission denied, open "wxfile://usr/../other"', 1301000, 'invalid-argument'],
  ['no such file or directory, open "wxfile://usr/a"', 1300002, 'invalid-argument'],
  ['Is a directory, open "wxfile://usr"', 1300021, 'invalid-argument'],
  ['not a directory, open "wxfile://usr/a/b"', 1300020, 'invalid-argument'],
  ['operation not permitted, open "wxfile://usr/a"', 1300001, 'invalid-argument'],
  ['File name too long, open "wxfile://usr/aaa"', 1300036, 'invalid-argument'],
  ['the maximum size of the file storage limit is exceeded', 1300202, 'too-large'],
];
const REFUSAL = { rule: 'DOM-1', problem: 'not-listed', api: 'request', seen: 'https://a.com' } as const;

const CAUSES: readonly (readonly [name: string, failure: Failure, code: NetworkErrorCode])[] = [
  ...Object.entries(PLAIN).map(([kind, code]) => [kind, { kind: kind as PlainKind }, code] as const),
  ...Object.entries(WIRE).map(
    ([cause, code]) => [`wire ${cause}`, { kind: 'wire', cause: cause as WireFailureKind }, code] as const,
  ),
  ...FILES.map(([detail, errno, code]) => [detail, { kind: 'file', detail, errno }, code] as const),
  ['not in the list', { kind: 'not-in-domain-list', refusal: REFUSAL }, 'domain-not-allowed'],
  ['protocol', { kind: 'protocol', refusal: REFUSAL }, 'invalid-argument'],
  ['a URL', { kind: 'invalid-url', url: 'https://ssl.timeout/abort' }, 'invalid-url'],
  ['a URL that is none', { kind: 'invalid-url', url: 'ssl timeout' }, 'invalid-url'],
  ['a parameter', { kind: 'parameter', detail: 'parameter.url should be String;' }, 'invalid-argument'],
  ['data', { kind: 'data', detail: 'invalid request data' }, 'invalid-argument'],
  ['data of a type', { kind: 'data', detail: 'data should not be Function' }, 'invalid-argument'],
  ['a header', { kind: 'header', detail: 'a name' }, 'invalid-argument'],
];

describe('[K4.1] one code for a cause', () => {
  describe.each(CAUSES)('%s', (_name, failure, code) => {
    it.each(DIALECTS)('in %s', (dialect) => {
      for (const api of APIS) {
        const words = api === 'connectSocket' ? socketRefusalWords(failure, 7, dialect) : worded(api, failure, dialect);
        expect({ api, words, code: codeOfFailure(words) }).toEqual({ api, words, code });
      }
    });

    it('[K4.4] says what to do, and the same in every dialect', () => {
      const advice = DIALECTS.flatMap((dialect) =>
        APIS.map((api) =>
          api === 'connectSocket'
            ? adviceOf(socketRefusalWords(failure, 7, dialect), api)
            : adviceOf(worded(api, failure, dialect), api),
        ),
      );

      expect(new Set(advice).size).toBe(1);
      expect(advice[0]).toMatch(ADVISES);
    });
  });

  it.each(Object.entries({ ...WIRE, timeout: 'timeout', offline: 'offline' } as const))(
    'of a socket that breaks: %s',
    (cause) => {
      const codes = DIALECTS.map((dialect) => codeOfFailure(socketErrorWords(cause as WireFailureKind, dialect)));

      expect(new Set(codes).size).toBe(1);
      expect(codes[0]).not.toBe('unknown');
    },
  );

  it('of a TCP or UDP socket: none is unknown', () => {
    const CALL = { api: 'createTCPSocket', url: 'tcp://a.com:9000' };
    const told = [
      ...Object.values(RAW_REFUSALS),
      ...Object.keys(WIRE).map((kind) => wireError('connect', kind as WireFailureKind)),
      systemError('send', 'too-long'),
      systemError('send', 'no-broadcast'),
    ];
    for (const words of told) {
      const { code, what } = classifyRawSocketFailure(words, CALL);
      expect({ words, code }).not.toEqual({ words, code: 'unknown' });
      expect(what.slice(words.errMsg.length)).toMatch(ADVISES);
      expect(what).not.toContain('see errno');
    }
  });
});
