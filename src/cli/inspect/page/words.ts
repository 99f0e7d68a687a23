import type { CallActivity, CallRecord } from '../../../inspect/call-record.js';
import type { SocketState } from '../../../inspect/socket-record.js';

export type Language = 'en' | 'zh';

/** All that the page says, in one language. */
export interface Words {
  readonly title: string;
  readonly search: string;
  readonly all: string;
  readonly failed: string;
  readonly slow: string;
  readonly cut: string;
  readonly pending: string;
  readonly sockets: string;
  readonly calls: string;
  readonly pause: string;
  readonly goOn: string;
  readonly clear: string;
  readonly saveHar: string;
  readonly openHar: string;
  readonly offline: string;
  readonly online: string;
  readonly hide: string;
  readonly show: string;
  readonly theme: string;
  readonly language: string;
  readonly wholeTime: string;
  readonly source: string;
  readonly connected: string;
  readonly disconnected: string;
  readonly wrongCode: string;
  readonly lost: string;
  readonly nothing: string;
  readonly nothingFits: string;
  readonly dropped: (count: number) => string;
  readonly shown: (count: number, of: number) => string;
  readonly number: string;
  readonly method: string;
  readonly address: string;
  readonly status: string;
  readonly waited: string;
  readonly took: string;
  readonly when: string;
  readonly picture: string;
  readonly app: string;
  readonly inFront: string;
  readonly inBackground: string;
  readonly network: string;
  readonly noNetwork: string;
  readonly places: string;
  readonly socketPlaces: string;
  readonly inLine: string;
  readonly why: string;
  readonly phases: string;
  readonly attempts: string;
  readonly attempt: (count: number) => string;
  readonly request: string;
  readonly answer: string;
  readonly headers: string;
  readonly body: string;
  readonly cutBody: (count: number) => string;
  readonly error: string;
  readonly rule: string;
  readonly platform: string;
  readonly close: string;
  readonly priority: string;
  /** Where an answer came from that was not sent for; empty for one that was. */
  readonly notSent: (from: CallRecord['answeredFrom'], sharedWith: CallRecord['sharedWith']) => string;
  readonly received: string;
  readonly messagesIn: string;
  readonly messagesOut: string;
  readonly connections: string;
  readonly retryIn: string;
  readonly keys: string;
  readonly activity: Readonly<Record<CallActivity, string>>;
  readonly socketState: Readonly<Record<SocketState, string>>;
  readonly outcome: Readonly<Record<string, string>>;
}

type Origins = Readonly<Record<NonNullable<CallRecord['answeredFrom']>, string>>;

const ENGLISH_ORIGINS: Origins = {
  network: '',
  interceptor: 'from an interceptor',
  shared: 'shared',
  memory: 'from memory',
  storage: 'from the device',
  prefetch: 'prefetched',
};

const CHINESE_ORIGINS: Origins = {
  network: '',
  interceptor: '拦截器作答',
  shared: '共享结果',
  memory: '来自内存',
  storage: '来自本地存储',
  prefetch: '来自数据预拉取',
};

const ENGLISH: Words = {
  title: 'Network',
  search: 'Search address, method, status, error',
  all: 'All',
  failed: 'Failed',
  slow: 'Over 1 s',
  cut: 'Cut',
  pending: 'Under way',
  sockets: 'Sockets',
  calls: 'Calls',
  pause: 'Pause',
  goOn: 'Go on',
  clear: 'Clear',
  saveHar: 'Save HAR',
  openHar: 'Open HAR',
  offline: 'Go offline',
  online: 'Go online',
  hide: 'To background',
  show: 'To front',
  theme: 'Light or dark',
  language: '中文',
  wholeTime: 'Whole time',
  source: 'Source',
  connected: 'connected',
  disconnected: 'gone',
  wrongCode: 'This address has no code, or a wrong one. Open the address that the terminal shows.',
  lost: 'The desk is gone. This page shows what it had, and connects again by itself.',
  nothing: 'No calls yet. They show up here as the app makes them.',
  nothingFits: 'No call fits.',
  dropped: (count) => `${count} older ones were dropped, for room`,
  shown: (count, of) => (count === of ? `${of} in all` : `${count} of ${of}`),
  number: '#',
  method: 'Method',
  address: 'Address',
  status: 'Status',
  waited: 'Waited',
  took: 'Took',
  when: 'Called',
  picture: 'Where the time went',
  app: 'App',
  inFront: 'in front',
  inBackground: 'in the background',
  network: 'Network',
  noNetwork: 'no network',
  places: '10 places',
  socketPlaces: '5 sockets',
  inLine: 'In line',
  why: 'Why did it take so long',
  phases: 'Where the time went',
  attempts: 'Sendings',
  attempt: (count) => `Sending ${count}`,
  request: 'Request',
  answer: 'Answer',
  headers: 'Header',
  body: 'Body',
  cutBody: (count) => `… and ${count} more`,
  error: 'Error',
  rule: 'Rule',
  platform: 'The platform said',
  close: 'Close',
  priority: 'Priority',
  notSent: (from, sharedWith) => {
    if (sharedWith !== undefined && from !== 'network')
      return sharedWith === 'unknown' ? 'shared' : `shared with #${sharedWith}`;
    return from === undefined ? '' : ENGLISH_ORIGINS[from];
  },
  received: 'Received',
  messagesIn: 'Messages in',
  messagesOut: 'Messages out',
  connections: 'Connections',
  retryIn: 'Next attempt in',
  keys: 'Keys: / search, ↑ ↓ select, Enter open, Esc close, p pause',
  activity: {
    intercepting: 'interceptors',
    waiting: 'waiting for a place',
    held: 'held',
    sending: 'sending',
    answering: 'waiting for the answer',
    receiving: 'receiving',
    decoding: 'decoding',
  },
  socketState: { waiting: 'waiting', connecting: 'connecting', open: 'open', down: 'down', closed: 'closed' },
  outcome: {
    pending: 'under way',
    completed: 'completed',
    failed: 'failed',
    refused: 'refused',
    cancelled: 'cancelled',
    running: 'under way',
    answered: 'answered',
    cut: 'cut by the background',
    left: 'left',
  },
};

