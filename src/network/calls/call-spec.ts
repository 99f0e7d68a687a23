import { PRIORITIES } from '../../operators/waiting-line.js';
import { BACKGROUND_POLICIES } from '../../platform/app-state.js';
import { has, type OptionHints, type OptionKind, type OptionKinds } from '../../platform/check-options.js';
import { isRecord, kindOf, type Refuse } from '../../platform/field-text.js';
import type { CallDetails } from '../../platform/network-error.js';
import type { FreshResponse, WxAnswer } from '../../platform/make-response.js';
import type { RequestPlatformOptions } from '../../platform/platform-options.js';
import type { Header, HttpMethod } from '../../platform/wx.js';
import type { TaskAnswer, TaskSubscriber } from '../../sources/task-events.js';
import type { NetworkInternals } from '../internals.js';
import type { CallPolicy } from '../policy.js';
import type { NetworkSettings } from '../settings.js';
import type { AttemptEvent } from './call-events.js';
import type { CallOptions } from './http-request.js';

/** The member of `wx` that a call is made by; it has a list of domains and a timeout of that name. */
export type CallApi = 'request' | 'uploadFile' | 'downloadFile';

/** What `http$`, `upload$` and the like are: what each takes, what one attempt calls, and how its answer is finished. */
export interface CallSpec<Request extends CallOptions> {
  /** What the caller knows it as. */
  readonly client: string;
  apiOf(request: Request): CallApi;
  /** The methods that it knows; the first, where nothing is said. */
  readonly methods: readonly [HttpMethod, ...HttpMethod[]];

  readonly options: OptionKinds;
  /** What to say of names that it has not. */
  readonly hints: OptionHints;
  /** Says what else is wrong. */
  problemOf?(request: Request): string | undefined;
  /** For calls that may take their time where `idleMs` bounds their silence: how long, where nobody says. Milliseconds. */
  readonly longMs?: number;
  /** The options that are sent: copied where the call waits, or may be sent again. */
  readonly content: readonly (keyof Request & string)[];
  /** The request with its body as it is sent, the same on every phone. Asked again after `beforeSend`. */
  written(
    request: Request,
    method: HttpMethod,
    header: Header | undefined,
    network: NetworkInternals,
    refuse: Refuse,
  ): Request;
  /** The options without which it would be another call: `next` of an interceptor adds what it is not given of them. */
  readonly identity: readonly (keyof Request & string)[];

  /** Makes one attempt, once the call has its place; what it throws is the error of the attempt. */
  send(network: NetworkInternals, sent: PreparedCall<Request>, attempt: TaskSubscriber<AttemptEvent>): void;
  /** The answer as the caller gets it: decoded, with what this client adds. */
  answer(told: TaskAnswer<WxAnswer>, sent: PreparedCall<Request>, network: NetworkInternals): FreshResponse;
}

/** A call that may be sent: nothing about it is missing or wrong. */
export interface PreparedCall<Request extends CallOptions> {
  readonly request: Request;
  readonly api: CallApi;
  readonly method: HttpMethod;
  /** Without a Referer (LIM-1). */
  readonly header: Header | undefined;
  readonly policy: CallPolicy;
}

/** What errors are to name of a call. */
export function detailsOf({ api, method, request: { url } }: PreparedCall<CallOptions>): CallDetails & {
  readonly api: CallApi;
} {
  return { api, method, url };
}

/** The options of the platform's own: the network's, and the call's, which win. */
export function platformOf(
  { platform }: NetworkSettings,
  call: Pick<CallOptions, 'platform'>,
): RequestPlatformOptions | undefined {
  return platform ? { ...platform, ...call.platform } : call.platform;
}

/** The options that every call has; `method` too, since `beforeSend` sees it and hands it on. */
export const CALL_OPTIONS: { readonly [Name in keyof Required<CallOptions> | 'method']: OptionKind } = {
  url: 'string',
  method: 'string',
  header: 'object',
  priority: PRIORITIES,
  maxWaitMs: 'delay',
  attemptMs: 'delay',
  idleMs: 'delay',
  totalMs: 'delay',
  background: BACKGROUND_POLICIES,
  interruptInBackground: 'boolean',
  idempotencyKey: 'string',
  platform: 'object',
};

/** What people bring along from `wx.request` and from other clients, and would otherwise wait for in vain. */
export const FOREIGN_NAMES: OptionHints = {
  timeout: 'write attemptMs, in milliseconds',
  success: 'subscribe({ next }) to the answer',
  fail: 'subscribe({ error }) to the failure',
  complete: 'add finalize() to the pipe',
  params: 'write data; for GET a query is made of it',
  body: 'write data',
  headers: 'write header',
  dataType: "write as: 'json' or as: 'text'",
  responseType: "write as: 'arraybuffer'",
  enableChunked: 'call stream$',
};

/** What a call sets itself, or has another name for, cannot be set behind its back. */
export function problemOfPlatform(
  platform: CallOptions['platform'],
  client: string,
  options: OptionKinds,
  hints: OptionHints,
): string | undefined {
  if (platform === undefined) return undefined;
  if (!isRecord(platform)) return `platform must be an object of names and values; got ${kindOf(platform)}`;
  const name = Object.keys(platform).find((name) => has(options, name) || has(hints, name));
  return name && `platform cannot have '${name}'; ${name === 'enableChunked' ? 'stream$' : client} sets it`;
}
