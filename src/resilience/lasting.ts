import { defer, Observable, Subject } from 'rxjs';

/** What goes on although its subscriber leaves. */
export function lasting$<T>(work: () => Observable<T>): Observable<T> {
  return new Observable((subscriber) => {
    const told$ = new Subject<T>();
    told$.subscribe(subscriber);
    defer(work).subscribe(told$);
  });
}
