import { Observable, tap, type Subscriber } from 'rxjs';
import type { CallCompleted, CallNetworkEvent } from '../network/network-event.js';
import type { WatchedQuery } from '../network/watching.js';
import { leaving } from '../operators/leaving.js';
import type { HttpMethod } from '../platform/wx.js';
import { shownError, shownUrl } from './shown.js';
import type { Teller } from './teller.js';

type Rest<Event> = Event extends CallNetworkEvent ? Omit<Event, 'atMs' | 'call'> : never;

/**
 * Tells of a question that made no call: it was answered from memory, or by the call of another. One that asked the
 * network itself is told of by its call.
 */
export class QueryTeller {
  private readonly beganAtMs: number;
  private readonly method: string;
  private readonly url: string;
  private id: number | undefined;
  /** Whether somebody has asked before. */
  private readonly shares: boolean;
  private sharesWith: number | undefined;
  private ended = false;

  constructor(
    private readonly teller: Teller,
    { question, flight }: WatchedQuery,
  ) {
    const [, method = 'GET', url = ''] = /^(?:pages )?(\S+)(?:[^\S\n][^\n]*)?\n([^\n]*)/.exec(question.id) ?? [];
    this.method = method;
    this.url = url;
    this.beganAtMs = teller.network.scheduler.now();
    this.shares = flight !== undefined;
  }

  /** Begins to tell; gives back in whose place it sees what is shown. */
  shownTo<State extends object>(subscriber: Subscriber<State>): Subscriber<State> {
    if (this.shares) {
      this.called();
      this.sharing();
    }
    let own = subscriber;
    new Observable<State>((inner) => {
      own = inner;
    })
      .pipe(tap<State>(this as never))
      .subscribe(subscriber);
    return own;
  }

  // What the one who watches sees: the observer that `tap` wants.

  next({ from }: { readonly from: CallCompleted['from'] }): void {
    if (from === 'network' && this.shares) {
      // It looked into the storage first, and then there was a call.
      this.sharing();
      this.end({ type: 'completed', from: 'shared', status: undefined });
    } else if (from !== 'network') this.end({ type: 'completed', from, status: undefined });
    // Its own call has told it.
    this.ended = true;
  }

  error(failure: unknown): void {
    if (this.shares) this.end({ type: 'failed', error: shownError(failure) });
  }

  unsubscribe(): void {
    if (this.shares) this.end({ type: 'cancelled', by: leaving.page ? 'page' : 'unsubscribed' });
  }

  private called(): void {
    if (this.id !== undefined) return;
    const { teller, beganAtMs, method, url } = this;
    const { baseUrl = '', background } = teller.network.settings;
    this.id = teller.nextCall();
    // A query is not normalised before it asks.
    const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `${baseUrl}/${url.replace(/^\/+/, '')}`;
    const about = { client: 'watch$', api: 'request', method: method as HttpMethod, url: shownUrl(whole) } as const;
    // Told when it is known that there is no call of its own.
    teller.tell({ atMs: beganAtMs, type: 'called', call: this.id, ...about, priority: 'normal', background } as never);
  }

  private sharing(): void {
    const by = this.teller.callTo(this.url);
    if (by === undefined || this.sharesWith !== undefined) return;
    this.sharesWith = by;
    this.tell({ type: 'shared', with: by });
  }

  private end(rest: Rest<CallNetworkEvent>): void {
    if (this.ended) return;
    this.called();
    this.tell(rest);
    this.ended = true;
  }

  private tell(rest: Rest<CallNetworkEvent>): void {
    this.teller.tell({ ...rest, call: this.id as number });
  }
}
