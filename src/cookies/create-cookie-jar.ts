import {
  asyncScheduler,
  catchError,
  defer,
  mergeMap,
  Observable,
  of,
  ReplaySubject,
  share,
  tap,
  type SchedulerLike,
} from 'rxjs';
import type { HttpInterceptor, HttpRequest } from '../network/calls/http-request.js';
import { each } from '../operators/each.js';
import { checkOptions } from '../platform/check-options.js';
import type { DomainLists } from '../platform/domain-lists.js';
import type { Store } from '../resilience/store.js';
import { goesTo, isSame, placeOf, type Cookie } from './cookie.js';
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

/** So many cookies of one domain are kept; the oldest goes first. */
const MOST = 50;

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
 * - A cookie without a name is not kept, and of a domain 50 at most.
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
  const { domains, scheduler = asyncScheduler, onWarning = (message: string) => console.warn(message) } = options;
  const listed: readonly string[] = ([] as string[]).concat(...(Object.values(domains ?? {}) as (readonly string[])[]));
  const hosts = domains && listed.map((entry) => placeOf(entry)?.host ?? '');
  const isOurs = (domain: string) => !hosts || hosts.some((host) => host === domain || host.endsWith(`.${domain}`));
  // It cannot throw into the call that it is told of.
  const warn = (what: string) => each([`rx-miniprogram: ${what}`], onWarning);

  let jar: readonly Cookie[] = [];
  let generation = 0;
  let isRead = false;
  let store: Store<readonly Cookie[]> | undefined;

  const isFresh = ({ expiresAt = Infinity }: Cookie) => expiresAt > scheduler.now();
  const told = (work$: Observable<unknown>) =>
    work$.subscribe({ error: (error: unknown) => warn(`the cookies are not kept on the device: ${String(error)}`) });

  const save = (domain: string) => {
    // Not before it is known what is there: it would be written over.
    if (!store || !isRead) return;
    const lasting = jar.filter((cookie) => cookie.domain === domain && cookie.expiresAt !== undefined);
    told(lasting.length === 0 ? store.remove(domain) : store.set(domain, lasting));
  };

  /** In its old place, where it has one: the jar is in the order in which cookies were made. */
  const put = (cookie: Cookie) => {
    const before = jar.find((other) => isSame(other, cookie));
    const kept = before ? { ...cookie, createdAt: before.createdAt } : cookie;
    const next = before ? jar.map((other) => (other === before ? kept : other)) : [...jar, kept];
    const [oldest, ...others] = next.filter(isFresh).filter(({ domain }) => domain === cookie.domain);
    jar = next.filter((other) => isFresh(other) && !(others.length >= MOST && other === oldest));
    save(cookie.domain);
  };

  const keep = (url: string, setCookie: string): string | undefined => {
    const from = placeOf(url);
    if (!from) return `'${setCookie.split('=', 1).join()}' was set by what is no URL`;
    const read = readSetCookie(setCookie, from, scheduler.now(), isOurs);
    if ('problem' in read) return read.problem;
    const { cookie } = read;
    // Who listens on http must not put another in the place of one that is Secure.
    const isGuarded = jar.some(
      ({ name, secure, path, domain }) =>
        secure && !from.secure && name === cookie.name && path === cookie.path && domain === cookie.domain,
    );
    if (isGuarded)
      return `the cookie '${cookie.name}' of ${from.host} is Secure already, and came over http; it is not kept`;
    put(cookie);
    return undefined;
  };

  /** Emits once what was stored is in the jar; what came since counts. */
  const ready$: Observable<unknown> = defer(() => {
    if (!options.store) return of(true);
    store = options.store();
    const asked = generation;
    return store.entries().pipe(
      tap((stored) => {
        isRead = true;
        if (asked !== generation) return;
        const found: Cookie[] = [];
        for (const list of stored.values())
          if (Array.isArray(list)) found.push(...list.filter(isCookie).filter(isFresh));
        const early = new Set(jar.map(({ domain }) => domain));
        jar = [...found.filter((cookie) => !jar.some((other) => isSame(other, cookie))), ...jar];
        // What was set before it was known what is there.
        early.forEach(save);
      }),
      catchError((error: unknown) => {
        isRead = true;
        warn(`the cookies on the device cannot be read: ${String(error)}`);
        return of(true);
      }),
    );
  }).pipe(
    share({ connector: () => new ReplaySubject<unknown>(1), resetOnComplete: false, resetOnRefCountZero: false }),
  );

  const cookies = (url: string): readonly Cookie[] => {
    const place = placeOf(url);
    if (!place) return [];
    return jar
      .filter((cookie) => isFresh(cookie) && goesTo(cookie, place))
      .sort((a, b) => b.path.length - a.path.length || a.createdAt - b.createdAt);
  };
  const cookieHeader = (url: string): string | undefined =>
    cookies(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ') || undefined;

  const withCookies = (request: HttpRequest): HttpRequest => {
    const { url, header = {} } = request;
    if (Object.keys(header).some((name) => name.toLowerCase() === 'cookie')) return request;
    const field = cookieHeader(url);
    return field === undefined ? request : { ...request, header: { ...header, Cookie: field } };
  };

  return {
    interceptor: function cookieJar(request, next) {
      return ready$.pipe(
        mergeMap(() => {
          const asked = generation;
          return next(withCookies(request)).pipe(
            tap(({ url, cookies }) => {
              for (const setCookie of asked === generation ? cookies : []) {
                const problem = keep(url, setCookie);
                if (problem !== undefined) warn(problem);
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
      if (problem !== undefined) throw new TypeError(`CookieJar.set: ${problem}`);
      ready$.subscribe();
    },
    clear() {
      generation++;
      jar = [];
      store ??= options.store?.();
      if (store) told(store.clear());
    },
  };
}

/** What another version of the app has stored may be anything. */
function isCookie(value: unknown): value is Cookie {
  const { name, domain, path, expiresAt } = (value ?? {}) as Partial<Cookie>;
  return typeof expiresAt === 'number' && [name, domain, path].every((part) => typeof part === 'string');
}
