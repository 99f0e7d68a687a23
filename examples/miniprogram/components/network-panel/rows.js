// Records as the view draws them: short texts, and no more of them than fit.
const { explain } = require('rx-miniprogram/inspect');

/**
 * @typedef {import('rx-miniprogram/inspect').CallRecord} CallRecord
 * @typedef {import('rx-miniprogram/inspect').SocketRecord} SocketRecord
 * @typedef {import('rx-miniprogram/inspect').NetworkRecord} NetworkRecord
 * @typedef {{ readonly name: string; readonly label: string; readonly ms: number }} Part
 * @typedef {{ readonly key: string; readonly title: string; readonly status: string; readonly time: string; readonly tone: string; readonly parts: readonly Part[] }} Row
 * @typedef {{ readonly key: string; readonly sentence: string; readonly url: string; readonly parts: readonly Part[] }} Detail
 */

/** @type {Readonly<Record<string, string>>} */
const LABELS = {
  intercepting: '拦截器',
  waiting: '排队',
  held: '暂扣',
  sending: '发送',
  answering: '等返回',
  receiving: '接收',
  decoding: '解码',
  connecting: '连接',
  open: '打开',
  down: '断开',
};
/** @type {Readonly<Record<string, string>>} */
const ENDINGS = { pending: '…', failed: '失败', refused: '被拒', cancelled: '取消', completed: '完成' };
/** @type {Readonly<Record<string, string>>} */
const TONES = { failed: 'bad', refused: 'bad', completed: 'good' };

/** @param {NetworkRecord} record */
const keyOf = ({ kind, id }) => `${kind}-${id}`;

/** A record that has not changed is the same object, and its row too: so it is seen what has to be drawn anew. */
/** @type {WeakMap<NetworkRecord, Row>} */
const rows = new WeakMap();

/**
 * @param {NetworkRecord} record
 * @returns {Row}
 */
function rowOf(record) {
  const row = rows.get(record) || (record.kind === 'call' ? rowOfCall(record) : rowOfSocket(record));
  rows.set(record, row);
  return row;
}

/**
 * @param {CallRecord} record
 * @returns {Row}
 */
function rowOfCall(record) {
  const { method, url, status, outcome, durationMs, error } = record;
  const isBadStatus = status !== undefined && status >= 400;
  const said = outcome === 'completed' || outcome === 'pending' ? status : error && (error.rule || error.code);
  return {
    key: keyOf(record),
    title: `${method} ${pathOf(url)}`,
    status: String(said || ENDINGS[outcome] || outcome),
    time: timeOf(durationMs),
    tone: isBadStatus ? 'bad' : TONES[outcome] || 'neutral',
    parts: partsOf(record),
  };
}

/**
 * @param {SocketRecord} record
 * @returns {Row}
 */
function rowOfSocket(record) {
  const { url, state, beganAtMs, lastAtMs, error } = record;
  return {
    key: keyOf(record),
    title: `WS ${pathOf(url)}`,
    status: LABELS[state] || '关闭',
    time: timeOf(lastAtMs - beganAtMs),
    tone: state === 'open' ? 'good' : error ? 'bad' : 'neutral',
    parts: partsOf(record),
  };
}

/**
 * @param {NetworkRecord} record
 * @returns {Detail}
 */
function detailOf(record) {
  const sentence = record.kind === 'call' ? explain(record, 'zh') : sentenceOfSocket(record);
  return { key: keyOf(record), sentence, url: record.url, parts: partsOf(record) };
}

/** @param {SocketRecord} record */
function sentenceOfSocket({ generation, incoming, outgoing, error }) {
  const counts = `连过 ${generation} 次；收到 ${incoming.messages} 条，${incoming.bytes} B；发出 ${outgoing.messages} 条，${outgoing.bytes} B`;
  return error ? `${counts}；${error.what}` : `${counts}。`;
}

/**
 * Where the time went.
 *
 * @param {NetworkRecord} record
 * @returns {Part[]}
 */
function partsOf(record) {
  /** @type {Map<string, number>} */
  const spent = new Map();
  if (record.kind === 'call') {
    for (const [name, ms] of Object.entries(record.phases)) if (ms > 0) spent.set(name, ms);
  } else {
    for (const { state, fromMs, toMs } of record.spans) spent.set(state, (spent.get(state) || 0) + toMs - fromMs);
  }
  return [...spent].map(([name, ms]) => ({ name, label: LABELS[name] || name, ms: Math.round(ms) }));
}

/** @param {string} url */
const pathOf = (url) => url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*/, '') || '/';

/** @param {number} ms */
const timeOf = (ms) => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

module.exports = { detailOf, keyOf, rowOf };
