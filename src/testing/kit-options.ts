import { deepStrictEqual } from 'node:assert';
import { checkOptions, type KindsOf } from '../platform/check-options.js';
import type { SimulatorOptions } from '../simulator/options.js';
import type { PhoneName } from '../simulator/phones.js';

/** Compares, and throws where two values differ. */
export type AssertDeepEqual = (actual: unknown, expected: unknown) => void;

/** What a test is run with. */
export interface KitOptions {
  /**
   * Your runner's own comparison, where you like its way to show a difference better. It must tell two errors apart by
   * their fields, or a wrong `code` passes. @defaultValue `deepStrictEqual` of `node:assert`
   */
  readonly assertDeepEqual?: AssertDeepEqual | undefined;
  /** How long one character of a diagram lasts, in milliseconds. @defaultValue `1` */
  readonly frameMs?: number | undefined;
  /** Which client the phone is: `phone` of the simulator. @defaultValue `'android'` */
  readonly phone?: PhoneName | undefined;
  /**
   * Where a test that fails leaves what its phone did: a HAR file named after the test, which `npx rx-miniprogram inspect` opens. A
   * test that passes leaves nothing. @defaultValue nothing is written
   */
  readonly recordsFolder?: string | undefined;
  /**
   * The phone. Without `domains` it is the developer tools with 不校验合法域名: whatever the server was told of may be
   * called. With them, the lists hold as on a phone (DOM-*).
   */
  readonly simulator?: Omit<SimulatorOptions, 'wire' | 'scheduler' | 'lookup' | 'ca'> | undefined;
}

/** The options with their defaults, checked. */
export interface KitSettings {
  readonly assertDeepEqual: AssertDeepEqual;
  readonly frameMs: number;
  readonly simulator: SimulatorOptions;
}

const OPTIONS: KindsOf<KitOptions> = {
  // These say below what they expect.
  assertDeepEqual: 'anything',
  frameMs: 'anything',
  phone: 'anything',
  recordsFolder: 'anything',
  simulator: 'object',
};
const ELSEWHERE = { domains: 'write simulator: { domains }', network: 'write simulator: { network }' };

/** @throws TypeError that says what was expected and what came. */
export function kitSettings(options: KitOptions = {}): KitSettings {
  checkOptions('the test kit', options, OPTIONS, ELSEWHERE);
  const { assertDeepEqual = deepStrictEqual, frameMs = 1, phone, recordsFolder } = options;
  const simulator = { ...(phone && { phone }), ...options.simulator };
  if (typeof assertDeepEqual !== 'function') {
    throw new TypeError(
      `assertDeepEqual: expected a function (actual, expected) => void; got ${typeof assertDeepEqual}`,
    );
  }
  if (!(Number.isFinite(frameMs) && frameMs > 0)) {
    throw new TypeError(`frameMs: expected a positive number of milliseconds; got ${String(frameMs)}`);
  }
  if (recordsFolder !== undefined && (typeof recordsFolder !== 'string' || recordsFolder === '')) {
    throw new TypeError(
      `recordsFolder: expected the path of a folder; got ${String(recordsFolder) || 'an empty text'}`,
    );
  }
  const checksLists = simulator.domains !== undefined || simulator.envVersion === 'release';
  return { assertDeepEqual, frameMs, simulator: checksLists ? simulator : { urlCheck: false, ...simulator } };
}
