import { NetworkError, withoutSecrets, type NetworkErrorCode, type RuleId } from './network-error.js';
import type { WxFailure } from './wx.js';

/** What an errno says for certain (platform-facts.md §1.1). 600001 and the like only say where to read on. */
const CODE_OF_ERRNO: { readonly [errno: number]: NetworkErrorCode } = {
  1: 'aborted',
  5: 'timeout',
  101: 'invalid-argument',
  1001: 'invalid-argument',
  1022: 'invalid-argument',
  600002: 'domain-not-allowed',
  600003: 'interrupted',
  600005: 'invalid-argument',
  600007: 'too-many-tasks',
  600008: 'too-many-redirects',
  600009: 'invalid-url',
  600010: 'invalid-argument',
  600011: 'invalid-url',
  602300: 'too-large',
  602302: 'decode',
  603103: 'invalid-argument',
  603104: 'invalid-argument',
  603105: 'aborted',
  603301: 'too-large',
  605103: 'connection',
};

/** Tolerant patterns over the wordings seen on phones (platform-facts.md §1.2), the narrow ones first. */
const CODE_OF_TEXT: readonly (readonly [RegExp, NetworkErrorCode])[] = [
  [/runningState=suspend|suspend state/i, 'background'],
  [/interrupted|cancel all task/i, 'interrupted'],
  [/not in domain list|不在以下.*域名列表/i, 'domain-not-allowed'],
  [/ERR_(?:NAME_|DNS_)|unknown? host|主机名的服务器/i, 'dns'],
  [/ERR_(?:CERT_|SSL_)|\bssl\b|SSL错误|TLS handshake/i, 'tls'],
  [/ERR_INTERNET_DISCONNECTED|断开与互联网|network is down|Underlying Transport/i, 'offline'],
  [/ERR_TOO_MANY_REDIRECTS|max redirect/i, 'too-many-redirects'],
  [/time(?:d)?[ _]?out|超时|逾時|Timer Expired/i, 'timeout'],
  [/ERR_INVALID_URL|invalid url/i, 'invalid-url'],
  [/max file size|file storage limit/i, 'too-large'],
  [/exceed max|max .*count/i, 'too-many-tasks'],
  [/net::ERR_|\bERR_/, 'connection'],
  [/\babort/i, 'aborted'],
  [/parameter error|protocol must be|should not be/i, 'invalid-argument'],
];

/** Names a failure: by errno where that is certain, else by its text, never by equality. */
export function codeOfFailure({ errno, errMsg }: Partial<WxFailure>): NetworkErrorCode {
  const text = String(errMsg);
  const byErrno = errno === undefined ? undefined : CODE_OF_ERRNO[errno];
  // 600003 stands for both "called in the background" and "cut by it"; the wording of the first is unmistakable.
  if (byErrno !== undefined && byErrno !== 'interrupted') return byErrno;
  return CODE_OF_TEXT.find(([pattern]) => pattern.test(text))?.[1] ?? byErrno ?? 'unknown';
}

/** Makes the platform's failure into the library's error. Takes whatever a cache manager or an old client may hand over. */
export function classifyFailure(
  failure: WxFailure,
  call: { readonly api: string; readonly method?: string; readonly url: string },
): NetworkError {
  const { errno, errMsg } = (failure ?? {}) as Partial<WxFailure>;
  const code = codeOfFailure({ errno, errMsg: errMsg ?? '' });
  const words = typeof errMsg === 'string' && errMsg !== '' ? errMsg : 'the platform gave no reason';
  // iOS cuts all calls when the connection changes; that is an interruption, but not the background's.
  const rule = /cancel all task/i.test(words) ? undefined : RULE_OF_CODE[code];
  const what = words.split(call.url).join(withoutSecrets(call.url));
  return new NetworkError(what, { code, rule, phase: 'attempt', errno, errMsg, cause: failure }).with(call);
}

const RULE_OF_CODE: { readonly [Code in NetworkErrorCode]?: RuleId } = {
  interrupted: 'BG-1',
  background: 'BG-2',
  'domain-not-allowed': 'DOM-1',
  'too-many-tasks': 'LIM-2',
};
