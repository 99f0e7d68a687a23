import { shown } from '../shown.js';
import { isArrayBuffer } from '../rules/request-data.js';
import { FileFailure, type FileAct } from './file-failure.js';

const ENCODINGS = 'ascii base64 binary hex ucs2 ucs-2 utf16le utf-16le utf-8 utf8 latin1'.split(' ');

/** What an operation is about. From JavaScript the path may be anything. */
export function actOn(verb: string, name: string, path: unknown): FileAct {
  if (typeof path === 'string') return { verb, path };
  throw wrongType(name, 'String', path);
}

/** The encoding of text, if there is one. */
export function encodingOf(given: unknown): BufferEncoding | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given === 'string' && ENCODINGS.includes(given)) return given as BufferEncoding;
  throw new FileFailure(1300022, `invalid encoding "${shown(given)}"; one of ${ENCODINGS.join(', ')}`);
}

/** What is to be written, as bytes. */
export function bytesOf(data: unknown, encoding: unknown): Uint8Array {
  if (isArrayBuffer(data)) return new Uint8Array(data);
  if (typeof data === 'string') return Buffer.from(data, encodingOf(encoding) ?? 'utf8');
  throw wrongType('data', 'String or ArrayBuffer', data);
}

/** A part of a file: in its bounds, or a failure of its own (discoveries/failures.md#numbers). */
export function partOf(size: number, position: unknown = 0, length?: unknown): { from: number; length: number } {
  if (!isWhole(position) || (position > 0 && position >= size))
    throw new FileFailure(1301009, 'value of position is out of range');
  const rest = size - position;
  if (length === undefined) return { from: position, length: rest };
  if (!isWhole(length) || length < 1 || length > rest)
    throw new FileFailure(1301006, 'value of length is out of range');
  return { from: position, length };
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function wrongType(name: string, expected: string, value: unknown): FileFailure {
  const type = Object.prototype.toString.call(value).slice(8, -1);
  return new FileFailure(1001, `parameter error: parameter.${name} should be ${expected} instead of ${type};`);
}
