/** What the code is part of; each has another `wx`. */
export type AppKind = 'mini-program' | 'mini-game' | 'plugin';

/** The calls whose answers an option may change. */
export const ANSWERED = [
  'getAccountInfoSync',
  'getAppBaseInfo',
  'getDeviceInfo',
  'getWindowInfo',
  'getSystemInfoSync',
  'getSystemSetting',
  'getAppAuthorizeSetting',
  'getLaunchOptionsSync',
  'getEnterOptionsSync',
] as const;

/** What some of those calls answer, beside what they would or in its place. */
export type Answers = { readonly [Name in (typeof ANSWERED)[number]]?: Readonly<Record<string, unknown>> | undefined };

/** What the client has fetched for the app before it asked: at its start, or every twelve hours. */
export interface FetchedData {
  readonly fetchedData: string;
  /** When it comes, in milliseconds after the start of the app. @defaultValue 0: it is there at once */
  readonly afterMs?: number | undefined;
  readonly path?: string | undefined;
  readonly query?: string | undefined;
  readonly scene?: number | undefined;
}

/** What the client fetches, by kind. */
export interface BackgroundFetchOptions {
  readonly pre?: FetchedData | undefined;
  readonly periodic?: FetchedData | undefined;
}

/** How `wx.login` and `wx.checkSession` answer. */
export interface SessionOptions {
  /** How long either takes, in milliseconds. @defaultValue 0: the next turn */
  readonly latencyMs?: number | undefined;
  /** The code of each login, which your server changes for a session. @defaultValue `'code-1'`, `'code-2'` … */
  readonly code?: ((login: number) => string) | undefined;
  /** Asked at each login; text makes it fail with these words. @defaultValue none fails */
  readonly fails?: ((login: number) => string | undefined) | undefined;
  /** Asked by `checkSession`. @defaultValue `false`, once there was a login; before it `true` */
  readonly expired?: (() => boolean) | undefined;
}

/** What becomes of the look for a new version, which each cold start begins. */
export type UpdateOutcome = 'none' | 'ready' | 'failed';

/** A service on the local network, as the test has it. */
export interface LocalService {
  readonly serviceType: string;
  readonly serviceName: string;
  readonly ip: string;
  readonly port: number;
  /** How long a search takes to find it, in milliseconds. @defaultValue 0 */
  readonly afterMs?: number | undefined;
  /** When it leaves, in milliseconds from the beginning of the search. @defaultValue never */
  readonly lostAfterMs?: number | undefined;
  /** `false`: it is seen, but its address cannot be found out. @defaultValue `true` */
  readonly resolves?: boolean | undefined;
}
