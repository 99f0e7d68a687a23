import { classifyFailure, codeOfFailure } from '../../src/platform/classify-failure.js';
import type { NetworkErrorCode } from '../../src/platform/network-error.js';
import type { WxFailure } from '../../src/platform/wx.js';

/** discoveries/failures.md#words-met-in-the-field: what the systems below the platform say. */
const WORDS: { readonly [Code in NetworkErrorCode]?: readonly string[] } = {
  dns: [
    'getaddrinfo ENOTFOUND api.example.com',
    'getaddrinfo EAI_AGAIN api.example.com',
    'Failed to resolve the host name.',
    'Couldn’t resolve host name',
  ],
  offline: [
    '网络不可用',
    'request:fail 当前无网络',
    '無網路',
    'request:fail no network',
    'The network is not available',
    'connect ENETUNREACH 10.0.0.1:443',
  ],
  connection: [
    'connect ECONNREFUSED 127.0.0.1:80',
    'read ECONNRESET',
    'write EPIPE',
    'socket hang up',
    'okhttp3.internal.http2.StreamResetException: stream was reset: CANCEL',
    'java.io.EOFException: \\n not found: limit=0 content=…',
    'java.net.SocketException: Software caused connection abort',
    'cannot parse response',
    '无法解析响应',
    '服务器意外地断开了连接。',
    '与服务器的连接已断开',
    'Invalid server response.',
    'No content returned by the server.',
    'Server returned nothing (no headers, no data)',
    'Failed to send data to the peer.',
    'Failure when receiving data from the peer',
    'net::ERR_NETWORK_CHANGED',
  ],
  tls: [
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'net::ERR_BAD_SSL_CLIENT_AUTH_CERT',
    'CLEARTEXT communication to api.example.com not permitted by network security policy',
    'The resource could not be loaded because the App Transport Security policy requires the use of a secure connection.',
    '安全连接失败',
  ],
  timeout: ['connect ETIMEDOUT 10.0.0.1:443', 'Operation timeout.', 'java.net.SocketTimeoutException: Read timed out'],
  aborted: ['net::ERR_ABORTED', 'java.io.IOException: Canceled'],
  'domain-not-allowed': ['https://api.example.com 不在合法域名列表中'],
  'too-many-tasks': [
    '最多同时存在 5 个 WebSocket 连接',
    'the maximum request connections exceeds 10',
    '超过最大并发数',
  ],
  'too-many-redirects': ['java.net.ProtocolException: Too many follow-up requests: 21', 'HTTP 重定向过多'],
  'too-large': ['downloadFile:fail 文件大小超过限制', 'Maximum file size exceeded.', 'response body too large'],
  'invalid-url': ['不支持的 URL', '无效的URL'],
};

describe('[K4.2] the words of the systems below the platform', () => {
  it.each(Object.entries(WORDS).flatMap(([code, all]) => all.map((errMsg) => ({ code, errMsg }))))(
    'read as $code: $errMsg',
    ({ code, errMsg }) => {
      expect(codeOfFailure({ errMsg })).toBe(code);
      expect(codeOfFailure({ errMsg: `request:fail ${errMsg}`, errno: 600001 })).toBe(code);
    },
  );

  it.each<[string, unknown]>([
    ['a text', 'request:fail timeout'],
    ['an error', new Error('request:fail timeout')],
    ['an object with a message', { message: 'request:fail timeout', errno: undefined }],
  ])('[K4.2] of a wrapper that fails with %s are read', (_title, failure) => {
    const { code, what, cause } = classifyFailure(failure as WxFailure, { api: 'request', url: '' });

    expect({ code, cause }).toEqual({ code: 'timeout', cause: failure });
    expect(what).toContain('request:fail timeout; ');
  });
});
