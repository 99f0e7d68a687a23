import { randomInt, timingSafeEqual } from 'node:crypto';

/** Without letters and digits that look alike. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** Without the right one nothing is taken and nothing is told: 39 bits, for as long as the desk runs. */
export function pairingCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}

/** Whether it is the code, in a time that does not tell how much of it is right. */
export function isCode(given: unknown, code: string): boolean {
  const [one, other] = [Buffer.from(String(given)), Buffer.from(code)];
  return one.length === other.length && timingSafeEqual(one, other);
}
