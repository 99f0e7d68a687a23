import { visible } from '../terminal/visible.js';

const MAX_LINES = 40;
const MAX_CHARACTERS = 4_000;
const MAX_BYTES = 64;
const BYTES_A_LINE = 16;

/** A body for people: JSON indented, text as it is, bytes as their number and the first of them; cut where it is long. */
export function bodyLines(body: string | ArrayBuffer): string[] {
  if (typeof body !== 'string') return byteLines(new Uint8Array(body));
  if (body === '') return ['body    empty'];
  const pretty = indented(body);
  const kind = pretty === undefined ? 'text' : 'JSON';
  return [`body    ${kind}, ${counted(body.length, 'character')}`, '', ...textLines(visible(pretty ?? body))];
}

function indented(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

function textLines(text: string): string[] {
  // By code points, so that no character is cut in two.
  const points = Array.from(text);
  const lines = points.slice(0, MAX_CHARACTERS).join('').split('\n');
  const shown = lines.slice(0, MAX_LINES);
  const left = points.length - Array.from(shown.join('\n')).length;
  return left <= 0 ? shown : [...shown, `... ${counted(left, 'more character')}`];
}

function byteLines(bytes: Uint8Array): string[] {
  const lines = [bytes.length === 0 ? 'body    empty' : `body    ${counted(bytes.length, 'byte')}`];
  const shown = Math.min(bytes.length, MAX_BYTES);
  for (let offset = 0; offset < shown; offset += BYTES_A_LINE) {
    const hex = [...bytes.subarray(offset, Math.min(offset + BYTES_A_LINE, shown))].map((byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    lines.push(`  ${offset.toString(16).padStart(4, '0')}  ${hex.join(' ')}`);
  }
  if (bytes.length > shown) lines.push(`  ... ${counted(bytes.length - shown, 'more byte')}`);
  return lines;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
