import type {
  CacheableRequest,
  CachedApi,
  CacheEventName,
  CacheManager,
  CacheManagerOption,
  CacheMode,
  CacheRequestEvent,
  MatchedCache,
} from '../apis/cache-manager-types.js';
import { createListeners } from '../listeners.js';
import { isDuration } from '../option-rule.js';
import { isOptions } from '../option-values.js';
import { shown } from '../shown.js';
import type { AnswerCache } from './answer-cache.js';
import { compileRule, type CompiledRule } from './cache-rule.js';

const DAY_MS = 24 * 60 * 60_000;
const MAX_AGE_MS = 30 * DAY_MS;
const MODES: readonly CacheMode[] = ['weakNetwork', 'always', 'none'];
const CACHED_APIS: readonly CachedApi[] = ['wx.login', 'wx.checkSession', 'wx.getSetting'];
const EVENTS: readonly CacheEventName[] = ['request', 'enterWeakNetwork', 'exitWeakNetwork'];

/** A listener of `'request'`. */
export type RequestHandler = (event: CacheRequestEvent) => unknown;

/** Where an answer belongs. */
export interface CachePlace {
  readonly ruleId: string;
  readonly cacheId: string;
  readonly maxAgeMs: number;
}

/** The manager, and what only the simulator may do with it. */
export interface CacheManagerInside {
  readonly manager: CacheManager;
  /** Where the answer of such a request is kept; `undefined` where no rule is for it. */
  readonly placeOf: (request: CacheableRequest) => CachePlace | undefined;
  readonly keep: (place: CachePlace, answer: object) => void;
  /** The listeners of `'request'`, in their order. */
  readonly handlers: () => readonly RequestHandler[];
  readonly keepsApi: (name: CachedApi) => boolean;
  /** Tells of the connection, where it has become weak or has got better. */
  readonly connectionChanged: () => void;
}

/** What it stands on. */
export interface CacheManagerDependencies {
  readonly cache: AnswerCache;
  readonly now: () => number;
  /** Whether the connection is weak, or gone. */
  readonly weak: () => boolean;
  readonly deliver: (callback: () => void) => void;
}

/**
 * Makes what `wx.createCacheManager` returns.
 *
 * - Evidence: discoveries/cache-manager.md
 * - Not known: what a phone says to options that make no sense. Here a TypeError
 */
export function createCacheManager(
  option: CacheManagerOption | undefined,
  dependencies: CacheManagerDependencies,
): CacheManagerInside {
  const { mode, origin, maxAgeMs, apiList } = checkedOption(option);
  const { cache, now, weak, deliver } = dependencies;
  const rules = new Map<string, CompiledRule>();
  const handlers = new Set<RequestHandler>();
  const entered = createListeners<undefined>();
  const left = createListeners<undefined>();
  let started = false;
  let wasWeak = weak();

  const state = () => (mode === 'always' || (mode === 'none' ? started : weak()) ? 1 : 0);
  const placeOf = (request: CacheableRequest): CachePlace | undefined => {
    for (const rule of rules.values()) {
      const cacheId = rule.cacheIdOf(request);
      if (cacheId !== undefined) return { ruleId: rule.id, cacheId, maxAgeMs: rule.maxAgeMs };
    }
    return undefined;
  };
  const addRule: CacheManager['addRule'] = (given) => {
    const rule = compileRule(given, { origin, maxAgeMs });
    rules.set(rule.id, rule);
    return rule.id;
  };
  const deleteRule = (id: string) => {
    if (rules.delete(id)) cache.deleteOfRule(id);
  };
  const listenersOf = (name: unknown): { add: (handler: never) => void; delete: (handler: never) => void } => {
    if (!EVENTS.includes(name as CacheEventName))
      throw new TypeError(`CacheManager.on: expected one of ${EVENTS.join(', ')}; got ${shown(name)}`);
    if (name === 'request') return handlers;
    const { on, off } = name === 'enterWeakNetwork' ? entered : left;
    return { add: on, delete: off };
  };

  const manager: CacheManager = {
    mode,
    origin,
    maxAge: maxAgeMs,
    get state() {
      return state();
    },
    addRule,
    addRules: (given) => given.map(addRule),
    deleteRule,
    deleteRules: (ids) => ids.forEach(deleteRule),
    clearRules: () => [...rules.keys()].forEach(deleteRule),
    deleteCache: (id) => cache.delete(id),
    deleteCaches: (ids) => ids.forEach((id) => cache.delete(id)),
    clearCaches: () => cache.clear(),
    match: ({ url = '', method = 'GET', data }) => {
      const place = placeOf({ url, method, data });
      // As the official examples read it: without asking whether there is a rule.
      if (!place) return { ruleId: '', cacheId: '', data: undefined, createTime: 0, maxAge: 0 };
      const { ruleId, cacheId } = place;
      const found = cache.get(cacheId, now());
      return {
        ruleId,
        cacheId,
        data: found && { ...structuredClone(found.data), fromCache: true },
        createTime: found?.createdAt ?? 0,
        maxAge: found?.maxAgeMs ?? 0,
      } satisfies MatchedCache;
    },
    on: (name, handler) => {
      if (typeof handler === 'function') listenersOf(name).add(handler as never);
    },
    off: (name, handler) => listenersOf(name).delete(handler as never),
    start: () => {
      started = true;
    },
    stop: () => {
      started = false;
    },
  };

  return {
    manager,
    placeOf,
    keep: ({ ruleId, cacheId, maxAgeMs: ageMs }, answer) =>
      cache.set(cacheId, { ruleId, data: answer, createdAt: now(), maxAgeMs: ageMs }),
    handlers: () => [...handlers],
    keepsApi: (name) => apiList.includes(name),
    connectionChanged: () => {
      const isWeak = weak();
      if (isWeak === wasWeak) return;
      wasWeak = isWeak;
      deliver(() => (isWeak ? entered : left).emit(undefined));
    },
  };
}

function checkedOption(option: CacheManagerOption | undefined) {
  const given = option ?? {};
  const { origin = '', mode = 'weakNetwork', maxAge = 7 * DAY_MS, extra } = given;
  const apiList: unknown = isOptions(extra) ? extra['apiList'] : undefined;
  const wrong = (what: string, got: unknown) => new TypeError(`createCacheManager: ${what}; got ${shown(got)}`);

  if (!isOptions(given)) throw wrong("expected an object such as { origin: 'https://api.example.com' }", given);
  if (typeof origin !== 'string' || (origin !== '' && !/^https?:\/\/[^/]+\/*$/i.test(origin)))
    throw wrong("origin: expected one such as 'https://api.example.com', without a path", origin);
  if (!MODES.includes(mode)) throw wrong(`mode: expected one of ${MODES.join(', ')}`, mode);
  if (!isDuration(maxAge)) throw wrong('maxAge: expected a positive number of milliseconds', maxAge);
  if (
    apiList !== undefined &&
    !(Array.isArray(apiList) && apiList.every((name) => CACHED_APIS.includes(name as CachedApi)))
  )
    throw wrong(`extra.apiList: expected a list of ${CACHED_APIS.join(', ')}`, apiList);
  return {
    mode,
    // Both spellings are in the documents.
    origin: origin.replace(/\/$/, ''),
    maxAgeMs: Math.min(maxAge, MAX_AGE_MS),
    apiList: (apiList ?? CACHED_APIS) as readonly CachedApi[],
  };
}
