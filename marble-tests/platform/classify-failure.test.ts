import { classifyFailure, codeOfFailure as codeBySigns, type Signs } from '../../src/platform/classify-failure.js';
import { FILE_SIGNS } from '../../src/platform/file-signs.js';
import { NetworkError, type NetworkErrorCode } from '../../src/platform/network-error.js';
import { SOCKET_SIGNS } from '../../src/platform/socket-signs.js';
import type { WxFailure } from '../../src/platform/wx.js';

// Of one kind of call or another: a file's are not looked for in a request.
const ALL_SIGNS: Signs = [...FILE_SIGNS, ...SOCKET_SIGNS];
const codeOfFailure = (failure: Partial<WxFailure>) => codeBySigns(failure, ALL_SIGNS);

const CALL = { api: 'request', method: 'GET', url: 'https://api.example.com/v1' };

/** A title begins with the clause that a failure belongs to; many belong to none. */
const idOf = (clause: string) => (clause === '' ? 'it' : `[${clause}]`);

/** discoveries/failures.md#numbers: what an errno says whatever the words are. */
const BY_ERRNO: readonly (readonly [string, number, NetworkErrorCode])[] = [
  ['', 1, 'aborted'],
  ['TIME-1', 5, 'timeout'],
  ['', 101, 'invalid-argument'],
  ['', 1001, 'invalid-argument'],
  ['', 1022, 'invalid-argument'],
  ['DOM-1', 600002, 'domain-not-allowed'],
  ['BG-1', 600003, 'interrupted'],
  ['', 600005, 'invalid-argument'],
  ['LIM-2', 600007, 'too-many-tasks'],
  ['', 600008, 'too-many-redirects'],
  ['DOM-1', 600009, 'invalid-url'],
  ['', 600010, 'invalid-argument'],
  ['DOM-1', 600011, 'invalid-url'],
  ['', 602300, 'too-large'],
  ['ENC-1', 602302, 'decode'],
  ['', 603103, 'invalid-argument'],
  ['', 603104, 'invalid-argument'],
  ['', 603105, 'aborted'],
  ['', 603301, 'too-large'],
  ['', 603303, 'invalid-argument'],
  ['', 1300002, 'invalid-argument'],
  ['', 1300021, 'invalid-argument'],
  ['', 1300202, 'too-large'],
  ['', 1301000, 'invalid-argument'],
  ['', 605103, 'connection'],
];

