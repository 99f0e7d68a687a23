import { STATUS_CODES } from 'node:http';
import { redirectTarget } from '../../simulator/rules/redirect-target.js';
import { ownDomain } from '../request/own-domain.js';
import { addressChecks } from './address-checks.js';
import { bodyChecks } from './body-checks.js';
import { check, type Check } from './check.js';
import { findServer } from './dns.js';
import { hop, type Hop } from './hop.js';
import type { DoctorOptions, Server } from './server.js';
import { checkTls } from './tls.js';

const MAX_HOPS = 10;
const SLOW_MS = 1_000;

/** Asks for the URL, follows where it leads, and judges the last answer. */
export async function checkHttp(first: Server, options: DoctorOptions, http2: boolean): Promise<Check[]> {
  const checks: Check[] = [];
  let server = first;
  for (let hops = 0; ; hops++) {
    let answer: Hop;
    try {
      answer = await hop(server, options);
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      return [...checks, noAnswer(code || message)];
    }
    if (answer.upgraded) return [...checks, noAnswer('101, which nobody has asked for')];
    const target = redirectTarget(answer.status, answer.header.location, server.url);
    if (target === undefined) return [...checks, ...answerChecks(answer), http2Check(http2)];
    if (hops === MAX_HOPS) return [...checks, tooMany(hops)];

    // Without lists, the one entry that the first URL needs: another host is then another entry.
    const domains = options.domains ?? { request: ownDomain(first.url) };
    const refused = addressChecks(target, domains, 'request').find(({ verdict }) => verdict === 'bad');
    checks.push(redirectCheck(answer.status, target, refused));
    if (!/^https?:/.test(target) || !URL.canParse(target)) return checks;
    const found = await findServer(target, options);
    if (!found.server) return [...checks, ...found.checks];
    // Another host has a certificate of its own; of a good one nothing is to be said twice.
    if (found.server.secure && found.server.host !== server.host) {
      const tls = await checkTls(found.server, options);
      checks.push(...tls.checks.filter(({ verdict }) => verdict === 'bad' || verdict === 'warning'));
      if (!tls.connected) return checks;
    }
    server = found.server;
  }
}

function redirectCheck(status: number, target: string, refused: Check | undefined): Check {
  const what = [`${status} → ${target}`, `${status} → ${target}`] as const;
  if (!refused) return check('redirect', 'note', what, ['each hop costs a round trip', '每次重定向都多一次往返']);
  return check(
    'redirect',
    'bad',
    [`${what[0]}: [${refused.subject}] ${refused.what.en}`, `${what[1]}：[${refused.subject}] ${refused.what.zh}`],
    ['the target of a redirect must be listed too', '重定向的目标也必须在合法域名中'],
    refused.fix
      ? [`answer without it, or ${refused.fix.en}`, `请不要重定向，或${refused.fix.zh}`]
      : ['answer without it', '请不要重定向'],
  );
}

function answerChecks(answer: Hop): Check[] {
  const { status, firstByteMs } = answer;
  const shown = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const statusCheck =
    status < 400
      ? check('status', 'good', [shown, shown])
      : check(
          'status',
          status < 500 ? 'note' : 'warning',
          [shown, shown],
          ['wx.request calls success all the same (CB-1)', 'wx.request 仍然回调 success（CB-1）'],
          ['look at statusCode in success', '请在 success 中判断 statusCode'],
        );
  const ms = Math.round(firstByteMs);
  const time =
    ms < SLOW_MS
      ? check('first byte', 'good', [`${ms} ms`, `${ms} 毫秒`])
      : check(
          'first byte',
          'warning',
          [`after ${ms} ms`, `${ms} 毫秒`],
          [
            'on a mobile network it is slower still, and ten such calls block the rest (LIM-2)',
            '移动网络下更慢，十个这样的请求就会堵住其余请求（LIM-2）',
          ],
          ['make it faster, or answer in pieces (enableChunked)', '请优化，或分块应答（enableChunked）'],
        );
  return [statusCheck, time, ...bodyChecks(answer)];
}

function http2Check(http2: boolean): Check {
  if (http2) return check('HTTP/2', 'good', ['yes', '支持']);
  return check(
    'HTTP/2',
    'note',
    ['no', '不支持'],
    ['each of ten calls at once needs a connection of its own', '十个并发请求各需要一个连接'],
    ['switch it on, as in nginx: http2 on', '请启用，例如 nginx：http2 on'],
  );
}

function noAnswer(reason: string): Check {
  return check(
    'answer',
    'bad',
    [`none (${reason})`, `没有应答（${reason}）`],
    ['the call fails', '请求会失败'],
    ['look at the log of the server and of its proxy', '请查看服务器和代理的日志'],
  );
}

function tooMany(hops: number): Check {
  return check(
    'redirect',
    'bad',
    [`more than ${hops} in a row`, `连续重定向超过 ${hops} 次`],
    ['the call fails with errno 600008', '请求会以 errno 600008 失败'],
    ['look for a loop', '请检查是否循环重定向'],
  );
}
