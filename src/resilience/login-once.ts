import {
  concat,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  mergeMap,
  of,
  share,
  tap,
  throwError,
  type Observable,
  type ObservableInput,
} from 'rxjs';
import type { HttpHandler, HttpInterceptor, HttpRequest } from '../network/calls/http-request.js';
import { ANSWERED_BY, type MarkedRequest } from '../network/calls/shared-call.js';
import type { NetworkInternals } from '../network/internals.js';
import { timeLimit } from '../operators/time-limit.js';
import { checkOptions } from '../platform/check-options.js';
import type { HttpResponse } from '../platform/http-response.js';

/** When to log in. */
export interface LoginOnceOptions {
  /** Whether an answer says that the caller is not logged in. @defaultValue status 401 */
  readonly isRefused?: ((answer: HttpResponse<unknown>) => boolean) | undefined;
  /** Asked before each call: `false` logs in first. @defaultValue `() => true`: only who is refused logs in */
  readonly isLoggedIn?: (() => boolean) | undefined;
  /** Which calls it is for; the others pass, whatever they are answered. @defaultValue all */
  readonly when?: ((request: HttpRequest) => boolean) | undefined;
  /** Longest login, in milliseconds, of foreground where a call of `http$` began it. @defaultValue `60000` */
  readonly totalMs?: number | undefined;
}

/**
 * Makes an interceptor that logs in once for all calls that are refused meanwhile, and sends each of them once more.
 *
 * ```text
 * a      r--------a|      r: 401
 * b      --r------b|
 * login  ^--------!       one for both; c, which was on its way, is only sent again
 * c      ----------rc|
 * ```
 *
 * - The login's own request goes out by `send`, below the interceptors, so a refused login does not log in. By `http$` it
 *   would wait for itself.
 * - If the login fails, all calls that wait for it fail with its error, and so do those that were on their way and are
 *   refused afterwards. A call that is made later tries anew.
 * - A call that is refused twice is answered with that refusal. A call that waits for a login has no place in the queue.
 * - When all who wait have left, the login is aborted.
 *
 * A login that takes longer than `totalMs` has failed, with `timeout`: whoever waits is never held for good.
 *
 * The new token goes into the calls by `beforeSend`, which runs at each attempt.
 *
 * @example
 * ```ts
 * const login = (send: HttpHandler) =>
 *   defer(() => wx.login()).pipe(
 *     switchMap(({ code }) => send({ url: '/login', method: 'POST', data: { code }, priority: 'high' })),
 *     requireOk(),
 *     tap(({ body }) => (token = (body as Session).token)),
 *   );
 * const network = createNetwork({ baseUrl, beforeSend, interceptors: [loginOnce(login)] });
 * ```
 *
 * @param login - Logs in, and keeps what came; it is over when it completes.
 * @throws TypeError when `login` is no function, or an option is not what it should be.
 */
export function loginOnce(
  login: (send: HttpHandler) => ObservableInput<unknown>,
  options: LoginOnceOptions = {},
): HttpInterceptor {
  if (typeof login !== 'function') {
    throw new TypeError(`loginOnce: expected a function (send) => Observable; got ${typeof login}`);
  }
  checkOptions('loginOnce', options, {
    isRefused: 'function',
    isLoggedIn: 'function',
    when: 'function',
    totalMs: 'delay',
  });
  const { isRefused = ({ status }) => status === 401, isLoggedIn = () => true, when = () => true } = options;
  const { totalMs = 60_000 } = options;

  /** How many logins are over, and what the last of them failed with. */
  let over = 0;
  let failure: { readonly error: unknown } | undefined;
  let running$: Observable<never> | undefined;

  /** An interceptor knows the front and the clock from a call of `http$` only. */
  const inTime = (source$: Observable<never>, network: NetworkInternals | undefined) =>
    source$.pipe(
      timeLimit({
        totalMs,
        app$: network?.settings.interruptInBackground ? network.app$ : undefined,
        scheduler: network?.scheduler,
        call: { api: 'loginOnce', url: 'loginOnce' },
      }),
    );

  const logIn = (send: HttpHandler, { [ANSWERED_BY]: network }: HttpRequest & MarkedRequest): Observable<never> => {
    const end = (failed: typeof failure) => {
      over++;
      failure = failed;
      running$ = undefined;
    };
    const login$: Observable<never> = (running$ ??= inTime(
      defer(() => login(send)).pipe(ignoreElements()),
      network,
    ).pipe(
      tap({ complete: () => end(undefined), error: (error: unknown) => end({ error }) }),
      finalize(() => {
        // All have left.
        if (running$ === login$) running$ = undefined;
      }),
      share(),
    ));
    return login$;
  };

  const renewed$ = (before: number, send: HttpHandler, request: HttpRequest): Observable<never> => {
    // Sent before that login was over: it was for this call, too.
    if (over !== before) return failure ? throwError(() => failure?.error) : EMPTY;
    return logIn(send, request);
  };

  const loginOnce: HttpInterceptor = (request, next, send) => {
    if (!when(request)) return next(request);
    const answered$ = defer(() => {
      const before = over;
      return next(request).pipe(
        mergeMap((answer) => (isRefused(answer) ? concat(renewed$(before, send, request), next(request)) : of(answer))),
      );
    });
    return defer(() => (isLoggedIn() ? answered$ : concat(logIn(send, request), answered$)));
  };
  return Object.assign(loginOnce, { [ANSWERED_BY]: undefined });
}
