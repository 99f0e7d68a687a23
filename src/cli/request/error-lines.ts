import type { NetworkErrorCode } from '../../platform/network-error.js';
import type { Language, Said } from '../language.js';
import { entryToAdd, refusalFix, refusalText } from '../refusal-text.js';
import { visible } from '../terminal/visible.js';
import type { NoAnswer } from './send.js';

/** What to do, where the rule itself does not say. */
const FIXES: { readonly [Code in NetworkErrorCode]?: Said } = {
  tls: {
    en: 'let the server send its whole chain, for this name, from an authority that phones trust (rx-miniprogram doctor tells more); for one of your own: --ca <file>',
    zh: '让服务器发送完整的证书链，域名匹配，且由手机信任的机构签发（详见 rx-miniprogram doctor）；自建机构请用 --ca <文件>',
  },
  dns: { en: 'look at the name, and at your DNS', zh: '请检查域名和 DNS' },
  connection: {
    en: 'look whether the server runs, and listens on that port',
    zh: '请检查服务器是否运行，并监听该端口',
  },
  timeout: {
    en: 'make the server faster, or give it more time: --timeout <ms>, up to 60000 (TIME-1)',
    zh: '让服务器更快，或用 --timeout <毫秒> 给更多时间，最多 60000（TIME-1）',
  },
  offline: { en: 'connect to a network', zh: '请连接网络' },
  'too-many-redirects': {
    en: 'let the server answer at once, or redirect less often',
    zh: '让服务器直接应答，或减少重定向',
  },
  'invalid-argument': { en: 'mend what the reason names', zh: '请按原因修改' },
  'too-large': { en: 'ask for less at once', zh: '请分批请求' },
};

/** Rule, number, reason and fix of a call that got no answer. */
export function errorLines(failed: NoAnswer, language: Language): string[] {
  const { code, rule, errno } = failed;
  const none = language === 'zh' ? '（没有违反平台规则）' : '(none: no rule of the platform was broken)';
  return [
    `error   ${code}`,
    `rule    ${rule ?? none}`,
    `errno   ${errno ?? '(none)'}`,
    `reason  ${visible(reasonOf(failed, language))}`,
    `fix     ${visible(fixOf(failed, language) ?? (language === 'zh' ? '（未知）' : '(not known)'))}`,
  ];
}

function reasonOf({ errMsg, detail, refusal, redirected }: NoAnswer, language: Language): string {
  if (!refusal) return detail ?? errMsg;
  const reason = refusalText(refusal)[language];
  if (!redirected) return reason;
  return language === 'zh' ? `重定向的目标：${reason}` : `a redirect leads there: ${reason}`;
}

function fixOf({ code, refusal, redirected }: NoAnswer, language: Language): string | undefined {
  if (!refusal) return FIXES[code]?.[language];
  const add = entryToAdd(refusal);
  const zh = language === 'zh';
  const fixes = [
    redirected ? (zh ? '请让服务器不要重定向' : 'answer without the redirect') : undefined,
    refusalFix(refusal)?.[language],
    add && (zh ? `在此命令中可用 --domain ${add.entry}` : `here: --domain ${add.entry}`),
  ];
  return fixes.filter((fix) => fix).join(zh ? '；' : '; ');
}
