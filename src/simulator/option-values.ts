import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Whether it has properties. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Milliseconds, or nothing. */
export function isDuration(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value > 0 && value < Infinity);
}

/** The path of a folder that is there. */
export function isFolder(value: unknown): boolean {
  try {
    return typeof value === 'string' && statSync(value).isDirectory();
  } catch {
    return false;
  }
}

/** Text of a shape. */
export function isTextOf(shape: RegExp, value: unknown): boolean {
  return typeof value === 'string' && shape.test(value);
}

/** One text with certificates in PEM, or several. */
export function isCertificates(value: unknown): boolean {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.every((text) => {
    const found = typeof text === 'string' ? text.match(PEM) : null;
    return found !== null && found.every(isCertificate);
  });
}

// Node would leave out what it cannot read, and then trust nobody.
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

/** Whether it can hold options at all. */
export function isOptions(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value);
}

/** A value, for a message: short, and whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    // Circular, or with a bigint in it.
    return typeof value;
  }
}
