import { STATUS_CODES } from 'node:http';
import type { Language } from '../language.js';
import { visible } from '../terminal/visible.js';
import { bodyLines } from './body-lines.js';
import { readBody } from './body-text.js';
import type { Answer } from './send.js';

/** Status, timing, header fields and body of an answer. */
export function answerLines(answer: Answer, charset: string | undefined, language: Language): string[] {
  const { data, header, statusCode } = answer;
  const contentType = Object.entries(header).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const read = readBody(data, contentType, charset);
  const remarks: string[] = [];
  if (statusCode < 200 || statusCode > 299) {
    remarks.push(
      language === 'zh'
        ? `note    ${statusCode} 是应答，不是错误（CB-1），所以退出码为 0；代码中用 requireOk() 可视为错误`
        : `note    ${statusCode} is an answer, not an error (CB-1), so the exit code is 0; in code, requireOk() makes it one`,
    );
  }
  if (read.charset !== undefined) {
    remarks.push(
      `charset ${read.charset}`,
      language === 'zh'
        ? `note    不是 UTF-8（ENC-1）：手机会尝试转换，可能乱码；请让服务器返回 UTF-8，或按字节接收自己解码`
        : 'note    it is not UTF-8 (ENC-1): a phone tries to convert it, and may garble it; answer in UTF-8, or ask for bytes',
    );
  }
  if (read.unreadable !== undefined) {
    remarks.push(
      language === 'zh'
        ? `note    正文不是声明的 ${read.unreadable}（ENC-1）`
        : `note    the body is not in ${read.unreadable}, as it is declared (ENC-1)`,
    );
  }
  return [...headLines(answer), ...remarks, ...bodyLines(read.body)];
}

function headLines({ statusCode, header, profile, durationMs }: Answer): string[] {
  const { rtt, protocol, peerIP, port } = profile;
  const details = [
    rtt === 0 ? '' : `, first byte after ${Math.round(rtt)} ms`,
    protocol === 'unknown' ? '' : `, ${protocol}`,
    peerIP === '' ? '' : ` from ${peerIP}:${port}`,
  ].join('');
  return [
    `status  ${[statusCode, STATUS_CODES[statusCode]].filter((part) => part !== undefined).join(' ')}`,
    `timing  ${Math.round(durationMs)} ms${details}`,
    'header',
    ...Object.entries(header).map(([name, value]) => visible(`  ${name}: ${value}`)),
  ];
}
