import type { SchedulerLike } from 'rxjs';
import type { BackgroundFetchOptions, FetchedData } from '../api-options.js';
import { createListeners } from '../listeners.js';
import { scheduleQuietly } from '../real-time.js';
import { callFail, callSuccess, promiseWithoutCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { Promised } from './network-status.js';

/** What `getBackgroundFetchData` tells. */
export interface BackgroundFetchResult extends GeneralResult {
  fetchedData: string;
  timeStamp: number;
  path: string;
  query: string;
  scene: number;
}

/** What `getBackgroundFetchData` takes. */
export interface BackgroundFetchOption extends Callbacks<BackgroundFetchResult> {
  fetchType: string;
}

/** What `getBackgroundFetchToken` tells. */
export interface FetchTokenResult extends GeneralResult {
  token: string;
}

/** The part of `wx` for what the client fetches of its own accord. */
export interface BackgroundFetchApi {
  getBackgroundFetchData<Option extends BackgroundFetchOption = BackgroundFetchOption>(
    option: Option,
  ): Promised<Option, BackgroundFetchResult>;
  setBackgroundFetchToken<
    Option extends Callbacks<GeneralResult> & { token: string } = Callbacks<GeneralResult> & { token: string },
  >(
    option: Option,
  ): Promised<Option, GeneralResult>;
  getBackgroundFetchToken<Option extends Callbacks<FetchTokenResult> = Callbacks<FetchTokenResult>>(
    option?: Option,
  ): Promised<Option, FetchTokenResult>;
  onBackgroundFetchData(
    listener: (result: Omit<BackgroundFetchResult, 'errMsg'> & { fetchType: string }) => void,
  ): void;
}

/** What it stands on. */
export interface BackgroundFetchDependencies {
  readonly fetched: BackgroundFetchOptions;
  readonly scheduler: SchedulerLike;
  readonly deliver: (callback: () => void) => void;
  /** An iPhone tells of success, with nothing in it, where an Android fails. */
  readonly onIos: boolean;
  /** Kept on the device. */
  readonly fetchToken: { value: string };
}

const LONGEST_BYTES = 256 * 1024;

/** Whether the client would keep it: text of at most 256 KB. */
export function isBackgroundFetch(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(([kind, given]) => {
    const { fetchedData, afterMs = 0 } = (given ?? { fetchedData: '' }) as Partial<FetchedData>;
    return (
      (kind === 'pre' || kind === 'periodic') &&
      typeof fetchedData === 'string' &&
      Buffer.byteLength(fetchedData) <= LONGEST_BYTES &&
      typeof afterMs === 'number' &&
      afterMs >= 0
    );
  });
}

/**
 * Makes `wx.getBackgroundFetchData` and its like.
 *
 * - Evidence: official pages: what has not come yet fails on Android, and is an empty success on iOS (discoveries/background.md)
 * - Not known: the words of that failure
 */
export function createBackgroundFetch(dependencies: BackgroundFetchDependencies): BackgroundFetchApi {
  const { fetched, scheduler, deliver, onIos, fetchToken } = dependencies;
  const startedAt = scheduler.now();
  const arrivals = createListeners<Omit<BackgroundFetchResult, 'errMsg'> & { fetchType: string }>();

  const resultOf = ({ fetchedData, afterMs = 0, path = '', query = '', scene = 1001 }: FetchedData) => ({
    fetchedData,
    timeStamp: startedAt + afterMs,
    path,
    query,
    scene,
  });
  for (const fetchType of ['pre', 'periodic'] as const) {
    const data = fetched[fetchType];
    if (!data) continue;
    const tell = () => deliver(() => arrivals.emit({ fetchType, ...resultOf(data) }));
    scheduleQuietly(scheduler, tell, data.afterMs ?? 0);
  }

  const answer = (api: string, option: object | undefined, outcome: () => object | string) =>
    promiseWithoutCallbacks(option as Callbacks<GeneralResult> | undefined, (callbacks) => {
      const came = outcome();
      deliver(() =>
        typeof came === 'string'
          ? callFail(callbacks, { errMsg: `${api}:fail ${came}` })
          : callSuccess(callbacks, { ...came, errMsg: `${api}:ok` }),
      );
    });

  const api: { readonly [Name in keyof BackgroundFetchApi]: unknown } = {
    getBackgroundFetchData: (option?: { readonly fetchType?: unknown }) =>
      answer('getBackgroundFetchData', option, () => {
        const { fetchType } = option ?? {};
        if (fetchType !== 'pre' && fetchType !== 'periodic')
          return 'parameter error: parameter.fetchType should be pre or periodic;';
        const data = fetched[fetchType];
        if (data && startedAt + (data.afterMs ?? 0) <= scheduler.now()) return resultOf(data);
        return onIos ? resultOf({ fetchedData: '' }) : 'no cached data';
      }),
    setBackgroundFetchToken: (option?: { readonly token?: unknown }) =>
      answer('setBackgroundFetchToken', option, () => {
        const { token } = option ?? {};
        if (typeof token !== 'string') return 'parameter error: parameter.token should be String;';
        fetchToken.value = token;
        return {};
      }),
    getBackgroundFetchToken: (option?: object) =>
      answer('getBackgroundFetchToken', option, () => ({ token: fetchToken.value })),
    onBackgroundFetchData: arrivals.on,
  };
  // What the calls return depends on the type of the option, which an implementation cannot follow.
  return api as BackgroundFetchApi;
}
