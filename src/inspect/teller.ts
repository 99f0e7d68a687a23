import { Observable, Subject, Subscription } from 'rxjs';
import { deviceNetwork$ } from '../network/device-network.js';
import { internalsOf, type NetworkInternals } from '../network/internals.js';
import type { Network } from '../network/create-network.js';
import type { InspectEvent } from '../network/network-event.js';
import { doorOf } from '../operators/request-queue.js';
import type { RequestQueueDoor } from '../operators/queued-call.js';
import type { NetworkWatcher } from '../network/watching.js';
import { CallTeller } from './call-teller.js';
import { QueryTeller } from './query-teller.js';
import { SocketTeller } from './socket-teller.js';

/** An event, and the body that it is about, which it does not show. */
export interface Told {
  readonly event: InspectEvent;
  readonly body?: unknown;
}

type Rest<Event> = Event extends InspectEvent ? Omit<Event, 'atMs'> : never;

/** Tells what a network decides to those who listen; it watches while anybody does. */
export class Teller {
  /** All that is told. */
  readonly told$ = new Observable<Told>((out) => {
    out.add(this.all$.subscribe(out));
    out.add(() => {
      if (!this.all$.observed) this.stop();
    });
    if (this.life.closed) this.start();
  });
  /** Calls that stand in line, in the order in which they came there. */
  readonly inLine = new Set<CallTeller>();
  private readonly all$ = new Subject<Told>();
  /** By the address that it was made with, the last call that is under way. */
  private readonly underWay = new Map<string, CallTeller>();
  private life = Subscription.EMPTY;
  private calls = 0;
  private sockets = 0;
  private readonly door: RequestQueueDoor;

  /** @param network - The internals of `shared`, which others know it by. */
  constructor(
    readonly network: NetworkInternals,
    readonly shared: Network,
  ) {
    this.door = doorOf(network.requestQueue);
  }

  /** Whether anybody listens. */
  get isHeard(): boolean {
    return this.all$.observed;
  }

  /** Why the queue stands still. */
  get pauses(): ReadonlySet<string> {
    return this.door.pauses;
  }

  tell(rest: Rest<InspectEvent>, body?: unknown): void {
    this.all$.next({ event: { atMs: this.network.scheduler.now(), ...rest }, body });
  }

  private start(): void {
    const { network } = this;
    const watcher: NetworkWatcher = {
      watch: (spec, input) => {
        const call = new CallTeller(this, ++this.calls, spec, input);
        this.underWay.set(addressOf(input), call);
        return call;
      },
      watchQuery: (query, subscriber) => new QueryTeller(this, query).shownTo(subscriber),
      watchSocket: (url) => new SocketTeller(this, ++this.sockets, url),
    };
    network.watcher = watcher;
    this.door.onPause = (reason, isPaused) => this.paused(reason, isPaused);
    // The first is told at once of each.
    this.life = network.app$.subscribe(({ visibility, awayMs }) =>
      this.tell({ type: 'lifecycle', visibility, awayMs }),
    );
    this.life.add(deviceNetwork$(this.shared).subscribe((status) => this.tell({ type: 'network', ...status })));
  }

  private stop(): void {
    this.life.unsubscribe();
    this.network.watcher = this.door.onPause = undefined;
    this.underWay.clear();
  }

  private paused(reason: string, isPaused: boolean): void {
    // Our own, within a turn.
    if (reason === 'returning') return;
    this.tell({ type: isPaused ? 'queue-paused' : 'queue-resumed', reason });
    this.inLine.forEach((call) => call.hold());
  }

  /** The number of a call that another makes. */
  nextCall(): number {
    return ++this.calls;
  }

  /** The call that asks for this already; `undefined` for one that began before anybody listened. */
  callTo(address: string): number | undefined {
    return this.underWay.get(address)?.id;
  }

  ended(call: CallTeller, input: unknown): void {
    const address = addressOf(input);
    if (this.underWay.get(address) === call) this.underWay.delete(address);
  }
}

function addressOf(input: unknown): string {
  return typeof input === 'string' ? input : String((input as { readonly url?: unknown } | undefined)?.url);
}

const tellers = new WeakMap<NetworkInternals, Teller>();

/** The one that tells of a network, for all who ask: the numbers of calls are the same for all. */
export function tellerOf(network: Network): Teller {
  const internals = internalsOf(network);
  let teller = tellers.get(internals);
  if (!teller) tellers.set(internals, (teller = new Teller(internals, network)));
  return teller;
}
