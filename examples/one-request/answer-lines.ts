import { STATUS_CODES } from 'node:http';
import type { HttpResponse } from '../../src/index.js';
import { visible } from '../../src/cli/terminal/visible.js';
import { bodyLines } from './body-lines.js';

/** The platform's own figures, as far as they are shown. */
interface Profile {
  readonly rtt?: number;
  readonly protocol?: string;
  readonly peerIP?: string;
  readonly port?: number;
}

/** Status, timing, header fields and body of an answer. */
export function answerLines(response: HttpResponse<string | ArrayBuffer>): string[] {
  const { body, charset, ok, status } = response;
  const remark = ok
    ? []
    : [`note    ${status} is an answer, not an error (CB-1), so the exit code is 0; in code, requireOk() makes it one`];
  const decoded = charset === undefined || charset === 'utf-8' ? [] : [`charset ${charset}`];
  return [...headLines(response), ...remark, ...decoded, ...bodyLines(body)];
}

/** The same without the body. */
export function headLines({ status, headers, timing }: HttpResponse<unknown>): string[] {
  const { rtt, protocol, peerIP, port } = (timing.profile ?? {}) as Profile;
  const details = [
    rtt === undefined ? '' : `, first byte after ${Math.round(rtt)} ms`,
    protocol === undefined ? '' : `, ${protocol}`,
    peerIP === undefined ? '' : ` from ${peerIP}:${port ?? ''}`,
  ].join('');
  return [
    `status  ${[status, STATUS_CODES[status]].filter((part) => part !== undefined).join(' ')}`,
    `timing  ${Math.round(timing.durationMs)} ms${details}`,
    'header',
    ...Object.entries(headers).map(([name, value]) => visible(`  ${name}: ${value}`)),
  ];
}
