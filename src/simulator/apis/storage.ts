import type { SchedulerLike } from 'rxjs';
import type { Report } from '../events.js';
import { createValueOperations, ParameterProblem, type Operation, type Outcome } from '../values/operations.js';
import type { StorageSettings } from '../values/storage-options.js';
import type { ValueStore } from '../values/value-store.js';
import { callFail, callSuccess, promiseWithoutCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { StorageApi } from './storage-types.js';

/** What the storage of an app stands on. */
export interface StorageDependencies {
  readonly values: ValueStore;
  readonly storage: StorageSettings;
  readonly scheduler: SchedulerLike;
  readonly report: Report;
  readonly deliver: (callback: () => void) => void;
  /** Numbers the calls, and the writes among them. */
  readonly count: (writes: boolean) => { readonly operation: number; readonly write: number };
  /** Why nothing may be done any more, if that is so. */
  readonly gone: () => 'closed' | 'destroyed' | undefined;
}

type Given = Readonly<Record<string, unknown>>;

const NOTHING = { operation: 0, write: 0 };

/**
 * Makes `wx.setStorage` and its like.
 *
 * An asynchronous call is read in its own turn, takes effect `latencyMs` later, one after the other, and is told in the
 * app's thread. A synchronous one takes effect at once, before the asynchronous ones that are still on their way.
 *
 * - Evidence: official pages; promises without callbacks (discoveries/environment.md); empty text for a value that is not there
 * - Not known: whether a synchronous call sees what an asynchronous one has not told yet. Here it does not
 */
export function createStorageApi(dependencies: StorageDependencies): StorageApi {
  const { values, storage, scheduler, report, deliver, count, gone } = dependencies;
  const operations = createValueOperations(values, storage.maxBytes);

  /** Announces the call. @returns what carries it out, and says what has come of it. */
  const announced = (api: string, prepare: () => Operation): (() => Outcome) => {
    const problemOrOperation = preparedOrProblem(prepare);
    const { keys, writes, work } = problemOrOperation;
    // Of a dead app nobody counts or hears anything.
    const { operation, write } = gone() === 'destroyed' ? NOTHING : count(writes);
    report({ type: 'storage-called', operation, api, keys });

    return () => {
      const outcome = carriedOut(() => {
        const failed = storage.fails({ api, keys, operation, write });
        return failed === undefined ? work() : { failed: ` ${failed}` };
      });
      const errMsg = 'failed' in outcome ? `${api}:fail${outcome.failed}` : `${api}:ok`;
      report({ type: 'storage-settled', operation, api, keys, errMsg });
      return outcome;
    };
  };

  const carriedOut = (work: () => Outcome): Outcome => {
    // Whoever heard of the call may have killed the app.
    if (gone() === 'closed') return { failed: ' system error, the simulator has been closed' };
    return gone() === 'destroyed' ? { failed: ' the app has been destroyed' } : work();
  };

  const later =
    (api: string, prepare: (given: Given) => Operation) =>
    (option?: object): Promise<GeneralResult> | undefined =>
      promiseWithoutCallbacks(option as Callbacks<GeneralResult> | undefined, (callbacks) => {
        const carryOut = announced(api, () => prepare((option ?? {}) as Given));
        scheduler.schedule(() => {
          const outcome = carryOut();
          deliver(() =>
            'failed' in outcome
              ? callFail(callbacks, { errMsg: `${api}:fail${outcome.failed}` })
              : callSuccess(callbacks, { ...outcome.result, errMsg: `${api}:ok` }),
          );
        }, storage.latencyMs);
      });

  const now = (api: string, prepare: () => Operation): Given => {
    const outcome = announced(api, prepare)();
    if (!('failed' in outcome)) return outcome.result as Given;
    // A dead app goes on only because its thread cannot be stopped from here: it is spared.
    if (gone() === 'destroyed') return {};
    const errMsg = `${api}:fail${outcome.failed}`;
    throw Object.assign(new Error(errMsg), { errMsg });
  };

  const api: { readonly [Name in keyof StorageApi]: unknown } = {
    setStorage: later('setStorage', ({ key, data, encrypt }) => operations.set(key, data, encrypt === true)),
    // Without a value it stores empty text, unlike `setStorage` (discoveries/request.md#the-javascript-layer).
    setStorageSync: (key: unknown, data: unknown = '') =>
      void now('setStorageSync', () => operations.set(key, data, false)),
    getStorage: later('getStorage', ({ key, encrypt }) => operations.get(key, encrypt === true)),
    getStorageSync: (key: unknown) => {
      const { dataList = [''] } = now('getStorageSync', () => operations.batchGet([key])) as { dataList?: unknown[] };
      return dataList[0];
    },
    removeStorage: later('removeStorage', ({ key }) => operations.remove(key)),
    removeStorageSync: (key: unknown) => void now('removeStorageSync', () => operations.remove(key)),
    clearStorage: later('clearStorage', () => operations.clear()),
    clearStorageSync: () => void now('clearStorageSync', () => operations.clear()),
    getStorageInfo: later('getStorageInfo', () => operations.info()),
    getStorageInfoSync: () => ({
      keys: [],
      currentSize: 0,
      limitSize: 0,
      ...now('getStorageInfoSync', () => operations.info()),
    }),
    batchSetStorage: later('batchSetStorage', ({ kvList }) => operations.batchSet(kvList)),
    batchSetStorageSync: (kvList: unknown) => void now('batchSetStorageSync', () => operations.batchSet(kvList)),
    batchGetStorage: later('batchGetStorage', ({ keyList }) => operations.batchGet(keyList)),
    batchGetStorageSync: (keyList: unknown) => {
      const { dataList = [] } = now('batchGetStorageSync', () => operations.batchGet(keyList));
      return dataList;
    },
  };
  // What the calls return depends on the type of the option, which an implementation cannot follow.
  return api as StorageApi;
}

/** An operation that cannot be read fails in its turn, with words of its own. */
function preparedOrProblem(prepare: () => Operation): Operation {
  try {
    return prepare();
  } catch (error) {
    // What has no JSON is the app's, and told in the engine's own words; what its own code throws may be anything.
    const words =
      error instanceof ParameterProblem ? error.message : ` ${error instanceof Error ? error.message : String(error)}`;
    return { keys: [], writes: false, work: () => ({ failed: words }) };
  }
}
