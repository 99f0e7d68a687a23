import { kindOf } from './field-text.js';

/** Whether a value is an ArrayBuffer. Not by instanceof: the platform's may come from another realm. */
export function isBytes(value: unknown): value is ArrayBuffer {
  return kindOf(value) === 'ArrayBuffer';
}
