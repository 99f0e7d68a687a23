import { Observable, tap, type Subscriber } from 'rxjs';
import type { EventOnTheWay } from '../network/calls/call-events.js';
import type { CallSpec, PreparedCall } from '../network/calls/call-spec.js';
import type { CallOptions } from '../network/calls/http-request.js';
import type { CallCalled, CallNetworkEvent } from '../network/network-event.js';
import type { CallWatch } from '../network/watching.js';
import { leaving } from '../operators/leaving.js';
import type { QueueTerms } from '../operators/queued-call.js';
import type { HttpResponse } from '../platform/http-response.js';
import type { WxAnswer } from '../platform/make-response.js';
import { profileOf } from '../platform/request-profile.js';
import type { HttpMethod } from '../platform/wx.js';
import type { TaskAnswer } from '../sources/task-events.js';
import { shownError, shownHeader, shownUrl } from './shown.js';
import type { Teller } from './teller.js';

type Answer = HttpResponse<unknown>;
type Rest<Event> = Event extends CallNetworkEvent ? Omit<Event, 'atMs' | 'call'> : never;
/** A client, and what it says of any request. */
interface Client {
  readonly client: string;
  readonly method?: string | undefined;
  apiOf(request: never): CallCalled['api'];
}
interface AnyRequest extends CallOptions {
  readonly method?: string | undefined;
  readonly data?: unknown;
}

/** Tells what becomes of one call, from its beginning to its end, and nothing behind that. */
export class CallTeller implements CallWatch {
  private begun = false;
  private ended = false;
  private wasSent = false;
  private isSharing = false;
  private status: number | undefined;
  /** While it stands in line. */
  private terms: QueueTerms | undefined;
  private heldBy = '';
  private overtaken = 0;

  constructor(
    private readonly teller: Teller,
    readonly id: number,
    private readonly spec: Client,
    private readonly input: unknown,
    private readonly parent?: number,
  ) {}

  around(begin: (subscriber: Subscriber<Answer>) => void): Observable<Answer> {
    return new Observable<Answer>(begin).pipe(tap<Answer>(this));
  }

  child<Request extends CallOptions>(spec: CallSpec<Request>, input: unknown): CallTeller {
    return new CallTeller(this.teller, this.teller.nextCall(), spec, input, this.id);
  }

  called({ url, method = this.spec.method ?? 'GET', priority = 'normal', background }: AnyRequest): void {
    if (this.begun) return;
    this.begun = true;
    const { spec, parent, teller } = this;
    this.tell({
      type: 'called',
      client: spec.client as CallCalled['client'],
      api: spec.apiOf({} as never),
      method: method.toUpperCase() as HttpMethod,
      url: shownUrl(String(url)),
      priority,
      background: background ?? teller.network.settings.background,
      parent,
    });
  }

  sharing(other: CallTeller | undefined): void {
    this.isSharing = true;
    this.tell({ type: 'shared', with: other?.id });
  }

  queued(terms: QueueTerms, inLine: boolean): void {
    if (!inLine) {
      this.tell({ type: 'held', reason: 'network' });
      return;
    }
    const { size, running } = this.teller.network.requestQueue.snapshot();
    this.terms = terms;
    this.teller.inLine.add(this);
    this.tell({ type: 'queued', waiting: size - 1, running });
    this.hold();
  }

  /** The queue stands still, or moves, for other reasons than before. */
  hold(): void {
    const isHeld = (reason: string) =>
      reason !== 'returning' && (reason !== 'background' || this.terms?.background === 'hold');
    const reason = [...this.teller.pauses].filter(isHeld).join(', ');
    if (reason === this.heldBy) return;
    this.heldBy = reason;
    this.tell(reason ? { type: 'held', reason } : { type: 'released' });
  }

