import type { SchedulerLike } from 'rxjs';
import type { SessionOptions } from '../api-options.js';
import { isWait } from '../option-rule.js';
import { callFail, callSuccess, promiseWithoutCallbacks, type Callbacks, type GeneralResult } from './callbacks.js';
import type { Promised } from './network-status.js';

/** What `login` takes. */
export interface LoginOption extends Callbacks<LoginResult, LoginFailed> {
  timeout?: number | undefined;
}

/** What `fail` of `login` gets. */
export interface LoginFailed extends GeneralResult {
  /** As typed officially; what has been seen has none. */
  errno: number;
}

/** What `login` tells. */
export interface LoginResult extends GeneralResult {
  code: string;
}

/** Whether it is such an object, with nothing else in it. */
export function isSession(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { latencyMs = 0, ...functions } = value as Readonly<Record<string, unknown>>;
  return (
    isWait(latencyMs) &&
    Object.entries(functions).every(
      ([name, given]) =>
        ['code', 'fails', 'expired'].includes(name) && (given === undefined || typeof given === 'function'),
    )
  );
}

/** The part of `wx` that knows the user. */
export interface SessionApi {
  login<Option extends LoginOption = LoginOption>(option?: Option): Promised<Option, LoginResult>;
  checkSession<Option extends Callbacks<GeneralResult> = Callbacks<GeneralResult>>(
    option?: Option,
  ): Promised<Option, GeneralResult>;
}

/** What the session stands on. */
export interface SessionDependencies {
  readonly session: SessionOptions;
  readonly scheduler: SchedulerLike;
  readonly deliver: (callback: () => void) => void;
  readonly offline: () => boolean;
  /** The logins on this device, which outlive an app. */
  readonly logins: { count: number };
}

/**
 * Makes `wx.login` and `wx.checkSession`: they need the network, but count among no calls and are in no domain list.
 *
 * - Evidence: official pages; the words of an expired session have been seen
 * - Not known: the words without a network. Here those of Chromium
 */
export function createSessionApi({ session, scheduler, deliver, offline, logins }: SessionDependencies): SessionApi {
  const {
    latencyMs = 0,
    code = (login: number) => `code-${login}`,
    fails = () => undefined,
    expired = () => logins.count === 0,
  } = session;

  const later = (api: string, option: object | undefined, outcome: () => { result: object } | { failed: string }) =>
    promiseWithoutCallbacks(option as Callbacks<GeneralResult> | undefined, (callbacks) => {
      const tell = () => {
        const came = offline() ? { failed: 'net::ERR_INTERNET_DISCONNECTED' } : outcome();
        deliver(() =>
          'failed' in came
            ? callFail(callbacks, { errMsg: `${api}:fail ${came.failed}` })
            : callSuccess(callbacks, { ...came.result, errMsg: `${api}:ok` }),
        );
      };
      scheduler.schedule(tell, latencyMs);
    });

  const api: { readonly [Name in keyof SessionApi]: unknown } = {
    login: (option?: object) =>
      later('login', option, () => {
        const login = logins.count + 1;
        const failed = fails(login);
        if (failed !== undefined) return { failed };
        logins.count = login;
        return { result: { code: code(login) } };
      }),
    checkSession: (option?: object) =>
      later('checkSession', option, () =>
        expired() ? { failed: '系统错误，错误码：-13001,session time out, need relogin' } : { result: {} },
      ),
  };
  // What the calls return depends on the type of the option, which an implementation cannot follow.
  return api as SessionApi;
}
