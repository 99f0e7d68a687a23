import type { AppReport, RecordedCall, RecordedError } from '../../miniprogram/app-record.js';
import { shownPlace } from '../../miniprogram/app-problem.js';
import type { SimulatorEvent } from '../../simulator/events.js';
import type { Language } from '../language.js';
import { refusalFix, refusalText } from '../refusal-text.js';
import type { Paint } from '../terminal/paint.js';
import { visible } from '../terminal/visible.js';

/**
 * What a run ends with, for people.
 *
 * @param hasLists - Whether there is a file that holds the domain lists.
 */
export function reportLines(report: AppReport, language: Language, paint: Paint, hasLists = true): string[] {
  const say = (en: string, zh: string) => (language === 'zh' ? zh : en);
  const { summary, calls, pages, standIns, unhandled, missing } = report;
  const lines = [countsOf(report, calls.filter(isAborted).length, say)];
  const section = (title: string, look: 'bad' | 'notice' | 'faint', entries: readonly string[]) => {
    if (entries.length > 0) lines.push('', paint(look, title), ...entries);
  };

  const told = (wanted: readonly RecordedCall[]) =>
    alike(wanted).flatMap(({ call, count }) => [
      `  ${paint('strong', call.rule ?? '-')}  ${call.method} ${visible(call.url)}${count > 1 ? ` ×${count}` : ''}`,
      `    ${visible(reasonOf(call, language) ?? call.detail ?? wordsOf(call))}`,
    ]);
  const ended = (outcome: RecordedCall['outcome']) => calls.filter((call) => call.outcome === outcome);
  const [aborted, fallen] = split(ended('failed'), isAborted);
  const [away, failed] = split(fallen, isUnreachable);
  const refused = ended('refused');
  const hint = !hasLists && refused.some(({ rule }) => rule === 'DOM-1') ? [withoutLists(say, paint)] : [];
  section(say('refused by a rule', '被规则拒绝'), 'bad', [...told(refused), ...hint]);
  const [visited, thrown] = split(report.errors, ({ withoutQuery }) => withoutQuery === true);
  section(say('thrown by the app', '小程序抛出的错误'), 'bad', thrown.map(errorLine));
  section(
    say('thrown by pages that were opened without their query', '未带参数打开的页面抛出的错误'),
    'notice',
    visited.map(errorLine),
  );
  section(say('failed', '失败'), 'notice', [...told(failed), ...unreachableLines(away, say, paint)]);
  section(say('cut, because the app was suspended', '因小程序被挂起而中断'), 'notice', told(ended('cut')));
  section(say('aborted by the app', '由小程序取消'), 'faint', aborted.map(calledLine));
  const slow = calls.filter((call) => call.slow && call.outcome === 'answered');
  section(
    say('slow', '较慢'),
    'notice',
    slow.map(({ method, url, durationMs = 0 }) => `  ${(durationMs / 1_000).toFixed(1)} s  ${method} ${visible(url)}`),
  );
  const behind = calls.filter(({ inBackground }) => inBackground).map(calledLine);
  section(say('called in the background', '在后台发起'), 'notice', summary.inBackground > 0 ? behind : []);
  section(
    say('pages', '页面'),
    'faint',
    pages.map(
      ({ path, calls: made }) => `  ${path}  ${say(made === 1 ? '1 call' : `${made} calls`, `${made} 次调用`)}`,
    ),
  );
  const kinds = {
    answered: '',
    declined: say(' (the user says no)', '（用户拒绝）'),
    scripted: say(' (as scripted)', '（按脚本回答）'),
  };
  section(
    say('answered by stand-ins, not by a phone', '由替身回答，并非真机'),
    'faint',
    standIns.length === 0
      ? []
      : [
          `  ${standIns.map(({ api, kind, count }) => `${api}${kinds[kind]}${count > 1 ? ` ×${count}` : ''}`).join(', ')}`,
        ],
  );
  section(
    say('failures that nobody handled', '没有代码处理的失败'),
    'faint',
    unhandled.map(({ errMsg, count }) => `  ${visible(errMsg)}${count > 1 ? ` ×${count}` : ''}`),
  );
  section(
    say('not here', '缺少'),
    'faint',
    missing.map((what) => `  ${visible(what)}`),
  );
  return lines;
}

type Say = (en: string, zh: string) => string;

