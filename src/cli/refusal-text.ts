import type { ListEntry, ProblemName, Refusal } from '../platform/refusal.js';
import { ALL_WORDS } from '../platform/peer-refusal-words.js';
import { filledIn, refusalAdvice, refusalReason } from '../platform/refusal-words.js';
import type { Said } from './language.js';
import { wholeSuffixIn, writeWholeName } from './public-suffix.js';

/** What is wrong, in Chinese. What stands in braces is a field of the refusal. */
const WHAT: { readonly [Name in ProblemName]: string } = {
  character: '第 {at} 个字符是{seen}',
  relative: '缺少协议',
  'user-information': '主机名前有用户信息（…@）',
  'encoded-host': '主机名经过了百分号编码',
  'not-ascii': '主机名含有非 ASCII 字符',
  port: '端口 "{seen}" 不是 1 到 65535 的整数（不能有前导零）',
  'long-host': '主机名超过 253 个字符',
  'dot-at-end': '主机名以点结尾',
  label: '主机名的每一段应为 1 到 63 个字母、数字或中间的连字符，这里是 "{seen}"',
  'ip-form': '主机名 "{seen}" 是 IP 地址，但不是四段十进制的写法',

  'not-listed': '{seen} 不在 {api} 合法域名中',
  'other-list': '{seen} 在 {listedIn} 合法域名中，但每个接口各有自己的列表',
  'other-port': '{nearest} 只允许这个端口，这里是 {seen}',
  'port-written': '{nearest} 配置时没有端口，URL 也不能带端口，连 :443 也不行',
  subdomain: '{nearest} 不覆盖 {seen}：域名既不覆盖子域名，也不覆盖父域名',
  scheme: '{api} 只支持 {schemes}，这里是 {seen}',
  'forbidden-host': '{seen} 不能配置，也不能在小程序里调用',
  'one-label': '{seen} 不能配置：域名至少要有一个点',
  localhost: '{seen} 是手机自己',
  'outside-subnet': '{seen} 是设备所在子网以外的 IP 地址{subnet}',
  'own-address': '{seen} 是设备自己的地址',
  broadcast: '{seen} 是子网的广播地址',
  'forbidden-port': '平台不允许 TCP 连接端口 {seen}',

  'not-text': '应为字符串',
  wildcard: '不支持通配符',
  'entry-address': 'IP 地址和 localhost 不能配置',
  path: '不能带路径或参数',
};

const ADVICE: { readonly [Name in ProblemName]?: string } = {
  character: '请编码或删除',
  relative: '请以协议开头，例如 https://api.example.com',
  'user-information': '请删除',
  'encoded-host': '请直接写出主机名',
  'not-ascii': '请写成 xn-- 形式',
  'dot-at-end': '请去掉这个点',
  'forbidden-host': '请由你的服务器调用，AppSecret 只能放在服务器上',
  localhost: '请使用已配置的域名，或局域网内其他设备的地址',
  'outside-subnet': '请使用已配置的域名',
  'own-address': '请用局域网内其他设备的地址，例如电脑的局域网地址',
  broadcast: 'TCP 请连接其中一台设备，要发给所有设备请用 UDP',
  'forbidden-port': '请让服务器监听其他端口，例如 9000',
  wildcard: '请逐个列出要访问的子域名',
  'entry-address': '请删除；局域网地址不需要配置（LAN-1）',
};

/** What is wrong, in both languages. */
export function refusalText(refusal: Refusal): Said {
  const { problem, nearest } = refusal;
  const zh = filledIn(WHAT[problem], chinese(refusal));
  return {
    en: refusalReason(refusal, ALL_WORDS),
    zh: problem === 'not-listed' && nearest !== undefined ? `${zh}；最接近的是 ${nearest}` : zh,
  };
}

/** What to do about it, in both languages. */
export function refusalFix(refusal: Refusal): Said | undefined {
  const en = refusalAdvice(refusal, ALL_WORDS);
  if (en === undefined) return undefined;
  const { problem, write, add } = refusal;
  const suffix = wholeSuffixIn(write ?? add?.entry);
  if (suffix !== undefined) return writeWholeName(suffix);
  const zh = [
    !write && ADVICE[problem],
    write && `请写 ${write}`,
    add &&
      `${write === undefined ? '请' : ''}在 ${add.api} 合法域名中添加 ${add.entry}（小程序后台 → 开发 → 开发设置 → 服务器域名）`,
  ].filter((part) => part);
  return { en, zh: zh.join(add?.entry === write ? '，并' : '，或') };
}

/** The entry that is missing, where a list can have it. */
export function entryToAdd({ add }: Refusal): ListEntry | undefined {
  return wholeSuffixIn(add?.entry) === undefined ? add : undefined;
}

function chinese(refusal: Refusal): { readonly [name: string]: unknown } {
  const { problem, seen, at, schemes = [], subnet } = refusal;
  return {
    ...refusal,
    seen: problem === 'character' ? characterName(seen) : seen,
    // Readers count from 1.
    at: at === undefined ? undefined : at + 1,
    schemes: schemes.map((scheme) => `${scheme}://`).join(' 或 '),
    subnet: subnet === undefined ? '' : `（${subnet.replace('netmask unknown', '子网掩码未知')}）`,
  };
}

function characterName(character: string): string {
  if (character === '\\') return '反斜杠';
  if (character === ' ') return '空格';
  return ` U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
