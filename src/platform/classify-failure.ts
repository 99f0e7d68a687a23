import { ADVICE } from './failure-advice.js';
import { NetworkError, withoutSecrets, type NetworkErrorCode, type RuleId, type CallDetails } from './network-error.js';
import { diagnosisOf, type WxDiagnosis } from './request-profile.js';
import type { WxFailure } from './wx.js';

/** Nobody writes a longer message, and the patterns below are many. */
const MAX_READ = 4_000;

/** Which code a sign means: the number of a failure, or its words. */
export type Signs = readonly (readonly [NetworkErrorCode, RegExp])[];

/**
 * What the failure of any call is known by; the unmistakable and the narrow ones stand first.
 *
 * - `#600002`: the errno that say for certain what failed (discoveries/failures.md#numbers). 600001 and the like only say where to read on.
 * - `-1009`: what NSURLSession's number says, which iOS puts behind a localised text (discoveries/failures.md#words-met-in-the-field).
 * - Else tolerant patterns over the wordings seen (discoveries/failures.md#words and the same).
 */
const SIGNS: Signs = [
  ['background', /runningState=suspend|suspend state/i],
  ['domain-not-allowed', /^#600002$|not in (?:plugin's )?domain list|不在(?:以下)?.{0,40}域名列表/i],
  [
    'invalid-argument',
    /^#(?:101|1001|1022|600005|600010)$|^-1100$|parameter error|protocol must be|should not be|argv error|invalid request data/i,
  ],
  ['invalid-url', /^#6000(?:09|11)$|^-100[02]$|(?:invalid|bad|unsupported)[ _]url|(?:不支持的|不支援的|无效的) ?URL/i],
  ['interrupted', /^#600003$|interrupted|cancel all task/i],
  [
    'dns',
    /^-100[36]$|ERR_(?:NAME|DNS)_|httpdns|unknown? ?host|resolve (?:the )?host|getaddrinfo|host ?name could not be found|name not resolved|主机名的服务器|主機名稱的伺服器/i,
  ],
  [
    'tls',
    /^-1(?:022|2\d\d)$|ERR_(?:CERT|SSL)_|\bssl(?![\w-]*\.)|\bTLS\b|certificat|CERT_|_CERT\b|trust anchor|hostname .{0,80} not verified|证书|憑證|cleartext|transport security|安全(?:连接|連線)/i,
  ],
  [
    'offline',
    /^-10(?:09|18|20)$|ERR_INTERNET_DISCONNECTED|appears to be offline|network is (?:down|unreachable|(?:not |un)available)|\bno network|ENET(?:DOWN|UNREACH)|互联网的连接|網際網路|[无無](?:可用)?[网網][络路]|[网網][络路]不可用/i,
  ],
  [
    'too-many-redirects',
    /^#600008$|^-1007$|max redirect|too[ _]many[ _](?:http )?(?:redirects|follow-up)|重定向.{0,4}[过過]多/i,
  ],
  ['timeout', /^#5$|^-1001$|timed?[ _-]?out|after \d{1,9} ?ms|超时|逾時|Timer Expired/i],
  ['too-large', /^#602300$|^-1103$|size (?:limit|exceed)|too large|大小超[过過]/i],
  ['too-many-tasks', /^#600007$|exceed max|max .{0,40}count|maximum .{0,40}exceed|最[多大](?:同时|同時|并发|並發)/i],
  ['decode', /^#602302$|convert to utf-?8/i],
  [
    'connection',
    /\bERR_(?!ABORTED)|连接(?:已?中断|已?断开|中止|失败|被)|断开.{0,3}连接|連線已?中斷|(?:未能|无法|無法)(?:连接|連接|連線)/i,
  ],
  [
    'connection',
    /connection (?:was lost|reset|refused|abort|closed|fail)|connect error|ECONN|EPIPE|EHOST|hang up|stream was reset|(?:could ?n[o'’]t|failed to|unable to) connect/i,
  ],
  // A server that is down or hangs up has the words of a phone without a network, which tells that otherwise.
  [
    'connection',
    /unexpected end of stream|EOFException|broken pipe|no route to host|(?:bad|parse|invalid) (?:server )?response|解析响应|(?:sending|receiving|send|receive) data|returned (?:nothing|by the server)|Underlying Transport/i,
  ],
  ['aborted', /^#1$|^-999$|\babort|ERR_ABORTED|\bcancell?ed\b|已取消/i],
  ['connection', /^-\d+$/],
];

const NS_URL_ERROR = /(?:kCFErrorDomainCFNetwork|NSURLErrorDomain)[^-\d]{0,20}(-\d{3,4})\b/i;

// Words inside an address or between quotes say nothing about the failure: `https://ssl.example.com/timeout` is neither.
const ADDRESS = /[a-z][a-z0-9+.-]{0,9}:\/\/[^\s"<>]*/gi;
const QUOTED = /"[^"]*"|“[^“”]*”/g;

/**
 * Names a failure: by a number where that is certain, else by its text, never by equality.
 *
 * @param signs - What it may be known by beside what all are; they are looked at first.
 */
export function codeOfFailure({ errno, errMsg }: Partial<WxFailure>, signs: Signs = []): NetworkErrorCode {
  const words = typeof errMsg === 'string' ? errMsg.slice(0, MAX_READ).replace(ADDRESS, '').replace(QUOTED, '') : '';
  const byErrno = typeof errno === 'number' ? codeOfSign(`#${errno}`, signs) : undefined;
  const byWords = codeOfSign(NS_URL_ERROR.exec(words)?.[1] ?? words, signs);
  // 600003 stands for both "called in the background" and "cut by it"; the wording of the first is unmistakable.
  return (byErrno === 'interrupted' && byWords === 'background' ? byWords : byErrno) ?? byWords ?? 'unknown';
}

function codeOfSign(sign: string, signs: Signs): NetworkErrorCode | undefined {
  return [...signs, ...SIGNS].find(([, pattern]) => pattern.test(sign))?.[0];
}

/** The clauses that a failure belongs to, whatever the API. */
const RULES: { readonly [Code in NetworkErrorCode]?: RuleId } = {
  background: 'BG-2',
  interrupted: 'BG-1',
  timeout: 'TIME-1',
  'domain-not-allowed': 'DOM-1',
  decode: 'ENC-1',
};

/** The limit that one call too many of an API breaks. */
const LIMITS: { readonly [api: string]: RuleId } = {
  request: 'LIM-2',
  uploadFile: 'LIM-2',
  downloadFile: 'LIM-2',
  connectSocket: 'LIM-3',
};

/**
 * Makes the platform's failure into the library's error. Takes whatever a cache manager or an old client may hand over.
 *
 * @param signs - What it may be known by beside what all are.
 */
export function classifyFailure(failure: WxFailure, call: CallDetails, signs?: Signs): NetworkError {
  const given = wordsOf(failure);
  const errno = typeof given.errno === 'number' ? given.errno : undefined;
  const errMsg = typeof given.errMsg === 'string' ? hideSecrets(given.errMsg, call.url) : undefined;
  const code = codeOfFailure(given as WxFailure, signs);
  const rule = ruleOf(code, call.api, errMsg);
  // Of a file that is empty, bytes are no more to be had than a text.
  const advice = code === 'decode' && !rule ? 'use another file' : ADVICE[code];
  const what = `${errMsg || 'the platform gave no reason'}; ${advice}`;
  return new NetworkError(what, {
    ...call,
    ...diagnosisOf(given as WxDiagnosis),
    code,
    rule,
    phase: 'attempt',
    errno,
    errMsg,
    cause: failure,
  });
}

/** Wrappers of `wx` fail with an `Error`, or with its words alone. */
function wordsOf(failure: unknown): Partial<Record<keyof WxFailure, unknown>> {
  if (typeof failure === 'string') return { errMsg: failure };
  const given = (failure ?? {}) as Partial<Record<keyof WxFailure | 'message', unknown>>;
  return given.errMsg === undefined && given.message !== undefined ? { errMsg: given.message } : given;
}

function ruleOf(code: NetworkErrorCode, api: string, errMsg = ''): RuleId | undefined {
  // iOS cuts all calls when the connection changes, which is not the background's doing; that a file is empty is no matter of
  // charsets.
  if (/cancel all task|file data is empty/i.test(errMsg)) return undefined;
  return code === 'too-many-tasks' ? LIMITS[api] : RULES[code];
}

/**
 * The platform's words without user information and queries: of the call's own address, also where the platform put
 * data behind it, and of any other.
 */
function hideSecrets(words: string, url: string): string {
  const [before = '', ...behind] = url === '' ? [words] : words.split(url);
  const withoutData = behind.map((part) => withoutSecrets(url) + part.replace(/^[?&#][^\s"<>]*/, ''));
  return (before + withoutData.join('')).replace(ADDRESS, (address) => withoutSecrets(address));
}
