import { Subscription, type Observer, type Subscriber } from 'rxjs';

/**
 * Stands between a source and its subscriber, and passes everything on. As an observer that is a subscription too, it is
 * handed to the source unwrapped: the consumer's unsubscribe reaches a source that is still emitting synchronously. What an
 * operator keeps for each subscription becomes a field of it, which is one object and no closure.
 */
export class Relay extends Subscription implements Observer<unknown> {
  constructor(protected readonly subscriber: Subscriber<unknown>) {
    super();
    subscriber.add(this);
  }

  next(value: unknown): void {
    this.subscriber.next(value);
  }

  error(error: unknown): void {
    this.subscriber.error(error);
  }

  complete(): void {
    this.subscriber.complete();
  }
}
