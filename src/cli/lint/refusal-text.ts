import type { DomainApi } from '../../platform/domain-lists.js';
import type { DomainRefusal } from '../../platform/domain-rule.js';
import { FORBIDDEN_HOST, SCHEME_OF } from '../../platform/domain-lists.js';
import { originWith, scanUrl } from '../../platform/url-scan.js';
import type { Said } from '../language.js';

/** A refusal in both languages; the rules themselves speak English only. */
export function refusalText(api: DomainApi, url: string, { rule, detail, nearest }: DomainRefusal): Said {
  const scanned = scanUrl(url);
  if ('problem' in scanned) return { en: detail, zh: `无法与域名列表比较：${scanned.problem}` };
  const { host, origin } = scanned;
  const zh = {
    'DOM-1': `${origin} 不在 ${api} 合法域名中${nearest === undefined ? '' : `；最接近的是 ${nearest}`}`,
    'DOM-2': `${api} 只支持 ${SCHEME_OF[api]}://，这里是 ${origin}；应写 ${originWith(SCHEME_OF[api], scanned)}`,
    'DOM-3': `${host} 是 IP 地址或 localhost，真机上不能访问；请使用已配置的域名，或局域网内其他设备的地址`,
    'DOM-4': `${nearest ?? ''} 只允许这个端口，这里是 ${origin}`,
    'DOM-5': `${nearest ?? ''} 配置时没有端口，URL 也不能带端口，连 :443 也不行；请去掉 :${scanned.port ?? ''}`,
    'DOM-7': `${FORBIDDEN_HOST} 不能在小程序里调用；请由你的服务器调用，AppSecret 不能放在小程序里`,
    'DOM-8': `${nearest ?? ''} 不覆盖 ${host}：域名既不覆盖子域名，也不覆盖父域名`,
    'LAN-1': `${host} 是设备自己的地址；请用局域网内其他设备的地址`,
  } as const;
  // What to add is told beside it, as the fix.
  return { en: detail.replace(/(?:; |, (?:and|or) )add \S+ to the \w+ domains \([^)]*\)$/, ''), zh: zh[rule] };
}
