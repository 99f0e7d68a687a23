import { worded, type Dialect } from '../../../src/simulator/rules/dialect.js';
import type { Failure } from '../../../src/simulator/rules/failure.js';

const FAILURES: Readonly<Record<string, Failure>> = {
  domain: {
    kind: 'not-in-domain-list',
    refusal: { rule: 'DOM-1', problem: 'not-listed', api: 'request', seen: 'https://a.example.com' },
  },
  timeout: { kind: 'timeout' },
  abort: { kind: 'abort' },
  interrupted: { kind: 'interrupted' },
  full: { kind: 'too-many-tasks' },
  offline: { kind: 'offline' },
  refused: { kind: 'wire', cause: 'refused' },
  name: { kind: 'wire', cause: 'tls-name' },
};

describe('dialect', () => {
  it.each<[Dialect, string, string, number | undefined]>([
    ['android-cronet', 'domain', 'request:fail url not in domain list', 600002],
    ['android-cronet', 'timeout', 'request:fail timeout', 5],
    ['android-cronet', 'abort', 'request:fail abort', undefined],
    ['android-cronet', 'interrupted', 'request:fail interrupted', 600003],
    ['android-cronet', 'full', 'request:fail exceed max task count', 600007],
    ['android-cronet', 'offline', 'request:fail -106:net::ERR_INTERNET_DISCONNECTED', 600001],
    ['android-cronet', 'refused', 'request:fail -102:net::ERR_CONNECTION_REFUSED', 600001],
    ['android-cronet', 'name', 'request:fail -200:net::ERR_CERT_COMMON_NAME_INVALID', 600001],
    ['ios-cronet', 'timeout', 'request:fail timeout', 5],
    [
      'ios-cronet',
      'refused',
      'request:fail errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED',
      600001,
    ],
    ['ios-old', 'domain', 'request:fail url not in domain list', undefined],
    ['ios-old', 'timeout', 'request:fail 请求超时。', undefined],
    ['ios-old', 'interrupted', 'request:fail:interrupted', undefined],
    ['ios-old', 'offline', 'request:fail 似乎已断开与互联网的连接。', undefined],
    ['ios-old', 'refused', 'request:fail 未能连接到服务器。', undefined],
    ['ios-old', 'name', 'request:fail 发生了SSL错误，无法建立与该服务器的安全连接。', undefined],
    ['devtools', 'timeout', 'request:fail timeout', undefined],
    ['devtools', 'refused', 'request:fail net::ERR_CONNECTION_REFUSED', undefined],
    ['doubled-fail', 'interrupted', 'request:fail fail:network interrupted error', 600003],
    ['doubled-fail', 'full', 'request:fail fail:network exceed max task count', 600007],
    ['doubled-fail', 'timeout', 'request:fail fail:timeout', 5],
  ])('%s says of %s: %s, %p', (dialect, name, errMsg, errno) => {
    expect(worded('request', FAILURES[name] as Failure, dialect)).toEqual(
      errno === undefined ? { errMsg } : { errMsg, errno },
    );
  });

  it('names the API that failed', () => {
    expect(worded('uploadFile', { kind: 'interrupted' }, 'doubled-fail')).toEqual({
      errMsg: 'uploadFile:fail fail:network interrupted error',
      errno: 600003,
    });
    expect(worded('downloadFile', { kind: 'suspended' }, 'android-cronet').errMsg).toMatch(
      /^downloadFile:fail createDownloadTask:fail: jsapi has no permission/,
    );
  });
});