  sent({ method, header, request, policy: { attemptMs } }: PreparedCall<AnyRequest>, attempt: number): void {
    const { teller, id, overtaken } = this;
    this.wasSent = true;
    this.overtaken = 0;
    this.heldBy = '';
    teller.inLine.delete(this);
    for (const other of teller.inLine) {
      // In the order in which they came, but for those that are replayed.
      if (other.id > id) break;
      if (!other.heldBy && !other.overtaken++) other.tell({ type: 'overtaken', by: id });
    }
    const { running } = teller.network.requestQueue.snapshot();
    const url = shownUrl(request.url);
    const rest = { attempt, method, url, headers: shownHeader(header), running, overtaken, attemptMs };
    this.tell({ type: 'sent', ...rest }, request.data);
  }

  heard(event: EventOnTheWay, attempt: number): void {
    const { type, status, headers, data, percent, bytes = data?.byteLength, totalBytes } = event as HeardEvent;
    if (type === 'headers') this.tell({ type, attempt, status, headers: shownHeader(headers) });
    else if (type === 'chunk') this.tell({ type, attempt, bytes: bytes as number }, data);
    else if (type === 'progress') this.tell({ type, attempt, percent, bytes: bytes as number, totalBytes });
  }

  answered({ result, durationMs }: TaskAnswer<WxAnswer>, attempt: number): void {
    const { statusCode, header, data, profile } = result;
    const { length, byteLength = length } = (data ?? {}) as { readonly length?: number; readonly byteLength?: number };
    const headers = shownHeader(header);
    const figures = { size: byteLength, durationMs, profile: profileOf(profile) };
    this.tell({ type: 'answered', attempt, status: Number(statusCode), headers, ...figures });
  }

  decoded({ charset, decodedBy, body }: Answer, attempt: number): void {
    this.tell({ type: 'decoded', attempt, charset, decodedBy }, body);
  }

  failed(failure: unknown, attempt: number): void {
    const error = shownError(failure);
    const isCut = error.code === 'interrupted' || error.code === 'background';
    this.tell({ type: isCut ? 'cut' : 'attempt-failed', attempt, error });
  }

  replayed(attempt: number, replays: number): void {
    this.tell({ type: 'replayed', attempt, replays });
  }

  // What the caller sees: the observer that `tap` wants.

  next(value: Partial<Answer>): void {
    if (value.header && value.timing) this.status = value.status;
  }

  complete(): void {
    const from = this.wasSent ? 'network' : this.isSharing ? 'shared' : 'interceptor';
    this.end({ type: 'completed', from, status: this.status });
  }

  error(failure: unknown): void {
    // What is wrong may be what it was called with.
    this.called(typeof this.input === 'string' ? { url: this.input } : ((this.input ?? {}) as AnyRequest));
    const error = shownError(failure);
    const { code, phase, rule, errMsg } = error;
    if (phase === 'check' || (phase === 'wait' && rule === 'BG-2')) this.end({ type: 'refused', error });
    // The platform's own has words of the platform.
    else if (code === 'timeout' && errMsg === undefined) this.end({ type: 'cancelled', by: 'deadline', error });
    else this.end({ type: 'failed', error });
  }

  unsubscribe(): void {
    // Who takes one answer leaves with it.
    if (this.status !== undefined) this.complete();
    else this.end({ type: 'cancelled', by: leaving.page ? 'page' : 'unsubscribed' });
  }

  private tell(rest: Rest<CallNetworkEvent>, body?: unknown): void {
    if (!this.ended) this.teller.tell({ ...rest, call: this.id }, body);
  }

  private end(rest: Rest<CallNetworkEvent>): void {
    this.tell(rest);
    this.ended = true;
    this.teller.ended(this, this.input);
    this.teller.inLine.delete(this);
  }
}

/** What the events on the way have, one or the other. */
interface HeardEvent {
  readonly type: EventOnTheWay['type'];
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly data?: ArrayBuffer;
  readonly percent: number;
  readonly bytes?: number;
  readonly totalBytes: number | undefined;
}
