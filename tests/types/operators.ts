// Compiled, never run: `npx tsc -p tsconfig.node.json` is the test.
import { map, pipe, type Observable } from 'rxjs';
import {
  allowDomains,
  appLifecycle$,
  createRequestQueue,
  decodeBody,
  holdInBackground,
  http$,
  interruptInBackground,
  limitConcurrency,
  mapResponse,
  refuseInBackground,
  replayAfterInterruption,
  request$,
  requireOk,
  takeUntilUnload,
  timeLimit,
  type HttpRequest,
  type HttpResponse,
} from '../../src/index.js';
import { exactly } from './exactly.js';

interface User {
  readonly name: string;
}
const url = 'https://api.example.com/me';
declare const numbers$: Observable<number>;
declare const texts$: Observable<string>;
declare const calls$: Observable<HttpRequest>;
declare const page: { onUnload?(): void };

export function policiesKeepTheType(): void {
  const app$ = appLifecycle$();
  // One instance serves streams of different types.
  const lane = limitConcurrency(createRequestQueue());
  exactly<Observable<number>>()(numbers$.pipe(lane), true);
  exactly<Observable<string>>()(texts$.pipe(lane), true);

  exactly<Observable<number>>()(
    numbers$.pipe(
      holdInBackground(app$),
      refuseInBackground(app$),
      interruptInBackground(app$),
      replayAfterInterruption(app$),
      timeLimit({ attemptMs: 1_000, idleMs: 500 }),
      timeLimit({ totalMs: 1_000 }),
      takeUntilUnload(page),
    ),
    true,
  );
  // Composed inside an arrow they stay generic …
  const patient = <T>(source: Observable<T>) => source.pipe(timeLimit({ totalMs: 30_000 }), lane);
  exactly<Observable<string>>()(texts$.pipe(patient), true);
}

export function responsesKeepTheBody(): void {
  exactly<Observable<User>>()(
    http$<User>(url).pipe(
      requireOk(),
      map(({ body }) => body),
    ),
    true,
  );
  exactly<Observable<HttpResponse<string>>>()(http$({ url, as: 'text' }).pipe(requireOk()), true);
  exactly<Observable<HttpResponse<unknown>>>()(request$({ url }).pipe(mapResponse(), decodeBody()), true);
  const listed = allowDomains({ api: 'request', domains: { request: ['https://api.example.com'] } });
  exactly<Observable<HttpRequest>>()(calls$.pipe(listed), true);
}

export function wrongUse(): void {
  const patient = pipe(
    map((value: number) => value),
    timeLimit({ totalMs: 30_000 }),
  );
  // @ts-expect-error -- composed outside of an arrow, the type is fixed by the first operator
  texts$.pipe(patient);
  // @ts-expect-error -- a total is outside of the queue, an attempt inside: two operators
  timeLimit({ totalMs: 1_000, attemptMs: 500 });
  // @ts-expect-error -- it asks for the app's states, not for a boolean
  holdInBackground(true);
  // @ts-expect-error -- a status is judged on a response, not on a text
  texts$.pipe(requireOk());
  // @ts-expect-error -- numbers have no address
  numbers$.pipe(allowDomains({ domains: { request: [] } }));
  // @ts-expect-error -- a number of places is not a text
  limitConcurrency('10');
  // @ts-expect-error -- events are not answers yet: mapResponse() makes them
  request$({ url }).pipe(decodeBody());
}
