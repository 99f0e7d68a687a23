import {
  asyncScheduler,
  catchError,
  defer,
  EMPTY,
  map,
  mergeMap,
  of,
  shareReplay,
  tap,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import type { HttpInterceptor } from '../network/calls/http-request.js';
import { each } from '../operators/each.js';
import { checkOptions } from '../platform/check-options.js';
import type { DomainLists } from '../platform/domain-lists.js';
import { nameIn } from '../platform/header-field.js';
import type { Store } from '../resilience/store.js';
import { isBelow, isWithin, placeOf, type Cookie } from './cookie.js';
import { readSetCookie } from './read-set-cookie.js';

/** How a jar is made. */
export interface CookieJarOptions {
  /**
   * Where cookies with a date are kept when the app ends; those without are for as long as it runs. A function, since a store
   * needs the network that needs the jar: it is asked at the first use. @defaultValue all are for as long as the app runs
   */
  readonly store?: (() => Store<readonly Cookie[]>) | undefined;
  /**
   * The lists of the network. A cookie may be for a domain (`Domain=example.com`) only where that covers a host of these
   * lists. @defaultValue it has to cover the host that set it
   */
  readonly domains?: DomainLists | undefined;
  /** Gets each sentence on a cookie that is not kept, and on a store that fails; it names no value. @defaultValue `console.warn` */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** The clock by which cookies expire. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** Cookies of an app. */
export interface CookieJar {
  /** Puts cookies into each call, and keeps those of its answer: for `createNetwork({ interceptors })`. */
  readonly interceptor: HttpInterceptor;
  /** Those that go to a URL, in the order in which they go. */
  cookies(url: string): readonly Cookie[];
  /** The same as one field, for a socket, say; `undefined` where there are none. */
  cookieHeader(url: string): string | undefined;
  /**
   * Keeps a cookie as if the server of that URL had set it.
   *
   * @param setCookie - Such as `sid=1; Path=/; Max-Age=3600`.
   * @throws TypeError for one that is not kept, with the reason.
   */
  set(url: string, setCookie: string): void;
  /** Takes all out, of the store too. What calls that run now are answered is not kept: they were sent before. */
  clear(): void;
}

declare const console: { warn(message: string): void };

type JarStore = Pick<Store<readonly Cookie[]>, 'get' | 'set' | 'clear'>;
/** Where none are kept when the app ends. */
const NO_STORE: JarStore = { get: () => of(undefined), set: () => EMPTY, clear: () => EMPTY };
/** So many cookies of one domain are kept. */
const MOST = 50;
/** Under which they are stored, all together: there are few. */
const KEY = 'jar';

/**
 * Makes a jar for cookies: the platform has none. By RFC 6265bis, for what an app needs of it.
 *
 * ```text
 * POST /login  → 200, Set-Cookie: sid=1; Path=/; HttpOnly
 * GET /me        Cookie: sid=1
 * ```
 *
 * - For `http$`, uploads, downloads and streams alike, by one interceptor. A call that brings a `Cookie` field of its own goes as
 *   it is.
 * - A cookie goes to the host that set it, or to its domain (`Domain=`) where that covers a host of your lists, never to a
 *   `com.cn`; below its path; over https if it is `Secure`, which the names `__Host-…` and `__Secure-…` demand.
 * - `Max-Age` counts before `Expires`, and nothing is kept for more than 400 days. The longest path goes first.
 * - A cookie without a name is not kept, nor one that no header of a call can carry (Chinese, say), and of a domain 50 at most:
 *   the oldest goes that is not `Secure`.
 * - Cookies that are set by a redirect are not seen: the platform follows it and tells the last answer only. That one's are
 *   kept for the host that was asked.
 *
 * @example
 * ```ts
 * const domains = { request: ['https://api.example.com'] };
 * const jar = createCookieJar({ domains, store: () => cookies });
 * const network = createNetwork({ domains, interceptors: [jar.interceptor] });
 * const cookies = createStore<readonly Cookie[]>(network, { name: 'cookies' });
 *
 * const logout = () => jar.clear();
 * ```
 *
 * @throws TypeError when an option is not what it should be. What a list must be is `createNetwork`'s to say.
 */
export function createCookieJar(options: CookieJarOptions = {}): CookieJar {
  checkOptions('createCookieJar', options, {
    store: 'function',
    domains: 'object',
    onWarning: 'function',
    scheduler: 'object',
  });
  const { domains, scheduler = asyncScheduler, store: open = () => NO_STORE } = options;
  const { onWarning = (message: string) => console.warn(message) } = options;
  // The hosts of the lists, among other words; no domain is one of those.
  const hosts = domains && JSON.stringify(domains).toLowerCase().split(/["/:]/);
  // It cannot throw into the call that it is told of.
  const warn = (what: string) => each([`rx-miniprogram: ${what}`], onWarning);

  /** In the order in which they were made. */
  let jar: readonly Cookie[] = [];
  let generation = 0;
  const isFresh = ({ expiresAt = Infinity }: Cookie) => expiresAt > scheduler.now();
  const failed = (what: string) =>
    catchError((error: unknown) => {
      warn(`the cookies on the device cannot be ${what}: ${String(error)}`);
      return of(undefined);
    });

  /** The later one of the same name counts, in the place of the earlier one. */
  const put = (cookies: readonly Cookie[]) => {
    const byName = new Map(cookies.map((cookie) => [nameOf(cookie), cookie]));
    jar = [...byName.values()].filter(isFresh);
  };

  /** Emits the store once what was there is in the jar, which would be written over; what came since counts. */
  const store$ = defer(() => {
    const store: JarStore = open();
    const asked = generation;
    return store.get(KEY).pipe(
      tap((stored = []) => {
        if (asked === generation) put([...stored.filter(isCookie), ...jar]);
      }),
      failed('read'),
      map(() => store),
    );
  }).pipe(shareReplay({ bufferSize: 1, refCount: false }));
  const write = (work: (store: JarStore) => Observable<never>) => {
    store$.pipe(mergeMap(work), failed('written')).subscribe();
  };

  /** Gives back why it is not kept. */
  const keep = (url: string, setCookie: string): string | undefined => {
    put(jar);
    const cookie = readSetCookie(setCookie, placeOf(url), scheduler.now(), jar, hosts);
    if (typeof cookie === 'string') return cookie;
    put([...jar, cookie]);
    const those = jar.filter(({ domain }) => domain === cookie.domain);
    // If there is one too many, the oldest that is not Secure: who listens on http must not push out one that is.
    const [oldest] = those.length > MOST ? [...those.filter(({ secure }) => !secure), ...those] : [];
    jar = jar.filter((other) => other !== oldest);
    write((store) =>
      store.set(
        KEY,
        jar.filter(({ expiresAt }) => expiresAt),
      ),
    );
    return undefined;
  };

  const cookies = (url: string): readonly Cookie[] => {
    const { host, path, secure } = placeOf(url);
    return jar
      .filter(
        (cookie) =>
          isFresh(cookie) &&
          (cookie.hostOnly ? host === cookie.domain : isWithin(host, cookie.domain)) &&
          isBelow(path, cookie.path) &&
          (secure || !cookie.secure),
      )
      .sort((a, b) => b.path.length - a.path.length);
  };
  const cookieHeader = (url: string): string | undefined =>
    cookies(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ') || undefined;

  return {
    interceptor: function cookieJar(request, next) {
      return store$.pipe(
        mergeMap(() => {
          const asked = generation;
          const { url, header } = request;
          const Cookie = nameIn(header, 'cookie') ? undefined : cookieHeader(url);
          return next(Cookie ? { ...request, header: { ...header, Cookie } } : request).pipe(
            tap(({ url, cookies }) => {
              for (const setCookie of asked === generation ? cookies : []) {
                const problem = keep(url, setCookie);
                if (problem) warn(problem);
              }
            }),
          );
        }),
      );
    },
    cookies,
    cookieHeader,
    set(url, setCookie) {
      const problem = keep(url, setCookie);
      if (problem) throw new TypeError(`CookieJar.set: ${problem}`);
    },
    clear() {
      write((store) => store.clear());
      // After that: what it begins to read is of before.
      generation++;
      jar = [];
    },
  };
}

/** What two cookies have in common that are the same one. No part has a line of its own: that is a control character. */
function nameOf({ name, domain, hostOnly, path }: Cookie): string {
  return [name, domain, hostOnly, path].join('\n');
}

/** What another version of the app has stored may be anything. */
function isCookie(stored: object): stored is Cookie {
  const { name, value, domain, path } = { ...stored } as Partial<Cookie>;
  return [name, value, domain, path].every((part) => typeof part === 'string');
}
