import type { QueuedCall } from '../../operators/queued-call.js';
import type { NetworkInternals } from '../internals.js';

/** Of an interceptor: it wants requests that are marked. For others they are as they are, also where they are printed or compared. */
export const WANTS_MARKS = /* @__PURE__ */ Symbol('wants marks');
/** Of a request, as interceptors see it: it is one of `http$`, of that network, and has nothing but an answer to tell. */
export const ANSWERED_BY = /* @__PURE__ */ Symbol('answered by');
/** Of a request that an interceptor hands on: told of the call that is made of it, before it enters the queue. */
export const ON_CALL = /* @__PURE__ */ Symbol('on call');

/** What `shareInFlight` and the network tell each other. Interceptors between them copy it along with the rest of a request. */
export interface MarkedRequest {
  [ANSWERED_BY]?: NetworkInternals | undefined;
  [ON_CALL]?: ((call: QueuedCall) => void) | undefined;
}
