import type { NetworkErrorCode } from '../../platform/network-error.js';
import type { Language, Said } from '../language.js';
import { refusalText } from '../lint/refusal-text.js';
import { visible } from '../terminal/visible.js';
import type { NoAnswer } from './send.js';
import type { DomainRefusal } from '../../platform/domain-rule.js';

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
  'too-large': { en: 'ask for less at once', zh: '请分批请求' },
};

const REDIRECTED: Said = {
  en: 'a redirect led to a host that is not in the list: answer without it, or add that host: --domain <https://host>',
  zh: '重定向到了不在列表中的域名：请不要重定向，或添加该域名：--domain <https://域名>',
};
const HERE: Said = { en: 'here: --domain <https://host>', zh: '在此命令中可用 --domain <https://域名>' };

/** Rule, number, reason and fix of a call that got no answer. */
export function errorLines(
  { code, rule, errno, errMsg, refusal }: NoAnswer,
  domainRefusal: { readonly url: string; readonly refusal: DomainRefusal } | undefined,
  language: Language,
): string[] {
  const [reason, advice] = split(refusal ?? errMsg);
  const shown =
    domainRefusal && language === 'zh' ? refusalText('request', domainRefusal.url, domainRefusal.refusal).zh : reason;
  const listable = code === 'domain-not-allowed' && /^DOM-[1458]$/.test(rule ?? '');
  const fix =
    code === 'domain-not-allowed' && refusal === undefined
      ? REDIRECTED[language]
      : [advice, listable ? HERE[language] : undefined].filter((part) => part !== undefined).join('; ') ||
        FIXES[code]?.[language];
  const none = language === 'zh' ? '（没有违反平台规则）' : '(none: no rule of the platform was broken)';
  return [
    `error   ${code}`,
    `rule    ${rule ?? none}`,
    `errno   ${errno ?? '(none)'}`,
    `reason  ${visible(shown)}`,
    `fix     ${visible(fix ?? (language === 'zh' ? '（未知）' : '(not known)'))}`,
  ];
}

/** The rules' sentences say what happened, and after the last semicolon what to do. */
function split(what: string): readonly [reason: string, advice: string | undefined] {
  const at = what.lastIndexOf('; ');
  return at === -1 ? [what, undefined] : [what.slice(0, at), what.slice(at + 2)];
}
