import type { RequestData, RequestOption, RequestSuccess } from './request-types.js';

/** When requests are answered from the cache: in a weak network or without one, always, or by `start()` and `stop()`. */
export type CacheMode = 'weakNetwork' | 'always' | 'none';

/** The calls beside `wx.request` that are answered from the cache, too. */
export type CachedApi = 'wx.login' | 'wx.checkSession' | 'wx.getSetting';

/** What `wx.createCacheManager` takes. */
export interface CacheManagerOption {
  /** What a rule that is a path alone stands below: `'https://api.example.com'`. */
  origin?: string | undefined;
  /** @defaultValue `'weakNetwork'` */
  mode?: CacheMode | undefined;
  /** Milliseconds; 30 days at the most. @defaultValue 604 800 000 (7 days) */
  maxAge?: number | undefined;
  /** @defaultValue all of them */
  extra?: { apiList?: CachedApi[] | undefined } | undefined;
}

/** What one field of `data` must be. */
export interface DataRule {
  name: string;
  schema: DataSchema | DataSchema[];
}

/** A type, `[]` behind it for a list of such, and perhaps a value. */
export interface DataSchema {
  /** `'string'`, `'number'`, `'boolean'`, `'null'`, `'object'`, `'any'`, or such a list: `'string[]'`. */
  type: string;
  value?: string | RegExp | ((value: unknown) => boolean) | DataRule[] | undefined;
}

/** Which requests are kept, and for how long. */
export interface CacheRuleObject {
  /** @defaultValue one that is made of the rule */
  id?: string | undefined;
  /** `'GET'`, `'POST'`, `'PATCH'`, `'PUT'` or `'DELETE'`. @defaultValue all of them */
  method?: string | undefined;
  url: string | RegExp;
  /** Milliseconds. @defaultValue that of the manager */
  maxAge?: number | undefined;
  dataSchema?: DataRule[] | undefined;
}

/** A rule in one of its three spellings. */
export type CacheRule = string | RegExp | CacheRuleObject;

/** What a listener of `'request'` is told of a call that has not gone out. */
export interface CacheRequestEvent {
  url: string;
  data: RequestData | undefined;
  method: string;
  /** Sends it all the same. What comes is kept with `needUpdateCache: true` alone. */
  request: (option?: { needUpdateCache?: boolean | undefined }) => Promise<RequestSuccess>;
}

/** What `match` finds. Where the rule has nothing in the cache, `data` is `undefined` and the numbers are 0. */
export interface MatchedCache {
  ruleId: string;
  cacheId: string;
  /** What `success` was told, with `fromCache: true`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as typed officially
  data: any;
  /** Milliseconds since 1970, by the simulator's clock. */
  createTime: number;
  /** Milliseconds. */
  maxAge: number;
}

/** What `on` and `off` know. */
export type CacheEventName = 'request' | 'enterWeakNetwork' | 'exitWeakNetwork';

/** The one manager of an app. */
export interface CacheManager {
  readonly mode: CacheMode;
  readonly origin: string;
  readonly maxAge: number;
  /** Whether calls are answered from the cache: 1, or 0. */
  readonly state: 0 | 1 | 2;
  addRule(rule: CacheRule): string;
  addRules(rules: CacheRule[]): string[];
  deleteRule(id: string): void;
  deleteRules(ids: string[]): void;
  clearRules(): void;
  deleteCache(id: string): void;
  deleteCaches(ids: string[]): void;
  clearCaches(): void;
  match(event: Partial<Omit<CacheRequestEvent, 'request'>>): MatchedCache;
  on(name: CacheEventName, handler: (...args: never[]) => unknown): void;
  off(name: CacheEventName, handler: (...args: never[]) => unknown): void;
  start(): void;
  stop(): void;
}

/** The part of `wx`. */
export interface CacheManagerApi {
  createCacheManager(option?: CacheManagerOption): CacheManager;
}

/** One call of `wx.request`, as a rule sees it. */
export type CacheableRequest = Pick<RequestOption, 'data'> & { readonly url: string; readonly method: string };
