import type { HelpTexts } from '../help.js';

const LINT = `rx-miniprogram lint [路径 ...]    检查哪个域名没有配置，或配置有误

  读取 rx-miniprogram.config.json（或 .js、.mjs、.cjs、.ts）中的域名列表：

    { "domains": { "request": ["https://api.example.com"],
                   "socket":  ["wss://push.example.com"] } }

  并把源码中的地址跟踪到调用它的地方：不在列表里的是错误，只是展示的只计数。
  没有列表时，按源码推断。modify_domain、getwxadevinfo 的返回结果和第三方平台的
  "a.com;b.com" 写法都可以直接使用。

  路径             文件或文件夹；默认为小程序自己的源码
  --fix            先显示差异，再把缺少的域名写入配置文件
  --dry-run        只显示差异
  --json           输出一个 JSON 对象，供脚本使用；与 --format json 相同
  --format <名称>  text、json、sarif（2.1.0）、github（注解）
  --explain <规则> 某条规则说什么、怎么办，例如 --explain DOM-5
  --config <文件>  使用另一个配置文件

  某个 URL 不会被请求？在配置中写 "ignore": ["https://example.com/help"]，
  或在源码前一行写 // rx-miniprogram-ignore-next-line

退出码：0 没有错误，1 发现错误，2 参数有误。`;

const DOCTOR = `rx-miniprogram doctor <url ...>    检查服务器上会绊倒手机的问题

  从域名列表到应答正文逐项检查 https:// 或 wss:// 地址：域名与端口规则、DNS、
  TLS 版本、完整证书链、证书域名、有效期、每次重定向是否在列表中、状态码、
  首字节时间、声明与实际的编码、BOM、压缩、HTTP/2；wss 还检查握手。
  每项一行：现状、对手机的影响、如何解决。

  域名列表取自 rx-miniprogram.config.*；没有时只检查与列表无关的规则。

  --json                  输出一个 JSON 数组，供脚本使用
  --timeout <毫秒>        每一步的时限，默认 15000
  --ca <文件>             只信任这些 PEM 证书机构
  --resolve <host:port:address[:port]>
                          域名的实际地址，可重复
  --config <文件>         使用另一个配置文件

退出码：0 没有问题，1 发现问题，2 参数有误。`;

const REQUEST = `rx-miniprogram request <url>    按真机规则发送一个真实请求

  --method <方法>          默认 GET；有 --data 时为 POST
  --header <name: value>   可重复
  --data <文本>            请求正文，原样发送
  --domain <https://域名>  request 合法域名中的一项，可重复
                           （默认取 rx-miniprogram.config.*，否则取 URL 自身）
  --charset <编码>         应答的编码，例如 gbk（默认按应答声明）
  --timeout <毫秒>         默认 60000（TIME-1）
  --ca <文件>              只信任这些 PEM 证书机构
  --resolve <host:port:address[:port]>
                           域名的实际地址，可重复
  --config <文件>          使用另一个配置文件

退出码：0 有应答（任何状态码，CB-1），1 没有应答，2 参数有误。`;

const RUN = `rx-miniprogram run <文件夹>    按真机规则运行整个小程序

  不渲染界面，运行整个小程序：按平台的方式查找模块，执行页面和组件的生命周期，
  以模拟器作为 wx；域名和超时取自 rx-miniprogram.config.*、project.config.json
  和 app.json。也可以运行 Node.js 脚本（run app.mjs），模拟器是全局 wx。

  --page <路径?参数>     启动页面，默认为首页
  --visit-all            依次打开所有页面
  --script <文件>        用户的操作和预期结果，JSON：
                         [{ "open": "/pages/list/list" }, { "call": "onTap" },
                          { "hide": "6s" }, { "expect": "no refusal" }]
  --background 3s..12s   切到后台，再回到前台；可重复
  --offline [5s..8s]     断网：一直，或一段时间；可重复
  --phone android|ios|harmony|windows|mac|devtools
  --map <域名=地址[:端口]>
                         域名的实际地址，可重复
  --mock <文件>          代替服务器回答，JSON：
                         { "GET https://api.example.com/me": { "json": {} } }
  --for 30s              到时停止；默认运行到无事可做，或网络安静五秒
  --json                 输出一个 JSON 对象（version 1），供脚本使用
  --trace                实时显示所有网络事件
  --inspect              打开页面查看每个请求，按 Ctrl-C 结束；--no-open 不打开
  --ca <文件>            只信任这些 PEM 证书机构
  --resolve <host:port:address[:port]>
                         同 --map，只针对一个端口
  --config <文件>        使用另一个配置文件

退出码：0 没有调用被拒绝，1 有调用被规则拒绝或小程序抛出错误，2 参数有误。`;

const INSPECT = `rx-miniprogram inspect [文件.har ...]    看清小程序的每一个网络请求

  在 127.0.0.1 打开一个页面：每个请求一条，颜色表示时间花在哪里；还有队列、
  前后台和 Socket。小程序这样连上来：

    sendToDesk(network, { url: 'ws://127.0.0.1:9229', token: '<配对码>' })

  sendToDesk 来自 rx-miniprogram/inspect；没有屏幕上的配对码，一律拒绝。
  给出 HAR 文件，就显示文件中的请求。

  --lan                局域网中的手机也可以连接
  --port <端口>        页面的端口，默认 9230
  --phone-port <端口>  小程序连接的端口，默认 9229
  --code <配对码>      固定配对码，至少 8 个字符
  --json               每个事件一行 JSON，供程序使用
  --mcp                通过标准输入输出，供 AI 助手使用（MCP）
  --no-open            不打开浏览器
  --for 30s            到时停止；默认按 Ctrl-C 停止

退出码：0，2 参数有误。`;

/** At most 79 columns, where a Chinese character takes two. */
export const HELP_ZH: HelpTexts = {
  overview: `rx-miniprogram：在电脑上找出小程序违反了哪条网络规则，不必等到真机。

  rx-miniprogram lint [路径 ...]       域名是否都已正确配置？
  rx-miniprogram doctor <url ...>      这个服务器在手机上会有什么问题？
  rx-miniprogram request <url>         按真机规则发送一个请求
  rx-miniprogram run <文件夹>          运行小程序，看哪些调用被拒绝
  rx-miniprogram inspect               看清每个请求的时间花在哪里

每个命令都有自己的帮助：rx-miniprogram lint --help

  --version        显示版本号
  --lang en|zh     语言；默认跟随系统
  NO_COLOR=1       不使用颜色；输出不是终端时本来就没有颜色`,
  of: { lint: LINT, doctor: DOCTOR, request: REQUEST, run: RUN, inspect: INSPECT },
};
