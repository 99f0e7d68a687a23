import { storedValueOf, valueOf } from './stored-value.js';
import type { StoreRefusal, ValueStore } from './value-store.js';

/** What an operation of the storage brings, beyond `errMsg`. */
export type Outcome = { readonly result: object } | { readonly failed: string };

/** An operation, read whole in the turn of its call: what it is about, and what it does when its time has come. */
export interface Operation {
  readonly keys: readonly string[];
  readonly writes: boolean;
  readonly work: () => Outcome;
}

/** The words behind `fail`, as Android clients have them. */
const WORDS: { readonly [Refusal in StoreRefusal]: string } = {
  'value-too-large': ':entry size limit reached',
  full: ':quota reached',
  broken: ':internal error set DB data fail',
};
const DONE: Outcome = { result: {} };

/**
 * Makes the operations of the storage. What they are given may be anything: the app may be JavaScript.
 *
 * - Not known: what a value stored with `encrypt` reads without, or the other way round. Here it is not found
 */
export function createValueOperations(store: ValueStore, maxBytes: number) {
  const stored = (refusal: StoreRefusal | undefined): Outcome => (refusal ? { failed: WORDS[refusal] } : DONE);

  const write = (pairs: readonly (readonly [key: unknown, value: unknown])[], encrypted: boolean): Operation => {
    const keys = pairs.map(([key]) => checkedKey(key));
    const entries = pairs.map(([, value], index) => ({ key: keys[index] ?? '', ...storedValueOf(value), encrypted }));
    return { keys, writes: true, work: () => stored(store.set(entries)) };
  };

  const found = (key: string, encrypted: boolean) => {
    const entry = store.get(key);
    return entry?.encrypted === encrypted ? { data: valueOf(entry) } : undefined;
  };

  const read = (keys: readonly string[], resultOf: () => Outcome): Operation => ({
    keys,
    writes: false,
    work: resultOf,
  });

  return {
    set: (key: unknown, value: unknown, encrypted: boolean) => write([[key, value]], encrypted),
    batchSet: (pairs: unknown) =>
      write(
        listOf('kvList', pairs).map((pair) => {
          const { key, value } = (pair ?? {}) as { readonly key?: unknown; readonly value?: unknown };
          return [key, value] as const;
        }),
        false,
      ),
    get: (given: unknown, encrypted: boolean) => {
      const key = checkedKey(given);
      return read([key], () => {
        const result = found(key, encrypted);
        return result ? { result } : { failed: ' data not found' };
      });
    },
    /** As the synchronous calls have it: empty text for what is not there. */
    batchGet: (given: unknown) => {
      const keys = listOf('keyList', given).map(checkedKey);
      return read(keys, () => ({
        result: { dataList: keys.map((key) => (found(key, false) ?? { data: '' }).data) },
      }));
    },
    remove: (given: unknown): Operation => {
      const keys = [checkedKey(given)];
      return { keys, writes: true, work: () => stored(store.remove(keys)) };
    },
    clear: (): Operation => ({ keys: [], writes: true, work: () => stored(store.remove(store.keys())) }),
    info: () =>
      read([], () => ({
        result: {
          keys: store.keys(),
          currentSize: Math.ceil(store.usedBytes() / 1024),
          limitSize: Math.floor(maxBytes / 1024),
        },
      })),
  };
}

/** A call that is refused for what it was given; its message stands behind `fail`. */
export class ParameterProblem extends Error {
  override readonly name = 'ParameterProblem';
}

function checkedKey(key: unknown): string {
  if (typeof key !== 'string') throw wrongType('key', 'String', key);
  if (key === '') throw new ParameterProblem(':invalid key');
  return key;
}

function listOf(name: string, given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) throw wrongType(name, 'Array', given);
  return given;
}

function wrongType(name: string, expected: string, value: unknown): ParameterProblem {
  const type = Object.prototype.toString.call(value).slice(8, -1);
  return new ParameterProblem(` parameter error: parameter.${name} should be ${expected} instead of ${type};`);
}
