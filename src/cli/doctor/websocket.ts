import { createHash, randomBytes } from 'node:crypto';
import { check, type Check } from './check.js';
import { hop } from './hop.js';
import type { DoctorOptions, Server } from './server.js';

/** RFC 6455, 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Opens a socket as far as the handshake. */
export async function checkWebSocket(server: Server, options: DoctorOptions): Promise<Check[]> {
  const key = randomBytes(16).toString('base64');
  const header = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': key,
  };
  const port = server.port === 443 || !server.secure ? [] : [portNote(server.port)];
  try {
    const { status, header: answered, upgraded, firstByteMs } = await hop(server, options, header);
    if (!upgraded) return [...port, noUpgrade(status)];
    const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
    if (answered['sec-websocket-accept'] !== accept) return [...port, wrongAccept()];
    const ms = Math.round(firstByteMs);
    return [...port, check('WebSocket', 'good', [`101 after ${ms} ms`, `101，${ms} 毫秒`])];
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = code || message;
    return [
      ...port,
      check(
        'WebSocket',
        'bad',
        [`no answer to the handshake (${reason})`, `握手没有应答（${reason}）`],
        ['connectSocket fails', 'connectSocket 会失败'],
        ['look at the log of the server, and at the timeouts of its proxy', '请查看服务器日志和代理的超时设置'],
      ),
    ];
  }
}

function noUpgrade(status: number): Check {
  return check(
    'WebSocket',
    'bad',
    [`${status} instead of 101`, `应答 ${status}，不是 101`],
    ["connectSocket fails: 'Invalid HTTP status'", "connectSocket 会失败：'Invalid HTTP status'"],
    [
      'let the proxy pass Upgrade and Connection on, as in nginx: proxy_set_header Upgrade $http_upgrade',
      '请让代理转发 Upgrade 和 Connection，例如 nginx：proxy_set_header Upgrade $http_upgrade',
    ],
  );
}

function wrongAccept(): Check {
  return check(
    'WebSocket',
    'bad',
    ['101, but Sec-WebSocket-Accept is wrong', '应答 101，但 Sec-WebSocket-Accept 有误'],
    ['the client closes the socket', '客户端会关闭连接'],
    ['use a WebSocket library on the server', '服务器请使用成熟的 WebSocket 库'],
  );
}

function portNote(port: number): Check {
  return check(
    'port',
    'note',
    [`wss on ${port}`, `wss 使用端口 ${port}`],
    ['some networks let only 443 through', '有些网络只放行 443'],
    ['serve it on 443, behind the same proxy', '请放在 443 端口，由同一个代理转发'],
  );
}
