import type { CallRecord } from './call-record.js';
import type { TimeSpent } from './explain.js';
import { pathOf } from './shown-url.js';

/** The sentence of `explain`, in Chinese. */
export function explainInChinese(record: CallRecord, spent: readonly TimeSpent[]): string {
  const { method, url, durationMs, outcome } = record;
  const took = outcome === 'pending' ? '已用' : '用了';
  const where = spent.map((part) => `${whereabouts(record, part)} ${time(part.ms)}`).join('，');
  const parts = [
    `${method} ${pathOf(url)} ${took} ${time(durationMs)}${where && `：${where}`}`,
    again(record),
    end(record),
  ];
  return `${parts.filter((part) => part !== '').join('；')}。`;
}

function whereabouts(record: CallRecord, { activity }: TimeSpent): string {
  const { queuedBehind, runningThen, overtaken, heldBy, client, api, sharedWith } = record;
  switch (activity) {
    case 'intercepting':
      if (sharedWith !== undefined) return `等${other(sharedWith)}的结果`;
      return '在自己的拦截器里（登录，或重试前的等待）';
    case 'waiting': {
      if (queuedBehind === undefined) return '在平台自己的队列里排队（LIM-2）';
      const behind = queuedBehind === 0 ? '' : `，前面有 ${queuedBehind} 个`;
      const passed = overtaken === 0 ? '' : `，被插队 ${overtaken} 次`;
      return `排队（LIM-2：当时有 ${runningThen} 个在跑${behind}${passed}）`;
    }
    case 'held':
      if (heldBy[0] === 'network') return '没有网络或网络太差，被暂扣';
      return heldBy.length > 0 && !heldBy.includes('background')
        ? `被 requestQueue.pause('${heldBy.join("', '")}') 暂扣`
        : '切到后台被暂扣（BG-2）';
    case 'sending':
      return api === 'uploadFile' ? '上传文件' : '连接并发出请求';
    case 'answering':
      return record.attempts.some(({ profile }) => profile) || client !== 'http$'
        ? '等服务端返回'
        : '网络传输和服务端处理';
    case 'receiving':
      return '接收返回体';
    default:
      return '解码返回体';
  }
}

function again({ attempts, droppedAttempts, replays }: CallRecord): string {
  const sent = attempts.length + droppedAttempts;
  if (sent < 2) return '';
  const failed = attempts.find(({ outcome }) => outcome === 'failed')?.error;
  const because = replays > 0 ? `被后台中断 ${replays} 次（BG-1）` : failed ? `失败过：${failed.code}` : '由拦截器重试';
  return `共发送 ${sent} 次，${because}`;
}

function end({ outcome, error, cancelledBy, answeredFrom, sharedWith, attempts }: CallRecord): string {
  const rule = error?.rule ? `（${error.rule}）` : '';
  switch (outcome) {
    case 'pending':
      return '还没结束';
    case 'completed':
      return attempts.length > 0 ? '' : notSent(answeredFrom, sharedWith);
    case 'refused':
      return `被拒绝${rule}：${error?.what ?? ''}`;
    case 'cancelled':
      if (cancelledBy === 'page') return '页面卸载时取消';
      return cancelledBy === 'deadline' ? `超过时限：${error?.what ?? ''}` : '调用方取消订阅';
    default:
      return `失败：${error?.code ?? 'unknown'}${rule}：${error?.what ?? ''}`;
  }
}

function notSent(from: CallRecord['answeredFrom'], sharedWith: CallRecord['sharedWith']): string {
  switch (from) {
    case 'shared':
      return typeof sharedWith === 'number'
        ? `没有发送，与请求 ${sharedWith} 共享结果`
        : '没有发送，与另一个请求共享结果';
    case 'memory':
      return '没有发送，结果来自内存';
    case 'storage':
      return '没有发送，结果来自本地存储';
    case 'prefetch':
      return '没有发送，结果来自平台的数据预拉取';
    case 'interceptor':
      return '没有发送，由拦截器直接返回';
    default:
      return '';
  }
}

function other(sharedWith: CallRecord['sharedWith']): string {
  return typeof sharedWith === 'number' ? `内容相同的请求 ${sharedWith} ` : '另一个内容相同的请求';
}

function time(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} 秒`;
}
