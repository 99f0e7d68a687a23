import { explain } from '../../src/inspect/explain.js';
import type { CallRecord } from '../../src/inspect/call-record.js';
import { answered, at, called, callOf, done, INTERRUPTED, OFFLINE, sent } from './told.js';

const REFUSED = { code: 'domain-not-allowed', rule: 'DOM-1', phase: 'check', what: 'list the host' } as const;
const LATE = { code: 'timeout', rule: 'TIME-1', phase: 'total', what: 'it took longer than totalMs' } as const;

const profile = { invokeStart: 1_000, requestEnd: 1_600, responseStart: 1_700, responseEnd: 2_000 };
const platformsQueue = {
  invokeStart: 1,
  queueStart: 1,
  queueEnd: 901,
  requestEnd: 902,
  responseStart: 990,
  responseEnd: 991,
};
const upload = { api: 'uploadFile', client: 'upload$', method: 'POST' } as const;

const RECORDS: readonly (readonly [record: CallRecord, en: string, zh: string])[] = [
  [
    callOf(called(0), at(0, 'held', { reason: 'network' }), sent(50), answered(50), ...done(50)),
    'GET /feed took 50 ms: 50 ms held while there was no network, or a weak one.',
    'GET /feed 用了 50 ms：没有网络或网络太差，被暂扣 50 ms。',
  ],
  [
    callOf(
      called(0),
      at(0, 'queued', { waiting: 12, running: 10 }),
      at(4_000, 'held', { reason: 'background' }),
      at(7_000, 'released', {}),
      sent(7_000),
      at(7_100, 'cut', { attempt: 1, error: INTERRUPTED }),
      at(7_100, 'replayed', { attempt: 1, replays: 1 }),
      sent(7_100, 2),
      answered(9_000, { attempt: 2 }),
      ...done(9_000, 2),
    ),
    'GET /feed took 9.0 s: 4.0 s in line behind 12 calls while 10 ran (LIM-2), 3.0 s held while the app was in the background (BG-2), 2.0 s on the wire and at the server; sent 2 times, because the background cut it once (BG-1).',
    'GET /feed 用了 9.0 秒：排队（LIM-2：当时有 10 个在跑，前面有 12 个） 4.0 秒，切到后台被暂扣（BG-2） 3.0 秒，网络传输和服务端处理 2.0 秒；共发送 2 次，被后台中断 1 次（BG-1）。',
  ],
  [
    callOf(called(0), sent(300), answered(1_300, { profile }), ...done(1_400)),
    "GET /feed took 1.4 s: 600 ms to connect and to send, 300 ms in the app's own interceptors (a login, or the pause before a retry), 300 ms to receive the body.",
    'GET /feed 用了 1.4 秒：连接并发出请求 600 ms，在自己的拦截器里（登录，或重试前的等待） 300 ms，接收返回体 300 ms。',
  ],
  [
    callOf(called(0), sent(0), answered(1_000, { profile: platformsQueue }), ...done(1_000)),
    "GET /feed took 1.0 s: 900 ms in the platform's own queue (LIM-2), 88 ms until the server answered.",
    'GET /feed 用了 1.0 秒：在平台自己的队列里排队（LIM-2） 900 ms，等服务端返回 88 ms。',
  ],
  [
    callOf(called(0), at(0, 'queued', { waiting: 0, running: 10 }), { ...sent(50), overtaken: 3 } as never),
    'GET /feed has taken 50 ms: 50 ms in line while 10 ran (LIM-2), overtaken 3 times; it is under way.',
    'GET /feed 已用 50 ms：排队（LIM-2：当时有 10 个在跑，被插队 3 次） 50 ms；还没结束。',
  ],
  [
    callOf(called(0), at(0, 'held', { reason: 'offline' }), sent(50), answered(60), ...done(90)),
    "GET /feed took 90 ms: 50 ms held by requestQueue.pause('offline'), 30 ms to decode the body.",
    "GET /feed 用了 90 ms：被 requestQueue.pause('offline') 暂扣 50 ms，解码返回体 30 ms。",
  ],
  [
    callOf(
      called(0, upload),
      sent(0),
      at(900, 'progress', { attempt: 1, percent: 100, bytes: 1, totalBytes: 1 }),
      at(1_000, 'attempt-failed', { attempt: 1, error: OFFLINE }),
      sent(1_000, 2),
      at(1_000, 'attempt-failed', { attempt: 2, error: OFFLINE }),
      at(1_000, 'failed', { error: OFFLINE }),
    ),
    'GET /feed took 1.0 s: 900 ms to send the file, 100 ms until the server answered; sent 2 times, because it failed with offline; it failed with offline: the phone has no network.',
    'GET /feed 用了 1.0 秒：上传文件 900 ms，等服务端返回 100 ms；共发送 2 次，失败过：offline；失败：offline：the phone has no network。',
  ],
  [
    callOf(called(0), at(0, 'refused', { error: REFUSED })),
    'GET /feed took 0 ms; it was refused (DOM-1): list the host.',
    'GET /feed 用了 0 ms；被拒绝（DOM-1）：list the host。',
  ],
  [
    callOf(called(0, { url: 'https://api.example.com' }), at(0, 'cancelled', { by: 'page' })),
    'GET / took 0 ms; it ended when its page was unloaded.',
    'GET / 用了 0 ms；页面卸载时取消。',
  ],
  [
    callOf(called(0), at(0, 'cancelled', { by: 'unsubscribed' })),
    'GET /feed took 0 ms; the caller left.',
    'GET /feed 用了 0 ms；调用方取消订阅。',
  ],
  [
    callOf(called(0), sent(0), at(900, 'cancelled', { by: 'deadline', error: LATE })),
    'GET /feed took 900 ms: 900 ms on the wire and at the server; its deadline passed: it took longer than totalMs.',
    'GET /feed 用了 900 ms：网络传输和服务端处理 900 ms；超过时限：it took longer than totalMs。',
  ],
  [
    callOf(called(0), at(0, 'completed', { from: 'interceptor', status: 200 })),
    'GET /feed took 0 ms; it was not sent: an interceptor had the answer.',
    'GET /feed 用了 0 ms；没有发送，由拦截器直接返回。',
  ],
  [
    callOf(called(0), at(0, 'shared', { with: 3 }), at(2_000, 'completed', { from: 'shared', status: 200 })),
    'GET /feed took 2.0 s: 2.0 s waiting for call 3, which asked for the same; it was not sent: it shared the answer of call 3.',
    'GET /feed 用了 2.0 秒：等内容相同的请求 3 的结果 2.0 秒；没有发送，与请求 3 共享结果。',
  ],
  [
    callOf(called(0), at(0, 'shared', { with: undefined })),
    'GET /feed has taken 0 ms; it is under way.',
    'GET /feed 已用 0 ms；还没结束。',
  ],
  [
    callOf(called(0), at(0, 'shared', { with: undefined }), at(0, 'completed', { from: 'shared', status: 200 })),
    'GET /feed took 0 ms; it was not sent: it shared the answer of another call.',
    'GET /feed 用了 0 ms；没有发送，与另一个请求共享结果。',
  ],
  ...(
    [
      ['memory', 'the answer was in memory', '结果来自内存'],
      ['storage', 'the answer was on the device', '结果来自本地存储'],
      ['prefetch', 'the platform had fetched the answer before', '结果来自平台的数据预拉取'],
    ] as const
  ).map(
    ([from, en, zh]) =>
      [
        callOf(called(0, { client: 'watch$' }), at(0, 'completed', { from, status: undefined })),
        `GET /feed took 0 ms; it was not sent: ${en}.`,
        `GET /feed 用了 0 ms；没有发送，${zh}。`,
      ] as const,
  ),
  [
    callOf(
      called(0, { url: 'not an address' }),
      sent(0),
      answered(10),
      sent(10, 2),
      answered(10, { attempt: 2 }),
      ...done(10, 2),
    ),
    'GET https://api.example.com/feed took 10 ms; sent 2 times, by an interceptor.'.replace(
      'https://api.example.com',
      '',
    ),
    'GET /feed 用了 10 ms；共发送 2 次，由拦截器重试。',
  ],
];

describe('explain', () => {
  it.each(RECORDS)('says where the time went %#', (record, en) => {
    expect(explain(record)).toBe(en);
  });

  it.each(RECORDS)('says the same in Chinese %#', (record, _, zh) => {
    expect(explain(record, 'zh')).toBe(zh);
  });

  it('shows what is no address as it is', () => {
    expect(explain(callOf(called(0, { url: 'feed' }), at(0, 'cancelled', { by: 'page' })))).toContain('GET feed took');
  });
});
