import type { AnswerCache } from '../cache/answer-cache.js';
import { createCacheManager, type CacheManagerInside, type CachePlace } from '../cache/cache-manager.js';
import type { Host } from '../host.js';
import { deadlineMs } from '../rules/deadline.js';
import { parameterFailure, REQUEST_PARAMETERS, textOf, typeName } from '../rules/parameters.js';
import { callSuccess, promiseWithoutCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { CacheableRequest, CachedApi, CacheManagerApi } from './cache-manager-types.js';
import { interceptCall } from './intercepted-call.js';
import type { Request } from './request.js';
import type { RequestOption } from './request-types.js';
import type { SessionApi } from './session.js';

/** What a cache manager comes between. */
export interface UncachedCalls extends SessionApi {
  readonly request: Request;
}

/** The calls, which ask the cache manager once there is one; and what tells it of the connection. */
export interface CachedCalls extends UncachedCalls, CacheManagerApi {
  readonly connectionChanged: () => void;
}

/**
 * Puts `wx.createCacheManager` before the calls that it keeps.
 *
 * ```text
 * state 0   request ──▶ the network ──▶ success, and kept where a rule is for it
 * state 1   request ──▶ 'request' of the manager: what its promise says, success and fail are told
 * ```
 *
 * - Evidence: discoveries/cache-manager.md
 */
export function createCachedCalls(
  host: Host,
  calls: UncachedCalls,
  dependencies: { readonly cache: AnswerCache; readonly weak: () => boolean },
): CachedCalls {
  const { settings, deliver } = host;
  const { request } = calls;
  const now = () => settings.scheduler.now();
  let inside: CacheManagerInside | undefined;

  /** A plain call whose answer is kept. */
  const keeping = ({ keep }: CacheManagerInside, place: CachePlace, option: RequestOption): RequestOption => {
    const { success } = option;
    return {
      ...option,
      success: (result) => {
        keep(place, result);
        if (typeof success === 'function') success(result);
      },
    };
  };

  const cachedRequest = (manager: CacheManagerInside, option: RequestOption) => {
    const asked = cacheableOf(option);
    const place = asked && manager.placeOf(asked);
    if (!place) return request(option);
    if (manager.manager.state === 0) return request(keeping(manager, place, option));
    const handlers = manager.handlers();
    const refused = parameterFailure(option, REQUEST_PARAMETERS) ?? host.closed() ?? host.background.refusal();
    if (refused || handlers.length === 0) return request(option);

    const taken = { ...option };
    return interceptCall(host, {
      option: taken,
      asked,
      timeoutMs: deadlineMs('request', option.timeout, settings),
      handlers,
      send: (update, callbacks) => {
        const sent: RequestOption = { ...taken, complete: undefined, ...callbacks };
        return request(update ? keeping(manager, place, sent) : sent);
      },
    });
  };

  const cachedApi =
    (name: 'login' | 'checkSession', call: (option?: object) => unknown) =>
    (option?: Callbacks<GeneralResult>): unknown => {
      const id: CachedApi = `wx.${name}`;
      if (!inside?.keepsApi(id)) return call(option);
      const { manager, keep } = inside;
      const found = manager.state === 1 ? dependencies.cache.get(id, now()) : undefined;
      if (!found && manager.state === 1) return call(option);
      return promiseWithoutCallbacks(option, (callbacks) => {
        if (found) {
          const answer = { ...found.data, fromCache: true } as unknown as GeneralResult;
          deliver(() => callSuccess(callbacks, answer));
          return;
        }
        call({
          ...option,
          ...callbacks,
          success: (result: GeneralResult) => {
            keep({ ruleId: '', cacheId: id, maxAgeMs: manager.maxAge }, result);
            callbacks.success?.(result);
          },
        });
      });
    };

  return {
    request: ((option: RequestOption) => (inside ? cachedRequest(inside, option) : request(option))) as Request,
    // What the calls return depends on the type of the option, which an implementation cannot follow.
    login: cachedApi('login', (option) => calls.login(option)) as SessionApi['login'],
    checkSession: cachedApi('checkSession', (option) => calls.checkSession(option)) as SessionApi['checkSession'],
    // There is one of an app; what a second call asks for is not known to change it.
    createCacheManager: (option) =>
      (inside ??= createCacheManager(option, { cache: dependencies.cache, now, weak: dependencies.weak, deliver }))
        .manager,
    connectionChanged: () => inside?.connectionChanged(),
  };
}

/** What rules are for: text and JSON, not bytes and not chunks. */
function cacheableOf(option: Partial<RequestOption> | undefined): CacheableRequest | undefined {
  const { url, method = 'GET', data, responseType, enableChunked } = option ?? {};
  const isBytes = /^(?:ArrayBuffer|DataView|\w+Array)$/.test(typeName(data));
  if (typeof url !== 'string' || isBytes || responseType === 'arraybuffer' || enableChunked === true) return undefined;
  return { url, method: textOf(method), data };
}