/** discoveries/failures.md#words: what was seen, word for word, with the errno where one was seen. */
const SEEN: readonly (readonly [string, NetworkErrorCode, string, number?])[] = [
  ['DOM-1', 'domain-not-allowed', 'request:fail url not in domain list'],
  ['DOM-1', 'domain-not-allowed', 'request:fail url not in domain list:101.36.73.140'],
  ['DOM-1', 'domain-not-allowed', 'uploadFile:fail url not in domain list'],
  ['DOM-1', 'domain-not-allowed', 'downloadFile:fail url not in domain list'],
  ['DOM-1', 'domain-not-allowed', 'createSocketTask:fail url not in domain list'],
  ['DOM-1', 'domain-not-allowed', 'createSocketTask:fail wss url not in domain list'],
  ['DOM-1', 'domain-not-allowed', '不在以下 request 合法域名列表中，请参考文档：https://developers.weixin.qq.com/'],
  ['DOM-1', 'domain-not-allowed', 'connect fail: invalid address'],
  ['DOM-2', 'invalid-argument', 'request:fail request protocol must be http or https'],
  ['DOM-1', 'invalid-url', 'request:fail invalid url "api.example.com/v1"'],
  ['DOM-1', 'invalid-url', 'connectSocket:fail invalid url "ws:/push.example.com"'],
  ['DOM-1', 'invalid-url', 'request:fail -300:net::ERR_INVALID_URL', 600001],
  ['DOM-1', 'invalid-url', 'request:fail net::ERR_INVALID_URL'],
  ['', 'invalid-argument', 'request:fail parameter error: parameter.url should be String instead of Undefined;'],
  ['', 'invalid-argument', 'uploadFile:fail parameter error: parameter.filePath should be String instead of Null;'],
  ['', 'invalid-argument', 'request:fail parameter error: parameter.timeout should be Number instead of String;'],
  ['', 'invalid-argument', 'request:fail data should not be Function'],
  ['TIME-1', 'timeout', 'request:fail timeout'],
  ['TIME-1', 'timeout', 'downloadFile:fail timeout'],
  ['TIME-1', 'timeout', 'uploadFile:fail socket timeout'],
  ['TIME-1', 'timeout', 'request:fail -7:net::ERR_TIMED_OUT', 600001],
  ['TIME-1', 'timeout', 'request:fail -118:net::ERR_CONNECTION_TIMED_OUT', 600001],
  ['TIME-1', 'timeout', 'uploadFile:fail upload fail:-7:net::ERR_TIMED_OUT', 600001],
  ['TIME-1', 'timeout', 'uploadFile:fail 请求超时。'],
  ['TIME-1', 'timeout', 'request:fail 请求超时。'],
  ['TIME-1', 'timeout', 'request:fail 要求逾時。'],
  ['TIME-1', 'timeout', 'Timer Expired'],
  ['TIME-1', 'timeout', 'The total timed out'],
  ['', 'aborted', 'request:fail abort'],
  ['', 'aborted', 'uploadFile:fail abort'],
  ['', 'aborted', 'downloadFile:fail abort'],
  ['BG-1', 'interrupted', 'request:fail interrupted'],
  ['BG-1', 'interrupted', 'request:fail:interrupted'],
  ['BG-1', 'interrupted', 'request:fail createRequestTask:fail:interrupted'],
  ['BG-1', 'interrupted', 'uploadFile:fail interrupted', 600003],
  ['BG-1', 'interrupted', 'uploadFile:fail fail:network interrupted error', 600003],
  ['BG-1', 'interrupted', 'downloadFile:fail fail:network interrupted error'],
  [
    'BG-2',
    'background',
    'request:fail createRequestTask:fail: jsapi has no permission, event=createRequestTask, runningState=suspend, ' +
      'permissionMsg=permission ok, detail=network api interrupted in suspend state',
  ],
  [
    'BG-2',
    'background',
    'uploadFile:fail createUploadTask:fail: jsapi has no permission, event=createUploadTask, runningState=suspend, ' +
      'permissionMsg=permission ok, detail=network api interrupted in suspend state',
    600003,
  ],
  ['BG-2', 'background', 'request:fail network api interrupted in suspend state'],
  [
    'BG-2',
    'background',
    'downloadFile:fail createDownloadTask:fail: jsapi has no permission, event=createDownloadTask, runningState=suspend,',
    102,
  ],
  [
    'BG-1',
    'interrupted',
    'request:fail errcode:10011 cronet_error_code:0 error_msg:network change, cancel all task',
    600001,
  ],
  ['', 'offline', 'request:fail -106:net::ERR_INTERNET_DISCONNECTED', 600001],
  ['', 'offline', 'request:fail net::ERR_INTERNET_DISCONNECTED', 600001],
  ['', 'offline', 'request:fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED', 600001],
  ['', 'offline', 'request:fail 似乎已断开与互联网的连接。'],
  ['', 'connection', 'Underlying Transport Error'],
  // Apple's own words for NSURLErrorDomain, which old iOS clients hand through.
  ['', 'offline', 'request:fail The Internet connection appears to be offline.'],
  ['', 'connection', 'request:fail The network connection was lost.'],
  ['', 'connection', 'request:fail Could not connect to the server.'],
  ['', 'connection', 'request:fail 网络连接已中断。'],
  ['', 'connection', 'request:fail 未能连接到服务器。'],
  ['', 'timeout', 'request:fail The request timed out.'],
  ['', 'offline', 'request:fail network is down'],
  ['', 'dns', 'request:fail -105:net::ERR_NAME_NOT_RESOLVED', 600001],
  ['', 'dns', 'request:fail request unknow host error'],
  ['', 'dns', 'request:fail 未能找到使用指定主机名的服务器。'],
  ...(
    [
      [-102, 'CONNECTION_REFUSED'],
      [-101, 'CONNECTION_RESET'],
      [-100, 'CONNECTION_CLOSED'],
      [-103, 'CONNECTION_ABORTED'],
      [-109, 'ADDRESS_UNREACHABLE'],
      [-15, 'SOCKET_NOT_CONNECTED'],
      [-324, 'EMPTY_RESPONSE'],
      [-130, 'PROXY_CONNECTION_FAILED'],
      [-355, 'INCOMPLETE_CHUNKED_ENCODING'],
      [-2, 'FAILED'],
    ] as const
  ).flatMap(
    ([number, name]) =>
      [
        ['', 'connection', `request:fail ${number}:net::ERR_${name}`, 600001],
        ['', 'connection', `request:fail net::ERR_${name}`],
        ['', 'connection', `request:fail errcode:${number} cronet_error_code:${number} error_msg:net::ERR_${name}`],
        ['', 'connection', `uploadFile:fail upload fail:${number}:net::ERR_${name}`, 600001],
      ] as const,
  ),
  ['', 'tls', 'request:fail -200:net::ERR_CERT_COMMON_NAME_INVALID', 600001],
  ['', 'tls', 'request:fail -201:net::ERR_CERT_DATE_INVALID', 600001],
  ['', 'tls', 'request:fail -202:net::ERR_CERT_AUTHORITY_INVALID', 600001],
  ['', 'tls', 'request:fail -113:net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 600001],
  ['', 'tls', 'request:fail -107:net::ERR_SSL_PROTOCOL_ERROR', 600001],
  ['', 'tls', 'request:fail ssl hand shake error'],
  ['', 'tls', 'request:fail 发生了SSL错误，无法建立与该服务器的安全连接。'],
  ['', 'tls', 'TLS handshake failed'],
  // discoveries/failures.md#words-met-in-the-field, and their neighbours: K4.2.
  ['', 'dns', 'request:fail Unable to resolve host "ssl.example.com": No address associated with hostname'],
  ['', 'dns', 'request:fail A server with the specified hostname could not be found.'],
  ['', 'dns', 'request:fail java.net.UnknownHostException: ssl.example.com'],
  ['', 'dns', 'uploadFile:fail 找不到具有指定主機名稱的伺服器。'],
  ['', 'connection', 'request:fail request connect error'],
  ['', 'connection', 'request:fail 无法连接到服务器。'],
  ['', 'connection', 'request:fail 無法連接伺服器。'],
  ['', 'connection', 'request:fail 網路連線中斷。'],
  ['', 'connection', 'request:fail Software caused connection abort'],
  ['', 'connection', 'request:fail Connection reset by peer'],
  ['', 'connection', 'request:fail unexpected end of stream on https://ssl.example.com/...'],
  ['', 'connection', 'request:fail failed to connect to ssl.example.com/1.2.3.4 (port 443)'],
  ['', 'timeout', 'request:fail failed to connect to ssl.example.com/1.2.3.4 (port 443) after 15000ms'],
  ['', 'timeout', 'request:fail java.net.SocketTimeoutException: connect timed out'],
  ['', 'offline', 'request:fail Network is unreachable'],
  ['', 'offline', 'uploadFile:fail 網際網路連線似乎中斷。'],
  ['', 'tls', 'request:fail javax.net.ssl.SSLHandshakeException: Chain validation failed'],
  ['', 'tls', 'request:fail Trust anchor for certification path not found.'],
  ['', 'tls', 'request:fail Hostname api.example.com not verified'],
  ['', 'tls', 'request:fail The certificate for this server is invalid.'],
  ['', 'tls', 'request:fail 此服务器的证书无效。你可能正在连接到一个伪装成“timeout.example.com”的服务器'],
  ['', 'too-many-redirects', 'request:fail too many HTTP redirects'],
  ['', 'invalid-url', 'request:fail unsupported URL'],
  ['', 'aborted', 'request:fail cancelled'],
  // Other spellings of the same.
  ['', 'connection', "request:fail Couldn't connect to server"],
  ['', 'connection', 'request:fail Could not connect to the server.'],
  ['', 'connection', 'request:fail 连接被重置'],
  ['', 'connection', 'request:fail 软件导致连接中止'],
  ['', 'timeout', 'request:fail connect ETIMEDOUT 1.2.3.4:443'],
  ['', 'timeout', 'request:fail Time-out'],
  ['', 'aborted', 'request:fail 已取消'],
  ['ENC-1', 'decode', 'request:fail response data convert to utf8 fail'],
  ['ENC-1', 'decode', 'request:fail response data convert to UTF-8 fail', 600000],
  ...(
    [
      [-999, 'aborted'],
      [-1000, 'invalid-url'],
      [-1001, 'timeout'],
      [-1003, 'dns'],
      [-1004, 'connection'],
      [-1005, 'connection'],
      [-1006, 'dns'],
      [-1009, 'offline'],
      [-1011, 'connection'],
      [-1020, 'offline'],
      [-1022, 'tls'],
      [-1200, 'tls'],
      [-1202, 'tls'],
    ] as const
  ).flatMap(
    ([number, code]) =>
      [
        ['', code, `uploadFile:fail 未能完成操作。（kCFErrorDomainCFNetwork错误 ${number}。）`],
        ['', code, `uploadFile:fail The operation couldn’t be completed. (kCFErrorDomainCFNetwork error ${number}.)`],
        ['', code, `uploadFile:fail Error Domain=NSURLErrorDomain Code=${number} "未能连接到服务器。"`],
        // The number decides, whatever the words in front of it say.
        ['', code, `uploadFile:fail 网络连接已中断。（kCFErrorDomainCFNetwork错误 ${number}。）`, 600001],
      ] as const,
  ),
  ['', 'tls', 'TLS handshake timed'],
  ['LIM-2', 'too-many-tasks', 'request:fail exceed max task count'],
  ['LIM-2', 'too-many-tasks', 'downloadFile:fail fail:network exceed max task count', 600007],
  ['LIM-3', 'too-many-tasks', 'createSocketTask:fail wcwss taskID=9 exceed max concurrent count'],
  ['LIM-3', 'too-many-tasks', 'connectSocket:fail fail reach max websocket connect count 5'],
  ['TCP-1', 'too-many-tasks', 'create too much'],
  ['', 'too-many-redirects', 'request:fail -310:net::ERR_TOO_MANY_REDIRECTS', 600001],
  ['', 'too-many-redirects', 'request:fail network reach the max redirect count'],
  ['', 'too-large', 'downloadFile:fail exceed max file size'],
  ['', 'too-large', 'downloadFile:fail the maximum size of the file storage limit is exceeded', 1300202],
  ['', 'invalid-argument', "uploadFile:fail file doesn't exist"],
  ['', 'invalid-argument', 'uploadFile:fail fail file not found'],
  ['', 'invalid-argument', 'readFile:fail no such file or directory, open wxfile://tmp_a.png'],
  ['', 'invalid-argument', 'downloadFile:fail getParentFile failed'],
  ['', 'connection', 'open fail: _code:20,_msg:Invalid HTTP status.'],
  ['', 'connection', 'Invalid HttpCode'],
  ['', 'connection', 'sendSocketMessage:fail WebSocket is not connected'],
  ['', 'connection', 'closeSocket:fail wcwss taskID not exist'],
  ['TCP-1', 'connection', 'connect socket fail: errno:4 errmsg:Interrupted system call'],
  ['', 'unknown', 'uploadFile:fail null'],
  ['', 'unknown', 'uploadFile:fail undefined'],
  ['', 'unknown', 'request:fail', 600000],
  ['', 'unknown', 'request:fail network logic error', 600004],
  ['', 'unknown', ''],
];

// Objects, because Jest would hand a test that takes more arguments than a row has its `done`.
const BY_WORDS = SEEN.map(([clause, code, errMsg, errno]) => ({ id: idOf(clause), code, errMsg, errno }));

describe('codeOfFailure', () => {
  it.each(BY_ERRNO.map(([clause, errno, code]) => ({ id: idOf(clause), errno, code })))(
    '$id reads errno $errno as $code, whatever the words',
    ({ errno, code }) => {
      expect(codeOfFailure({ errno, errMsg: 'request:fail' })).toBe(code);
      expect(codeOfFailure({ errno, errMsg: 'request:fail net::ERR_NAME_NOT_RESOLVED' })).toBe(code);
      expect(codeOfFailure({ errno })).toBe(code);
    },
  );

  it.each(BY_WORDS)('$id reads as $code: $errMsg', ({ code, errMsg, errno }) => {
    expect(codeOfFailure({ errno, errMsg })).toBe(code);
  });

  it.each(BY_WORDS.filter(({ errno, code }) => errno !== undefined && code !== 'unknown'))(
    '$id reads as $code without the errno, as in the developer tools: $errMsg',
    ({ code, errMsg }) => {
      expect(codeOfFailure({ errMsg })).toBe(code);
    },
  );

  it('[BG-2] tells the two meanings of 600003 apart by the words', () => {
    expect(codeOfFailure({ errno: 600003, errMsg: 'request:fail … runningState=suspend' })).toBe('background');
    expect(codeOfFailure({ errno: 600003, errMsg: 'request:fail timeout' })).toBe('interrupted');
  });

  it('believes any other errno, whatever the words', () => {
    expect(codeOfFailure({ errno: 5, errMsg: 'request:fail … runningState=suspend' })).toBe('timeout');
    expect(codeOfFailure({ errno: '5' as never })).toBe('unknown');
  });

  it.each([
    ['it', 'unknown', 'https://ssl.example.com/timeout'],
    ['[DOM-1]', 'invalid-url', 'request:fail invalid url "https://ssl.example.com/timeout?abort=interrupted"'],
    ['[DOM-1]', 'invalid-url', 'request:fail invalid url "ssl.example.com/a timeout"'],
    ['[DOM-1]', 'domain-not-allowed', 'request:fail url not in domain list:interrupted.example.com'],
    ['[DOM-1]', 'invalid-url', 'request:fail Invalid URL "ssl.example.com/timeout"'],
    ['it', 'connection', 'request:fail net::ERR_CONNECTION_REFUSED https://ssl.example.com/timeout'],
  ])('%s is not misled by the words of a URL: %s, %s', (_id, code, errMsg) => {
    expect(codeOfFailure({ errMsg })).toBe(code);
  });
});

/** Everything that an error tells. */
// The cause is there, but is not printed along with the rest.
const told = (error: NetworkError) => ({ ...error, cause: error.cause, message: error.message });

describe('classifyFailure', () => {
  it('[BG-1] tells the whole story of an interrupted call', () => {
    const failure = { errno: 600003, errMsg: 'request:fail interrupted' };
    const error = classifyFailure(failure, CALL);

    expect(error).toBeInstanceOf(NetworkError);
    expect(told(error)).toEqual({
      name: 'NetworkError',
      code: 'interrupted',
      rule: 'BG-1',
      what: 'request:fail interrupted; try again, if that is safe',
      api: 'request',
      method: 'GET',
      url: 'https://api.example.com/v1',
      phase: 'attempt',
      errno: 600003,
      errMsg: 'request:fail interrupted',
      cause: failure,
      message:
        'interrupted [BG-1]: request:fail interrupted; try again, if that is safe (GET https://api.example.com/v1)',
    });
    expect(error.cause).toBe(failure);
  });

  it('tells what little the developer tools say', () => {
    const failure = { errMsg: 'downloadFile:fail timeout' };

    expect(told(classifyFailure(failure, { api: 'downloadFile', url: 'https://img.example.com/a.png' }))).toEqual({
      name: 'NetworkError',
      code: 'timeout',
      what: 'downloadFile:fail timeout; try again, if that is safe, or give it more time',
      api: 'downloadFile',
      url: 'https://img.example.com/a.png',
      rule: 'TIME-1',
      phase: 'attempt',
      errMsg: 'downloadFile:fail timeout',
      cause: failure,
      message:
        'timeout [TIME-1]: downloadFile:fail timeout; try again, if that is safe, or give it more time (https://img.example.com/a.png)',
    });
  });

  it.each([
    ['BG-1', 'request', 'request:fail interrupted'],
    ['BG-2', 'request', 'request:fail … runningState=suspend'],
    ['DOM-1', 'request', 'request:fail url not in domain list'],
    ['LIM-2', 'request', 'request:fail exceed max task count'],
    ['LIM-2', 'uploadFile', 'uploadFile:fail exceed max task count'],
    ['LIM-2', 'downloadFile', 'downloadFile:fail fail:network exceed max task count'],
    ['LIM-3', 'connectSocket', 'createSocketTask:fail wcwss taskID=9 exceed max concurrent count'],
    ['LIM-3', 'connectSocket', 'connectSocket:fail exceed max task count'],
  ])('[%s] is named by %s: %s', (rule, api, errMsg) => {
    expect(classifyFailure({ errMsg }, { ...CALL, api }).rule).toBe(rule);
  });

  it('[BG-1] is not blamed for a change of network', () => {
    const errMsg = 'request:fail errcode:10011 cronet_error_code:0 error_msg:network change, cancel all task';
    const error = classifyFailure({ errno: 600001, errMsg }, CALL);

    expect([error.code, error.rule]).toEqual(['interrupted', undefined]);
  });

  it('[LIM-2] is not blamed for too many TCP sockets', () => {
    expect(classifyFailure({ errMsg: 'create too much' }, { ...CALL, api: 'createTCPSocket' }).rule).toBeUndefined();
  });

  it.each([
    [
      'the URL of the call',
      'https://u:S3CRET@a.com/x?t=S3CRET',
      'request:fail invalid url "https://u:S3CRET@a.com/x?t=S3CRET"',
      '"https://a.com/x"',
    ],
    [
      'a URL with spaces',
      'https://a.com/x y?t=S3CRET z',
      'request:fail invalid url "https://a.com/x y?t=S3CRET z"',
      '"https://a.com/x y"',
    ],
    [
      'a URL with data put behind it',
      'https://a.com/x',
      'request:fail invalid url "https://a.com/x?t=S3CRET&u=S3CRET"',
      '"https://a.com/x"',
    ],
    [
      'a URL as the platform encodes it',
      'https://a.com/你?t=S3CRET',
      'request:fail invalid url "https://a.com/%E4%BD%A0?t=S3CRET"',
      '"https://a.com/%E4%BD%A0"',
    ],
    ['a URL without a scheme', 'a.com/x?t=S3CRET', 'request:fail invalid url "a.com/x?t=S3CRET"', '"a.com/x"'],
    [
      'a URL with a query and more behind it',
      'https://a.com/x?t=1',
      'request:fail invalid url "https://a.com/x?t=1&u=S3CRET"',
      '"https://a.com/x"',
    ],
    [
      'a URL with a space and data behind it',
      'https://a.com/x y',
      'request:fail invalid url "https://a.com/x y?t=S3CRET"',
      '"https://a.com/x y"',
    ],
    [
      'a query with commas and quotes',
      'https://a.com/x',
      "request:fail invalid url https://a.com/z?t='1',S3CRET;S3CRET",
      'https://a.com/z',
    ],
    [
      'the URL of a redirect',
      'https://a.com/x',
      'request:fail not reached https://u:S3CRET@b.com/y?t=S3CRET, sorry',
      'https://b.com/y',
    ],
    [
      'a URL twice',
      'https://a.com/?S3CRET',
      'fail https://a.com/?S3CRET and https://a.com/?S3CRET',
      'https://a.com/ and https://a.com/',
    ],
    ['no URL', 'https://a.com/?S3CRET', 'request:fail timeout', 'timeout'],
  ])("takes the secrets out of %s in the platform's words", (_what, url, errMsg, shown) => {
    const error = classifyFailure({ errMsg }, { ...CALL, url });

    expect(error.what).toContain(shown);
    expect(error.message + error.what + String(error.url)).not.toContain('S3CRET');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an empty object', {}],
    ['no prototype', Object.create(null)],
    ['words that are no text', { errMsg: { toString: null } }],
    ['words that are a number', { errMsg: 5 }],
    ['an errno that is no number', { errno: 'constructor' }],
    ['an errno that is a text', { errno: '5' }],
    ['an errno that is null', { errno: null }],
  ])('makes an error of %s', (_what, failure) => {
    expect(told(classifyFailure(failure as WxFailure, CALL))).toEqual({
      name: 'NetworkError',
      code: 'unknown',
      what: 'the platform gave no reason; see errno, errMsg and cause',
      api: 'request',
      method: 'GET',
      url: 'https://api.example.com/v1',
      phase: 'attempt',
      ...(failure !== undefined && { cause: failure }),
      message: 'unknown: the platform gave no reason; see errno, errMsg and cause (GET https://api.example.com/v1)',
    });
  });

  it('takes only what hangs on the address for its data', () => {
    const error = classifyFailure({ errMsg: `request:fail ${CALL.url}?S3CRET timeout, why? &c. #1` }, CALL);

    expect(error.what).toBe(
      'request:fail https://api.example.com/v1 timeout, why? &c. #1; try again, if that is safe, or give it more time',
    );
    expect(classifyFailure({ errMsg: `request:fail ${CALL.url} why?` }, CALL).what).toBe(
      'request:fail https://api.example.com/v1 why?; see errno, errMsg and cause',
    );
  });

  it('reads a call without a URL', () => {
    expect(
      classifyFailure({ errMsg: 'request:fail invalid url "", what? & why#' }, { ...CALL, url: '' }),
    ).toMatchObject({
      code: 'invalid-url',
      what: 'request:fail invalid url "", what? & why#; correct the URL',
      url: '',
    });
  });
});
