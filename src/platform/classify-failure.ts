import { NetworkError, withoutSecrets, type NetworkErrorCode, type RuleId, type CallDetails } from './network-error.js';
import { diagnosisOf, type WxDiagnosis } from './request-profile.js';
import type { WxFailure } from './wx.js';

/** The errno that say for certain what failed (discoveries/failures.md#numbers). 600001 and the like only say where to read on. */
const ERRNOS: { readonly [Code in NetworkErrorCode]?: readonly number[] } = {
  aborted: [1, 603105],
  timeout: [5],
  'domain-not-allowed': [600002],
  interrupted: [600003],
  'too-many-tasks': [600007],
  'too-many-redirects': [600008],
  'invalid-url': [600009, 600011],
  'too-large': [602300, 603301, 1300202],
  decode: [602302, 603302],
  connection: [605103],
  'invalid-argument': [101, 1001, 1022, 600005, 600010, 603103, 603104, 603303, 1300002, 1300021, 1301000],
};

/** The clauses that a failure belongs to, whatever the API. */
const RULES: { readonly [Code in NetworkErrorCode]?: RuleId } = {
  background: 'BG-2',
  timeout: 'TIME-1',
  'domain-not-allowed': 'DOM-1',
};

/** Nobody writes a longer message, and the patterns below are many. */
const MOST_READ = 4_000;

