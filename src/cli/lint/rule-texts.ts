import type { Said } from '../language.js';

/** A rule, and what to do where it is broken. */
export interface RuleText {
  readonly rule: Said;
  readonly remedy: Said;
}

/** What each rule says, for `--explain` and for SARIF. */
export const RULE_TEXTS: { readonly [rule: string]: RuleText } = {
  'DOM-1': text(
    'Only configured domains may be called, and each API has a list of its own.',
    '只能访问已配置的域名，每个接口各有自己的列表。',
    'Add scheme and host, without a path, to the list of the API that makes the call.',
    '把协议和主机名（不带路径）加到发起调用的接口的列表里。',
  ),
  'DOM-2': text(
    'Calls use https, and sockets wss.',
    '请求必须使用 https，WebSocket 必须使用 wss。',
    'Give the server a certificate, and write https:// or wss:// in the source.',
    '为服务器配置证书，并在源码中写 https:// 或 wss://。',
  ),
  'DOM-3': text(
    'An IP address and localhost can be neither configured nor called; neighbours on the local network need no entry.',
    'IP 地址和 localhost 不能配置，也不能访问；局域网内其他设备的地址不需要配置。',
    'Use a domain; while developing, your computer by its address on the local network.',
    '使用域名；开发时可使用电脑的局域网地址。',
  ),
  'DOM-4': text(
    'An entry with a port allows exactly that port.',
    '带端口的配置只允许这个端口。',
    'Write the port in the URL, or add an entry without one.',
    '在 URL 中写出端口，或再添加一个不带端口的域名。',
  ),
  'DOM-5': text(
    'An entry without a port allows no URL that names one, not even :443.',
    '不带端口的配置不允许 URL 带端口，连 :443 也不行。',
    'Take the port off the URL, or add an entry with it.',
    '去掉 URL 中的端口，或添加带端口的域名。',
  ),
  'DOM-6': text(
    'A domain needs an ICP filing.',
    '域名必须完成 ICP 备案。',
    'No code can know of it: look the domain up at https://beian.miit.gov.cn.',
    '代码无法得知，请在 https://beian.miit.gov.cn 查询。',
  ),
  'DOM-7': text(
    'api.weixin.qq.com can be neither configured nor called.',
    'api.weixin.qq.com 不能配置，也不能在小程序里调用。',
    'Let your server call it: the AppSecret is safe only there.',
    '由你的服务器调用；AppSecret 只能放在服务器上。',
  ),
  'DOM-8': text(
    'A domain covers neither its subdomains nor its parent, and there are no wildcards.',
    '域名既不覆盖子域名，也不覆盖父域名，不支持通配符。',
    'List each subdomain that is called.',
    '逐个列出要访问的子域名。',
  ),
  'LAN-1': text(
    'On the local network other devices may be called, but not the device itself.',
    '局域网内可以访问其他设备，但不能访问设备自己。',
    'Use the address of your computer on the local network.',
    '使用电脑的局域网地址。',
  ),
  'TCP-1': text(
    'TCP sockets reach the local network and configured domains, and no port below 1024, from 8000 to 8100, or of a usual server such as 3306.',
    'TCP 只能连接局域网和已配置的域名，且不能连接 1024 以下、8000 到 8100 以及 3306 等常见服务的端口。',
    'Let your server listen on another port, such as 9000.',
    '让服务器监听其他端口，例如 9000。',
  ),
  'TIME-1': text(
    'The longest timeout is 60 000 ms.',
    '超时时间最长 60000 毫秒。',
    'Write 60000 or less.',
    '写 60000 或更小的值。',
  ),
  'TIME-2': text(
    'networkTimeout has four members: request, connectSocket, uploadFile, downloadFile.',
    'networkTimeout 有四项：request、connectSocket、uploadFile、downloadFile。',
    'Write a positive number of milliseconds under one of these names.',
    '在其中一个名字下写正数（毫秒）。',
  ),
  'public-suffix': text(
    'An entry is a domain that somebody can own, under a top-level domain that exists.',
    '配置的应是可以注册的域名，且顶级域名存在。',
    'Write the whole name.',
    '请写完整的域名。',
  ),
  'list-size': text(
    'A list has at most 200 entries.',
    '每个列表最多 200 个域名。',
    'Bring some servers behind one host.',
    '把部分服务合并到同一个域名下。',
  ),
  duplicate: text('An entry stands in a list once.', '同一个域名只需配置一次。', 'Take one out.', '删除一个。'),
  config: text(
    'rx-miniprogram.config.* holds the lists as they are configured in the console.',
    'rx-miniprogram.config.* 里是后台配置的域名列表。',
    "Put it right, or let 'rx-miniprogram lint --fix' write it.",
    "请改正，或用 'rx-miniprogram lint --fix' 生成。",
  ),
  'url-check': text(
    'With urlCheck off the developer tools check no domain.',
    'urlCheck 关闭时，开发者工具不校验合法域名。',
    'Set it to true, so that a missing domain is seen before a phone sees it.',
    '改为 true，这样不必等到真机才发现缺少域名。',
  ),
  lost: text(
    'The address of this call is known only when the app runs.',
    '这个调用的地址只有运行时才知道。',
    "Add its domain by hand, or see it with 'rx-miniprogram run'.",
    "请手动添加它的域名，或用 'rx-miniprogram run' 查看。",
  ),
  source: text(
    'A file was not read, or not as source.',
    '文件没有读取，或没有作为源码分析。',
    'Save it as UTF-8; split it, or lint what it was built from.',
    '保存为 UTF-8；拆分文件，或检查构建前的源码。',
  ),
};

function text(rule: string, ruleZh: string, remedy: string, remedyZh: string): RuleText {
  return { rule: { en: rule, zh: ruleZh }, remedy: { en: remedy, zh: remedyZh } };
}