/** @param aborted - Of those that failed, how many the app itself has ended: a page was left, a search was overtaken. */
function countsOf(
  { summary: { calls, answered, refused, failed: ended, cut, open } }: AppReport,
  aborted: number,
  say: Say,
): string {
  const failed = ended - aborted;
  const more = (count: number, en: string, zh: string) =>
    count > 0 ? say(`, ${count} ${en}`, `，${count} ${zh}`) : '';
  return (
    say(
      `${calls} ${calls === 1 ? 'call' : 'calls'}: ${answered} answered, ${refused} refused by a rule, ${failed} failed`,
      `共 ${calls} 次调用：${answered} 次有应答，${refused} 次被规则拒绝，${failed} 次失败`,
    ) +
    more(aborted, 'aborted by the app', '次由小程序取消') +
    more(cut, 'cut', '次中断') +
    more(open, 'not ended', '次未结束')
  );
}

/** Calls that one sentence tells of. */
function alike(calls: readonly RecordedCall[]) {
  const groups = new Map<string, { readonly call: RecordedCall; count: number }>();
  for (const call of calls) {
    const key = `${call.rule ?? ''} ${call.method} ${call.url.replace(/[?#][^]*/, '')} ${call.detail ?? ''} ${call.reason ?? ''}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { call, count: 1 });
  }
  return [...groups.values()];
}

/** What the app was told, and what the desk knows beside that. */
function wordsOf({ errMsg = '', reason }: RecordedCall): string {
  return reason === undefined ? errMsg : `${errMsg} (${reason})`;
}

const calledLine = ({ method, url }: RecordedCall) => `  ${method} ${visible(url)}`;

const isAborted = ({ outcome, errMsg = '' }: RecordedCall) => outcome === 'failed' && /:fail abort$/.test(errMsg);

const isUnreachable = ({ errMsg = '' }: RecordedCall) =>
  /NAME_NOT_RESOLVED|CONNECTION_REFUSED|ADDRESS_UNREACHABLE|could not be found|[Cc]ould not connect/.test(errMsg);

/** The lists of an app stand in its source, perhaps; what is asked here is the copy of the console's. */
function withoutLists(say: Say, paint: Paint): string {
  const what = say(
    'there is no rx-miniprogram.config.* here or above, so every list is empty; in the folder of the source,',
    '这里和上级文件夹里都没有 rx-miniprogram.config.*，所以每份域名列表都是空的；请在源码所在的文件夹执行',
  );
  const then = say('writes it', '生成');
  return `  ${paint('busy', '→')} ${what} 'rx-miniprogram lint --fix' ${then}`;
}

/** A server that is not there is told of once, however often it was called. */
function unreachableLines(calls: readonly RecordedCall[], say: Say, paint: Paint): string[] {
  const hosts = new Map<string, RecordedCall[]>();
  for (const call of calls) {
    const host = /^\w+:\/\/([^/?#]+)/.exec(call.url)?.[1] ?? call.url;
    hosts.set(host, [...(hosts.get(host) ?? []), call]);
  }
  return [...hosts].flatMap(([host, all]) => [
    `  ${paint('strong', visible(host))}  ${say(all.length === 1 ? '1 call' : `${all.length} calls`, `${all.length} 次调用`)}  ${visible(all[0]?.errMsg ?? '')}`,
    `    ${say('where is this server? say it by', '服务器在哪里？可用')} --map ${host.replace(/:\d+$/, '')}=127.0.0.1:8443${say(', or answer for it by', '，或代为回答')} --mock answers.json`,
  ]);
}

function errorLine({ message, place }: RecordedError): string {
  return `  ${visible(place && !message.startsWith(place.file) ? `${shownPlace(place)}: ${message}` : message)}`;
}

/** The simulator speaks English, and knows no public suffixes; of addresses the command says it. */
function reasonOf({ refusal }: RecordedCall, language: Language): string | undefined {
  if (!refusal) return undefined;
  const parts = [refusalText(refusal)[language], refusalFix(refusal)?.[language]];
  return parts.filter((part) => part !== undefined).join(language === 'zh' ? '；' : '; ');
}

function split<T>(list: readonly T[], first: (one: T) => boolean): readonly [T[], T[]] {
  return [list.filter(first), list.filter((one) => !first(one))];
}

/** One event in a line, for `--trace`. */
export function traceLine(event: SimulatorEvent, startedAt: number): string {
  const { at, type, ...rest } = event;
  const seconds = ((at - startedAt) / 1_000).toFixed(3).padStart(8);
  const { id, ...details } = rest as { readonly id?: number };
  const told = Object.entries(details)
    // What a refusal says, its detail says in words.
    .filter(([name, value]) => value !== undefined && name !== 'refusal')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
  // One line, whatever a key or a reason is.
  return visible(`${seconds} s  ${id === undefined ? '' : `#${id} `}${type}  ${told}`.trimEnd()).replaceAll(
    '\n',
    '\\n',
  );
}
