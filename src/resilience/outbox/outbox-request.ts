import { CALL_OPTIONS, FOREIGN_NAMES } from '../../network/calls/call-spec.js';
import type { HttpRequest } from '../../network/calls/http-request.js';
import { HTTP } from '../../network/calls/http-spec.js';
import { normalize, prepare } from '../../network/calls/prepare.js';
import type { UploadRequest } from '../../network/calls/upload-request.js';
import { UPLOAD } from '../../network/calls/upload-spec.js';
import type { NetworkInternals } from '../../network/internals.js';
import { refuseUnlisted } from '../../network/refuse-unlisted.js';
import { problemOfOptions, type OptionKind } from '../../platform/check-options.js';
import { copyOf } from '../../platform/copy-of.js';
import { NetworkError } from '../../platform/network-error.js';

/**
 * What is put into an outbox: a call of `http$`, or of `upload$` where it has a `filePath`. A token does not belong into its
 * `header`, as it would be kept with it: `beforeSend` adds it when the item is sent.
 */
export interface OutboxRequest
  extends
    Pick<HttpRequest, 'url' | 'header' | 'data' | 'arrays' | 'priority' | 'attemptMs' | 'idempotencyKey'>,
    Pick<UploadRequest, 'filePath' | 'name' | 'formData'> {
  /** @defaultValue `'POST'` */
  readonly method?: HttpRequest['method'];
  /** Items of the same lane are sent one after the other, in the order in which they were put. @defaultValue `''`: one for all */
  readonly lane?: string | undefined;
}

const { url, method, header, priority, attemptMs, idempotencyKey } = CALL_OPTIONS;
const { data, arrays } = HTTP.options as { readonly data: OptionKind; readonly arrays: OptionKind };
const SHARED = { url, method, header, priority, attemptMs, idempotencyKey, lane: 'string' } as const;
const CALL = { ...SHARED, data, arrays };
const FILE = { ...SHARED, filePath: 'string', name: 'string', formData: 'object' } as const;

/** What is kept of it. */
export interface KeptRequest {
  readonly lane: string;
  readonly request: Omit<OutboxRequest, 'lane'>;
}

/**
 * The request as it is now, copied, so that what is kept is what was put.
 *
 * @throws NetworkError for what could never be sent: it is told now, and not when the app has long been left.
 */
export function keptRequest(network: NetworkInternals, request: OutboxRequest): KeptRequest {
  const isFile = typeof request === 'object' && (request as OutboxRequest | null)?.filePath !== undefined;
  const spec = isFile ? UPLOAD : HTTP;
  const refuse = (what: string): never => {
    const api = isFile ? 'uploadFile' : 'request';
    throw new NetworkError(what, { code: 'invalid-argument', phase: 'check', api });
  };
  const problem = problemOfOptions(request, isFile ? FILE : CALL, FOREIGN_NAMES);
  if (problem !== undefined) refuse(problem);
  const { lane = '', method = 'POST', ...rest } = request;
  const call = { ...rest, method };
  const whole = normalize<never>(network, spec as never, call as never);
  const ready = prepare<never>(network, spec as never, whole);
  refuseUnlisted(network, ready.api, (whole as OutboxRequest).url);
  try {
    const kept = copyOf(call);
    JSON.stringify(kept);
    return { lane, request: kept };
  } catch (cause) {
    return refuse(`it cannot be kept: ${(cause as Error).message}`);
  }
}
