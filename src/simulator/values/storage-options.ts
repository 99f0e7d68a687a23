import { isWait } from '../option-rule.js';

/** One call of the storage, as {@link StorageOptions.fails} sees it. */
export interface StorageOperation {
  /** As it was called: `setStorage`, `getStorageSync`. */
  readonly api: string;
  /** Its key, or the keys of a batch; none of `clearStorage` and `getStorageInfo`. */
  readonly keys: readonly string[];
  /** Numbers the calls of one simulator from 1, restarts included. */
  readonly operation: number;
  /** Which write it is, from 1; 0 for what only reads. */
  readonly write: number;
}

/** How the key-value storage behaves. */
export interface StorageOptions {
  /**
   * How long an asynchronous call takes, in milliseconds. Until then nothing has been stored, and what is killed meanwhile
   * never is. @defaultValue 0: the next turn
   */
  readonly latencyMs?: number | undefined;
  /** How many bytes all values may have together. @defaultValue 10 485 760 (10 MB) */
  readonly maxBytes?: number | undefined;
  /** How many bytes one value may have. @defaultValue 1 048 576 (1 MB) */
  readonly maxValueBytes?: number | undefined;
  /**
   * Asked before each call takes effect; text makes it fail with these words: `({ write }) => (write === 3 ? 'disk I/O
   * error' : undefined)`. @defaultValue nothing fails
   */
  readonly fails?: ((operation: StorageOperation) => string | undefined) | undefined;
  /** `true` leaves `storageFolder` to files, and keeps values as long as the simulator lives. @defaultValue false; in the test kit true */
  readonly inMemory?: boolean | undefined;
}

/** The options with their defaults. */
export type StorageSettings = { readonly [Name in keyof StorageOptions]-?: Exclude<StorageOptions[Name], undefined> };

const MEGABYTE = 1024 * 1024;

/** Fills in the defaults. */
export function storageSettingsOf({
  latencyMs = 0,
  maxBytes = 10 * MEGABYTE,
  maxValueBytes = MEGABYTE,
  fails = () => undefined,
  inMemory = false,
}: StorageOptions): StorageSettings {
  return { latencyMs, maxBytes, maxValueBytes, fails, inMemory };
}

/** Whether it is such an object, with nothing else in it. */
export function isStorageOptions(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { latencyMs, maxBytes, maxValueBytes, fails, inMemory, ...others } = value as Readonly<Record<string, unknown>>;
  return (
    Object.keys(others).length === 0 &&
    isOneOf(latencyMs, () => isWait(latencyMs), 'number') &&
    isOneOf(maxBytes, () => Number.isInteger(maxBytes) && Number(maxBytes) >= 0, 'number') &&
    isOneOf(maxValueBytes, () => Number.isInteger(maxValueBytes) && Number(maxValueBytes) >= 0, 'number') &&
    isOneOf(fails, () => true, 'function') &&
    isOneOf(inMemory, () => true, 'boolean')
  );
}

function isOneOf(value: unknown, right: () => boolean, type: string): boolean {
  return value === undefined || (typeof value === type && right());
}
