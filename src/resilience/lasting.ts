import { defer, Observable, ReplaySubject } from 'rxjs';

/** What goes on although its subscriber leaves. */
export function lasting$<T>(work: () => Observable<T>): Observable<T> {
  return new Observable((subscriber) => {
    const told$ = new ReplaySubject<T>(1);
    subscriber.add(told$.subscribe(subscriber));
    defer(work).subscribe(told$);
  });
}
