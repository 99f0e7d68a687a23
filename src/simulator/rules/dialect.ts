import type { WxFailure } from '../../platform/wx.js';
import type { WireFailureKind } from '../wires/wire.js';
import type { Failure, PlainKind } from './failure.js';
import { NOT_BOUGHT } from './http-dns.js';

/**
 * Whose words the failures are in (discoveries/failures.md#words):
 *
 * | dialect | a refused connection |
 * | --- | --- |
 * | `android-cronet` | `request:fail -102:net::ERR_CONNECTION_REFUSED`, 600001 |
 * | `ios-cronet` | `request:fail errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED`, 600001; of an upload `uploadFile:fail 未能完成操作。（kCFErrorDomainCFNetwork错误 -1004。）` |
 * | `ios-old` | `request:fail 未能连接到服务器。`, no errno: before WeChat 8.0.3 |
 * | `devtools` | `request:fail net::ERR_CONNECTION_REFUSED`, no errno |
 * | `doubled-fail` | `request:fail fail:-102:net::ERR_CONNECTION_REFUSED`, 600001 |
 */
export type Dialect = 'android-cronet' | 'ios-cronet' | 'ios-old' | 'devtools' | 'doubled-fail';

interface Words {
  readonly detail: string;
  readonly errno?: number;
}

/** What `fail` is given: the failure in the words of a dialect. */
export function worded(api: string, failure: Failure, dialect: Dialect): WxFailure {
  const { detail, errno } = wordsOf(api, failure, dialect);
  // The parameters are checked in JavaScript, before any client has a say.
  if (failure.kind === 'parameter') return { errMsg: `${api}:fail ${detail}` };
  switch (dialect) {
    case 'devtools':
      return { errMsg: `${api}:fail ${detail}` };
    case 'ios-old':
      return {
        errMsg:
          failure.kind === 'interrupted'
            ? `${api}:fail:interrupted`
            : `${api}:fail ${OLD_IOS[keyOf(failure)] ?? detail}`,
      };
    case 'doubled-fail':
      return withErrno(`${api}:fail fail:${DOUBLED[keyOf(failure)] ?? detail}`, errno);
    default:
      return (
        (api === 'uploadFile' && uploadWords(failure, detail, dialect)) || withErrno(`${api}:fail ${detail}`, errno)
      );
  }
}

function wordsOf(api: string, failure: Failure, dialect: Dialect): Words {
  switch (failure.kind) {
    case 'not-in-domain-list':
      return { detail: `url not in ${failure.list ?? 'domain list'}`, errno: 600002 };
    case 'protocol':
      return { detail: 'request protocol must be http or https', errno: 600005 };
    case 'invalid-url':
      return { detail: `invalid url "${failure.url}"`, errno: 600009 };
    case 'parameter':
      return { detail: `parameter error: ${failure.detail}` };
    case 'data':
      return { detail: failure.detail, errno: 600010 };
    case 'file':
      return { detail: failure.detail, ...(failure.errno !== undefined && { errno: failure.errno }) };
    case 'abort':
      // The table has a number for downloads alone (discoveries/failures.md#numbers); the others' is not known (discoveries/open-questions.md).
      return api === 'downloadFile' ? { detail: 'abort', errno: 603105 } : { detail: 'abort' };
    case 'wire':
      return { detail: cronet(NET_ERRORS[failure.cause], dialect), errno: 600001 };
    case 'offline':
      return { detail: cronet([-106, 'INTERNET_DISCONNECTED'], dialect), errno: 600001 };
    case 'suspended':
      return { detail: inSuspendedState(api), errno: 600003 };
    default:
      return WORDS[failure.kind];
  }
}

const WORDS: { readonly [Kind in Exclude<PlainKind, 'offline' | 'suspended' | 'abort'> | 'header']: Words } = {
  timeout: { detail: 'timeout', errno: 5 },
  interrupted: { detail: 'interrupted', errno: 600003 },
  // No wording of its own has been seen before suspension; the errno table has one number for both (discoveries/failures.md#numbers).
  'in-background': { detail: 'interrupted', errno: 600003 },
  'too-many-tasks': { detail: 'exceed max task count', errno: 600007 },
  'too-many-redirects': { detail: 'network reach the max redirect count', errno: 600008 },
  'network-changed': {
    detail: 'errcode:10011 cronet_error_code:0 error_msg:network change, cancel all task',
    errno: 600001,
  },
  header: { detail: 'network argv error', errno: 600005 }, // The table's words (discoveries/failures.md#numbers); a phone's are not known.
  charset: { detail: 'response data convert to UTF8 fail', errno: 602302 },
  'too-large': { detail: 'native buffer exceed size limit', errno: 602300 },
  'file-too-large': { detail: 'exceed max file size', errno: 603301 },
  'file-empty': { detail: 'file data is empty', errno: 603302 },
  'http-dns': { detail: NOT_BOUGHT, errno: 602101 },
};

