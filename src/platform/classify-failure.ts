import { NetworkError, withoutSecrets, type NetworkErrorCode, type RuleId, type CallDetails } from './network-error.js';
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
  603303: 'invalid-argument',
  605103: 'connection',
  1300002: 'invalid-argument',
  1300021: 'invalid-argument',
  1300202: 'too-large',
  1301000: 'invalid-argument',
};

/** Tolerant patterns over the wordings seen on phones (platform-facts.md §1.2), the unmistakable and the narrow ones first. */
const CODE_OF_TEXT: readonly (readonly [RegExp, NetworkErrorCode])[] = [
  [/runningState=suspend|suspend state/i, 'background'],
  [/not in domain list|不在以下.*域名列表|connect fail: invalid address/i, 'domain-not-allowed'],
  [/parameter error|protocol must be|should not be/i, 'invalid-argument'],
  [/ERR_INVALID_URL|invalid url/i, 'invalid-url'],
  // EINTR of a TCP socket: nothing to do with the background.
  [/interrupted system call/i, 'connection'],
  [/interrupted|cancel all task/i, 'interrupted'],
  [/ERR_(?:NAME_|DNS_)|unknown? host|主机名的服务器/i, 'dns'],
  [/ERR_(?:CERT_|SSL_)|\bssl\b|TLS handshake/i, 'tls'],
  [/ERR_INTERNET_DISCONNECTED|断开与互联网|appears to be offline|network is down|Underlying Transport/i, 'offline'],
  [/ERR_TOO_MANY_REDIRECTS|max redirect/i, 'too-many-redirects'],
  [/time(?:d)?[ _]?out|超时|逾時|Timer Expired/i, 'timeout'],
  [/max file size|file storage limit/i, 'too-large'],
  [/exceed max|max .*count|create too much/i, 'too-many-tasks'],
  [/\bERR_|网络连接已中断|未能连接到服务器|connection was lost|could not connect/i, 'connection'],
  [/Invalid Http ?(?:Code|Status)|WebSocket is not connected|taskID not exist/i, 'connection'],
  [/\babort/i, 'aborted'],
  [/file (?:doesn't exist|not found)|getParentFile failed|no such file/i, 'invalid-argument'],
];

// Words inside an address say nothing about the failure: `https://ssl.example.com/timeout` is neither.
const ADDRESS = /[a-z][a-z0-9+.-]*:\/\/[^\s"<>]*/gi;

/** Names a failure: by errno where that is certain, else by its text, never by equality. */
export function codeOfFailure({ errno, errMsg }: Partial<WxFailure>): NetworkErrorCode {
  const text = typeof errMsg === 'string' ? errMsg.replace(ADDRESS, '') : '';
  const byErrno = typeof errno === 'number' ? CODE_OF_ERRNO[errno] : undefined;
  const byText = CODE_OF_TEXT.find(([pattern]) => pattern.test(text))?.[1];
  // 600003 stands for both "called in the background" and "cut by it"; the wording of the first is unmistakable.
  if (byErrno === 'interrupted' && byText === 'background') return byText;
  return byErrno ?? byText ?? 'unknown';
}

/** Makes the platform's failure into the library's error. Takes whatever a cache manager or an old client may hand over. */
export function classifyFailure(failure: WxFailure, call: CallDetails): NetworkError {
  const given: Partial<Record<keyof WxFailure, unknown>> = failure ?? {};
  const errno = typeof given.errno === 'number' ? given.errno : undefined;
  const errMsg = typeof given.errMsg === 'string' ? given.errMsg : undefined;
  const code = codeOfFailure({ errno, ...(errMsg !== undefined && { errMsg }) });
  const words = errMsg || 'the platform gave no reason';
  // iOS cuts all calls when the connection changes; that is an interruption, but not the background's.
  const rule = /cancel all task/i.test(words) ? undefined : ruleOf(code, call.api);
  return new NetworkError(hideSecrets(words, call.url), {
    ...call,
    code,
    rule,
    phase: 'attempt',
    errno,
    errMsg: errMsg === undefined ? undefined : hideSecrets(errMsg, call.url),
    cause: failure,
  });
}

function ruleOf(code: NetworkErrorCode, api: string): RuleId | undefined {
  if (code === 'interrupted') return 'BG-1';
  if (code === 'background') return 'BG-2';
  if (code === 'timeout') return 'TIME-1';
  if (code === 'domain-not-allowed') return 'DOM-1';
  if (code !== 'too-many-tasks') return undefined;
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
