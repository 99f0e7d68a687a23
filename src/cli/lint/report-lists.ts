import { DOMAIN_LIST_NAMES } from '../config/domain-list-name.js';
import type { Language } from '../language.js';
import type { Paint } from '../terminal/paint.js';
import { visible } from '../terminal/visible.js';
import type { ProposedEntry } from './proposal.js';
import type { ShownHost } from './shown-addresses.js';

/** More hosts are counted. */
const MAX_HOSTS = 10;

/** The lists that the source implies, with the place that each entry comes from. */
export function proposalLines(proposed: readonly ProposedEntry[], language: Language, paint: Paint): string[] {
  const zh = language === 'zh';
  if (proposed.length === 0) {
    return [
      zh
        ? '源码中没有能够跟踪到的网络调用，无法推断域名列表'
        : 'the source makes no call that could be followed: no list to propose',
      '',
    ];
  }
  const lines = [paint('strong', zh ? '按源码推断的域名列表：' : 'the lists that the source implies:')];
  for (const name of DOMAIN_LIST_NAMES) {
    for (const { entry, confidence, place } of proposed.filter(({ list }) => list === name)) {
      const sure = { certain: zh ? '确定' : 'certain', likely: zh ? '很可能' : 'likely' }[confidence];
      const at = `${visible(place.file)}:${place.line ?? 1}`;
      lines.push(
        `  ${name.padEnd(12)} ${visible(entry)}  ${paint(confidence === 'certain' ? 'good' : 'notice', sure)}  ${paint('faint', at)}`,
      );
    }
  }
  lines.push(
    `    ${paint('busy', '→')} ${zh ? "用 'rx-miniprogram lint --fix' 写入" : "'rx-miniprogram lint --fix' writes them"}`,
    '',
  );
  return lines;
}

/** What is only shown, a line for each host. */
export function shownLines(shown: readonly ShownHost[], language: Language, paint: Paint): string[] {
  const lines = shown
    .slice(0, MAX_HOSTS)
    .map((host) => paint('faint', language === 'zh' ? inChinese(host) : inEnglish(host)));
  const more = shown.length - MAX_HOSTS;
  if (more > 0) {
    lines.push(
      paint(
        'faint',
        language === 'zh' ? `……另有 ${more} 个主机（--json 列出全部）` : `… and ${more} more hosts (--json has all)`,
      ),
    );
  }
  return lines;
}

function inEnglish({ origin, pictures, pages, texts }: ShownHost): string {
  const counted = (count: number, noun: string): string[] =>
    count > 0 ? [`${count} ${noun}${count === 1 ? '' : 's'}`] : [];
  const parts = [...counted(pictures, 'picture'), ...counted(pages, 'page'), ...counted(texts, 'text')];
  const page = pages > 0 ? '; a <web-view> needs the business domains (业务域名)' : '';
  return `${parts.join(', ')} from ${visible(origin)}: ${pictures > 0 ? 'no list needed, unless downloaded' : 'no call was found'}${page}`;
}

function inChinese({ origin, pictures, pages, texts }: ShownHost): string {
  const counted = (count: number, noun: string): string[] => (count > 0 ? [`${count} ${noun}`] : []);
  const parts = [...counted(pictures, '张图片'), ...counted(pages, '个网页'), ...counted(texts, '处文本')];
  const page = pages > 0 ? '；<web-view> 需要配置业务域名' : '';
  return `${visible(origin)}：${parts.join('、')}，${pictures > 0 ? '只是展示，不需要配置（除非要下载）' : '没有发现调用'}${page}`;
}