/** The numbers and names of Chromium's net errors. */
const NET_ERRORS: { readonly [Kind in WireFailureKind]: readonly [code: number, name: string] } = {
  failed: [-2, 'FAILED'],
  closed: [-100, 'CONNECTION_CLOSED'],
  reset: [-101, 'CONNECTION_RESET'],
  refused: [-102, 'CONNECTION_REFUSED'],
  dns: [-105, 'NAME_NOT_RESOLVED'],
  tls: [-107, 'SSL_PROTOCOL_ERROR'],
  unreachable: [-109, 'ADDRESS_UNREACHABLE'],
  'in-use': [-147, 'ADDRESS_IN_USE'],
  'tls-version': [-113, 'SSL_VERSION_OR_CIPHER_MISMATCH'],
  'tls-name': [-200, 'CERT_COMMON_NAME_INVALID'],
  'tls-date': [-201, 'CERT_DATE_INVALID'],
  'tls-authority': [-202, 'CERT_AUTHORITY_INVALID'],
  handshake: [-320, 'INVALID_RESPONSE'],
  empty: [-324, 'EMPTY_RESPONSE'],
  'content-coding': [-330, 'CONTENT_DECODING_FAILED'],
  incomplete: [-355, 'INCOMPLETE_CHUNKED_ENCODING'],
};

const OLD_IOS_TLS = '发生了SSL错误，无法建立与该服务器的安全连接。';

const OLD_IOS: { readonly [key: string]: string } = {
  timeout: '请求超时。',
  offline: '似乎已断开与互联网的连接。',
  dns: '未能找到使用指定主机名的服务器。',
  refused: '未能连接到服务器。',
  unreachable: '未能连接到服务器。',
  reset: '网络连接已中断。',
  closed: '网络连接已中断。',
  empty: '网络连接已中断。',
  incomplete: '网络连接已中断。',
  tls: OLD_IOS_TLS,
  'tls-version': OLD_IOS_TLS,
  'tls-name': OLD_IOS_TLS,
  'tls-date': OLD_IOS_TLS,
  'tls-authority': OLD_IOS_TLS,
};

const DOUBLED: { readonly [key: string]: string } = {
  interrupted: 'network interrupted error',
  'in-background': 'network interrupted error',
  'too-many-tasks': 'network exceed max task count',
};

/** By numbers of NSURLErrorDomain; what is not among them has no words of its own. */
const CF_NETWORK: { readonly [key: string]: number } = {
  timeout: -1001,
  dns: -1003,
  refused: -1004,
  unreachable: -1004,
  reset: -1005,
  closed: -1005,
  empty: -1005,
  incomplete: -1005,
  offline: -1009,
  'content-coding': -1016,
  tls: -1200,
  'tls-version': -1200,
  'tls-date': -1201,
  'tls-name': -1202,
  'tls-authority': -1202,
};

/**
 * Uploads go through another component than requests: NSURLSession on iOS, HttpURLConnection on Android
 * (discoveries/failures.md#words-met-in-the-field, discoveries/failures.md#words).
 */
function uploadWords(failure: Failure, detail: string, dialect: Dialect): WxFailure | undefined {
  const number = CF_NETWORK[keyOf(failure)];
  if (number === undefined) return undefined;
  if (dialect === 'ios-cronet') {
    return { errMsg: `uploadFile:fail 未能完成操作。（kCFErrorDomainCFNetwork错误 ${number}。）` };
  }
  return failure.kind === 'timeout'
    ? { errMsg: 'uploadFile:fail socket timeout', errno: 5 }
    : { errMsg: `uploadFile:fail upload fail:${detail}`, errno: 600001 };
}

function keyOf(failure: Failure): string {
  return failure.kind === 'wire' ? failure.cause : failure.kind;
}

function cronet([code, name]: readonly [number, string], dialect: Dialect): string {
  if (dialect === 'devtools') return `net::ERR_${name}`;
  if (dialect === 'ios-cronet') return `errcode:${code} cronet_error_code:${code} error_msg:net::ERR_${name}`;
  return `${code}:net::ERR_${name}`;
}

const TASK_OF_API: { readonly [api: string]: string } = {
  uploadFile: 'Upload',
  downloadFile: 'Download',
  connectSocket: 'Socket',
};

function inSuspendedState(api: string): string {
  const kind = TASK_OF_API[api] ?? 'Request';
  return (
    `create${kind}Task:fail: jsapi has no permission, event=create${kind}Task, runningState=suspend, ` +
    'permissionMsg=permission ok, detail=network api interrupted in suspend state'
  );
}

function withErrno(errMsg: string, errno: number | undefined): WxFailure {
  return errno === undefined ? { errMsg } : { errMsg, errno };
}
