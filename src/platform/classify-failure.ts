import { NetworkError, withoutSecrets, type NetworkErrorCode, type RuleId, type CallDetails } from './network-error.js';
import type { WxFailure } from './wx.js';

/** The errno that say for certain what failed (platform-facts.md §1.1). 600001 and the like only say where to read on. */
const ERRNOS: { readonly [Code in NetworkErrorCode]?: readonly number[] } = {
  aborted: [1, 603105],
  timeout: [5],
  'domain-not-allowed': [600002],
  interrupted: [600003],
  'too-many-tasks': [600007],
  'too-many-redirects': [600008],
  'invalid-url': [600009, 600011],
  'too-large': [602300, 603301, 1300202],
  decode: [602302],
  connection: [605103],
  'invalid-argument': [101, 1001, 1022, 600005, 600010, 603103, 603104, 603303, 1300002, 1300021, 1301000],
};

/** The clauses that a failure belongs to, whatever the API. */
const RULES: { readonly [Code in NetworkErrorCode]?: RuleId } = {
  interrupted: 'BG-1',
  background: 'BG-2',
  timeout: 'TIME-1',
  'domain-not-allowed': 'DOM-1',
};

/** Tolerant patterns over the wordings seen on phones (platform-facts.md §1.2), the unmistakable and the narrow ones first. */
const CODE_OF_TEXT: readonly (readonly [RegExp, NetworkErrorCode])[] = [
  [/runningState=suspend|suspend state/i, 'background'],
  [/not in (plugin's )?domain list|不在以下.*域名列表|connect fail: invalid address/i, 'domain-not-allowed'],
  [/parameter error|protocol must be|should not be/i, 'invalid-argument'],
  [/ERR_INVALID_URL|invalid url/i, 'invalid-url'],
  // EINTR of a TCP socket: nothing to do with the background.
  [/interrupted system call/i, 'connection'],
  [/interrupted|cancel all task/i, 'interrupted'],
  [/ERR_(?:NAME_|DNS_)|unknown? host|主机名的服务器/i, 'dns'],
  [/ERR_(?:CERT_|SSL_)|\bssl\b|TLS handshake/i, 'tls'],
  [/ERR_INTERNET_DISCONNECTED|断开与互联网|appears to be offline|network is down/i, 'offline'],
  [/ERR_TOO_MANY_REDIRECTS|max redirect/i, 'too-many-redirects'],
  [/time(?:d)?[ _]?out|超时|逾時|Timer Expired/i, 'timeout'],
  [/max file size|file storage limit/i, 'too-large'],
  [/exceed max|max .*count|create too much|task already exist/i, 'too-many-tasks'],
  [/\bERR_|网络连接已中断|未能连接到服务器|connection was lost|could not connect/i, 'connection'],
  // A server that is down or hangs up has the words of a phone without a network, which tells that otherwise.
  [
    /Invalid Http ?(?:Code|Status)|WebSocket is not connected|readyState is not OPEN|taskID not exist|Underlying Transport/i,
    'connection',
  ],
  [/\babort/i, 'aborted'],
  [/file (?:doesn't exist|not found)|getParentFile failed|no such file/i, 'invalid-argument'],
];

// Words inside an address say nothing about the failure: `https://ssl.example.com/timeout` is neither.
const ADDRESS = /[a-z][a-z0-9+.-]*:\/\/[^\s"<>]*/gi;

/** Names a failure: by errno where that is certain, else by its text, never by equality. */
export function codeOfFailure({ errno, errMsg }: Partial<WxFailure>): NetworkErrorCode {
  const text = typeof errMsg === 'string' ? errMsg.replace(ADDRESS, '') : '';
  const byErrno = (Object.keys(ERRNOS) as NetworkErrorCode[]).find((code) => ERRNOS[code]?.includes(errno as number));
  const byText = CODE_OF_TEXT.find(([pattern]) => pattern.test(text))?.[1];
  // 600003 stands for both "called in the background" and "cut by it"; the wording of the first is unmistakable.
  if (byErrno === 'interrupted' && byText === 'background') return byText;
  return byErrno ?? byText ?? 'unknown';
}

/** Makes the platform's failure into the library's error. Takes whatever a cache manager or an old client may hand over. */
export function classifyFailure(failure: WxFailure, call: CallDetails): NetworkError {
  const given: Partial<Record<keyof WxFailure, unknown>> = failure ?? {};
  const errno = typeof given.errno === 'number' ? given.errno : undefined;
  const errMsg = typeof given.errMsg === 'string' ? hideSecrets(given.errMsg, call.url) : undefined;
  const code = codeOfFailure(failure ?? {});
  // iOS cuts all calls when the connection changes; that is an interruption, but not the background's.
  const rule = /cancel all task/i.test(errMsg ?? '') ? undefined : ruleOf(code, call.api);
  const what = errMsg || 'the platform gave no reason';
  return new NetworkError(what, { ...call, code, rule, phase: 'attempt', errno, errMsg, cause: failure });
}

function ruleOf(code: NetworkErrorCode, api: string): RuleId | undefined {
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