/** Tolerant patterns over the wordings seen (discoveries/failures.md#words, discoveries/failures.md#words-met-in-the-field), the unmistakable and the narrow ones first. */
const CODE_OF_TEXT: readonly (readonly [RegExp, NetworkErrorCode])[] = [
  [/runningState=suspend|suspend state/i, 'background'],
  [/not in (?:plugin's )?domain list|不在以下.{0,40}域名列表|connect fail: invalid address/i, 'domain-not-allowed'],
  [/parameter error|protocol must be|should not be|argv error|invalid request data/i, 'invalid-argument'],
  [/ERR_INVALID_URL|(?:invalid|bad|unsupported) url/i, 'invalid-url'],
  // EINTR of a TCP socket: nothing to do with the background.
  [/interrupted system call/i, 'connection'],
  [/interrupted|cancel all task/i, 'interrupted'],
  [
    /ERR_(?:NAME_|DNS_)|httpdns|unknown? ?host|resolve host|host ?name could not be found|name not resolved|主机名的服务器|主機名稱的伺服器/i,
    'dns',
  ],
  [
    /ERR_(?:CERT_|SSL_)|\bssl(?![\w-]*\.)|\bTLS\b|certificat|trust anchor|hostname .{0,80} not verified|证书|憑證/i,
    'tls',
  ],
  [/ERR_INTERNET_DISCONNECTED|appears to be offline|network is (?:down|unreachable)|互联网的连接|網際網路/i, 'offline'],
  [/TOO_MANY_REDIRECTS|max redirect|too many (?:http )?redirects/i, 'too-many-redirects'],
  [/time(?:d)?[ _]?out|after \d{1,9} ?ms|超时|逾時|Timer Expired/i, 'timeout'],
  [/max file size|file storage limit|size limit/i, 'too-large'],
  [/exceed max|max .{0,40}count|create too much|task already exist/i, 'too-many-tasks'],
  [/convert to utf-?8|file data is empty/i, 'decode'],
  [/\bERR_|连接(?:已中断|失败)|連線中斷|(?:未能|无法|無法)(?:连接|連接|連線)/i, 'connection'],
  [
    /connection (?:was lost|reset|refused|abort|closed|fail)|connect error|(?:could not|failed to|unable to) connect/i,
    'connection',
  ],
  // A server that is down or hangs up has the words of a phone without a network, which tells that otherwise.
  [
    /unexpected end of stream|broken pipe|no route to host|bad (?:server )?response|Underlying Transport/i,
    'connection',
  ],
  [/Invalid Http ?(?:Code|Status)|WebSocket is not connected|readyState is not OPEN|taskID not exist/i, 'connection'],
  [/\babort|\bcancell?ed\b/i, 'aborted'],
  [
    /file (?:doesn't exist|not found|already exists|name too long)|getParentFile failed|no such file|a directory|directory not empty|permission denied(?:,| can)|not permitted/i,
    'invalid-argument',
  ],
];

/** What NSURLSession's number says, which iOS puts behind a localised text (discoveries/failures.md#words-met-in-the-field); the rest is `connection`. */
const CODE_OF_CF_NETWORK: { readonly [number: number]: NetworkErrorCode } = {
  999: 'aborted',
  1000: 'invalid-url',
  1001: 'timeout',
  1002: 'invalid-url',
  1003: 'dns',
  1006: 'dns',
  1007: 'too-many-redirects',
  1009: 'offline',
  1018: 'offline',
  1020: 'offline',
  1022: 'tls',
  1100: 'invalid-argument',
  1103: 'too-large',
};

const CF_NETWORK = /(?:kCFErrorDomainCFNetwork|NSURLErrorDomain)[^-\d]{0,20}-(\d{3,4})\b/i;

// Words inside an address or between quotes say nothing about the failure: `https://ssl.example.com/timeout` is neither.
const ADDRESS = /[a-z][a-z0-9+.-]{0,9}:\/\/[^\s"<>]*/gi;
const QUOTED = /"[^"]*"|“[^“”]*”/g;

/** Names a failure: by a number where that is certain, else by its text, never by equality. */
export function codeOfFailure({ errno, errMsg }: Partial<WxFailure>): NetworkErrorCode {
  const text = typeof errMsg === 'string' ? errMsg.slice(0, MOST_READ).replace(ADDRESS, '').replace(QUOTED, '') : '';
  const byErrno = (Object.keys(ERRNOS) as NetworkErrorCode[]).find((code) => ERRNOS[code]?.includes(errno as number));
  const byText = codeOfCfNetwork(text) ?? CODE_OF_TEXT.find(([pattern]) => pattern.test(text))?.[1];
  // 600003 stands for both "called in the background" and "cut by it"; the wording of the first is unmistakable.
  if (byErrno === 'interrupted' && byText === 'background') return byText;
  return byErrno ?? byText ?? 'unknown';
}

function codeOfCfNetwork(text: string): NetworkErrorCode | undefined {
  const number = Number(CF_NETWORK.exec(text)?.[1] ?? 0);
  if (number >= 1200 && number < 1300) return 'tls';
  return number === 0 ? undefined : (CODE_OF_CF_NETWORK[number] ?? 'connection');
}

/** What to do, where the platform's words do not tell. */
const ADVICE: { readonly [Code in NetworkErrorCode]?: string } = {
  'domain-not-allowed': 'list its host, or that of a redirect',
  decode: "ask for bytes, as with { charset: 'auto' }",
  tls: 'rx-miniprogram doctor tells what is wrong with the certificate',
};

/** Makes the platform's failure into the library's error. Takes whatever a cache manager or an old client may hand over. */
export function classifyFailure(failure: WxFailure, call: CallDetails): NetworkError {
  const given: Partial<Record<keyof WxFailure, unknown>> = failure ?? {};
  const errno = typeof given.errno === 'number' ? given.errno : undefined;
  const errMsg = typeof given.errMsg === 'string' ? hideSecrets(given.errMsg, call.url) : undefined;
  const code = codeOfFailure(failure ?? {});
  const rule = ruleOf(code, call.api, errMsg ?? '');
  const what = [errMsg || 'the platform gave no reason', ADVICE[code]].filter((part) => part).join('; ');
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

function ruleOf(code: NetworkErrorCode, api: string, errMsg: string): RuleId | undefined {
  // iOS cuts all calls when the connection changes; that is an interruption, but not the background's.
  if (code === 'interrupted') return /cancel all task/i.test(errMsg) ? undefined : 'BG-1';
  // That a file is empty is no matter of charsets.
  if (code === 'decode') return /is empty/i.test(errMsg) ? undefined : 'ENC-1';
  if (code !== 'too-many-tasks') return RULES[code];
  if (api === 'connectSocket') return 'LIM-3';
  return ['request', 'uploadFile', 'downloadFile'].includes(api) ? 'LIM-2' : undefined;
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
