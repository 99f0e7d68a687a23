import { map, type Observable } from 'rxjs';
import type { Network } from '../network/create-network.js';
import type { InspectEvent } from '../network/network-event.js';
import { tellerOf } from './teller.js';

/**
 * Each decision about each call and each socket, as it is made, with its reason and its numbers, and without secrets: see
 * {@link InspectEvent}. It is hot: who listens is told of the calls that are made from then on, and of the sockets that connect.
 * While nobody listens nothing is made, and a call pays one look.
 *
 * ```text
 * call     ^----------!        ^ = subscribed, ! = over
 * events$  cq---s---ade        c = called, q = queued, s = sent, a = answered, d = decoded, e = completed
 * ```
 *
 * The listener runs within the call that it is told of: it should note, and not work.
 *
 * @example
 * ```ts
 * networkEvents$(network).subscribe((event) => {
 *   if (event.type === 'held') console.log(`call ${event.call} is held: ${event.reason}`);
 *   if (event.type === 'refused') console.log(`call ${event.call}: ${event.error.rule} ${event.error.what}`);
 * });
 * ```
 *
 * @throws TypeError for what is not from `createNetwork()`.
 */
export function networkEvents$(network: Network): Observable<InspectEvent> {
  return tellerOf(network).told$.pipe(map(({ event }) => event));
}
