import type { QueuedCall } from '../../operators/queued-call.js';
import type { NetworkInternals } from '../internals.js';
import type { CallWatch } from '../watching.js';

/**
 * Of a request, as interceptors see it: it is one of `http$`, of that network, and has nothing but an answer to tell. Of an
 * interceptor: it wants to know. For others a request is as it is, also where they print or compare it.
 */
export const ANSWERED_BY = /* @__PURE__ */ Symbol('answered by');
/** Of a request that an interceptor hands on: told of the call that is made of it, before it enters the queue. */
export const ON_CALL = /* @__PURE__ */ Symbol('on call');
/** Of a request that is {@link ANSWERED_BY} a network which somebody watches. */
export const WATCHED_BY = /* @__PURE__ */ Symbol('watched by');

/** It may make one call unlike another: those of one `kind` are alike. */
export type OnCall = ((call: QueuedCall) => void) & { readonly kind?: string };

/** What `shareInFlight` and the network tell each other. Interceptors between them copy it along with the rest of a request. */
export interface MarkedRequest {
  [ANSWERED_BY]?: NetworkInternals | undefined;
  [WATCHED_BY]?: CallWatch | undefined;
  [ON_CALL]?: OnCall | undefined;
}