const CHINESE: Words = {
  title: '网络',
  search: '搜索地址、方法、状态码、错误',
  all: '全部',
  failed: '失败',
  slow: '超过 1 秒',
  cut: '被切断',
  pending: '进行中',
  sockets: 'Socket',
  calls: '请求',
  pause: '暂停',
  goOn: '继续',
  clear: '清空',
  saveHar: '导出 HAR',
  openHar: '打开 HAR',
  offline: '断网',
  online: '恢复网络',
  hide: '切到后台',
  show: '回到前台',
  theme: '浅色或深色',
  language: 'English',
  wholeTime: '全部时间',
  source: '来源',
  connected: '已连接',
  disconnected: '已断开',
  wrongCode: '地址里没有配对码，或配对码不对。请打开终端里显示的地址。',
  lost: '连接已断开。页面保留已有内容，并会自动重连。',
  nothing: '还没有请求。小程序一发请求，这里就会出现。',
  nothingFits: '没有符合条件的请求。',
  dropped: (count) => `为腾出空间，丢弃了较早的 ${count} 条`,
  shown: (count, of) => (count === of ? `共 ${of} 条` : `${of} 条中的 ${count} 条`),
  number: '#',
  method: '方法',
  address: '地址',
  status: '状态',
  waited: '排队',
  took: '耗时',
  when: '发起',
  picture: '时间花在哪里',
  app: '小程序',
  inFront: '前台',
  inBackground: '后台',
  network: '网络',
  noNetwork: '无网络',
  places: '10 个名额',
  socketPlaces: '5 个 Socket',
  inLine: '排队数',
  why: '为什么这么久',
  phases: '时间花在哪里',
  attempts: '发送记录',
  attempt: (count) => `第 ${count} 次发送`,
  request: '请求',
  answer: '响应',
  headers: '头部',
  body: '内容',
  cutBody: (count) => `…… 还有 ${count} 个字符`,
  error: '错误',
  rule: '规则',
  platform: '平台原文',
  close: '关闭',
  priority: '优先级',
  notSent: (from, sharedWith) => {
    if (sharedWith !== undefined && from !== 'network')
      return sharedWith === 'unknown' ? '共享结果' : `与 #${sharedWith} 共享`;
    return from === undefined ? '' : CHINESE_ORIGINS[from];
  },
  received: '已接收',
  messagesIn: '收到消息',
  messagesOut: '发出消息',
  connections: '连接次数',
  retryIn: '距下次连接',
  keys: '快捷键：/ 搜索，↑ ↓ 选择，Enter 打开，Esc 关闭，p 暂停',
  activity: {
    intercepting: '拦截器',
    waiting: '等名额',
    held: '被扣住',
    sending: '发送',
    answering: '等响应',
    receiving: '接收',
    decoding: '解码',
  },
  socketState: { waiting: '等待', connecting: '连接中', open: '已连接', down: '已断开', closed: '已关闭' },
  outcome: {
    pending: '进行中',
    completed: '完成',
    failed: '失败',
    refused: '被拒绝',
    cancelled: '已取消',
    running: '进行中',
    answered: '已响应',
    cut: '被后台切断',
    left: '已离开',
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, zh: CHINESE };

/** `340 ms`, `2.10 s`, `1 min 3 s`. */
export function shownTime(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(2)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** `340 B`, `2.1 kB`, `3.4 MB`. */
export function shownSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
