import { Observable } from 'rxjs';

/**
 * Does something with each of a list. What throws is reported, as the error of a subscriber is, and does not keep the others
 * waiting: a teardown of the app's, say.
 */
export function each<T>(list: readonly T[], work: (item: T) => void): void {
  new Observable<T>((subscriber) => list.forEach((item) => subscriber.next(item))).subscribe(work);
}
