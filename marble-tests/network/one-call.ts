import { asyncScheduler, type Observable } from 'rxjs';
import { createUpload, type HttpRequest, type NetworkError } from '../../src/index.js';
import { createStream } from '../../src/streams.js';
import { marbles, type MarbleHelpers, type WireMark } from '../../src/testing/index.js';
import { scriptedApp } from './scripted-app.js';
import { settableClock } from './settable-clock.js';

/** What happens to an app with one call. All times are those that have passed, in milliseconds. */
export interface OneCall {
  readonly request?: Omit<HttpRequest, 'url'>;
  readonly face?: 'http' | 'stream' | 'upload';
  readonly beginsMs?: number;
  /** `h` and `s`. */
  readonly lane?: string;
  /** What its clock is put forward by, or back, at which times. */
  readonly puts?: { readonly [atMs: number]: number };
  readonly freeze?: { readonly fromMs: number; readonly toMs: number };
  /** What the platform tells. @defaultValue nothing */
  readonly wire?: (helpers: MarbleHelpers) => Observable<WireMark>;
  /** Another call has the only place. */
  readonly waits?: boolean;
}

/** How the call ended, by its error or with `answer`, and what the platform saw. */
export interface EndOfCall {
  readonly code: string | undefined;
  readonly atMs: number;
  readonly log: readonly string[];
}

/** Lives through it, on a scripted `wx`. */
export function oneCall(life: OneCall): EndOfCall {
  let code: string | undefined;
  let atMs = NaN;
  let log: readonly string[] = [];
  marbles((helpers) => {
    const { request, face = 'http', beginsMs = 0, lane = '', puts = {}, freeze, waits = false } = life;
    const { wire = ({ cold }: MarbleHelpers) => cold<WireMark>('-') } = life;
    const scheduler = settableClock(freeze);
    const options = { scheduler, ...(waits && { concurrency: 1 }) };
    const { http$, network, wx } = scriptedApp(helpers, lane, () => wire(helpers), options);
    log = wx.log;
    const url = 'https://api.example.com/me';
    if (waits) http$({ url, attemptMs: 60_000 }).subscribe({ error: () => undefined });

    const call = (): Observable<unknown> => {
      if (face === 'stream') return createStream(network)({ ...request, url });
      if (face === 'upload')
        return createUpload(network)({ ...request, url, filePath: 'wxfile://a', name: 'a' } as never);
      return http$({ ...request, url });
    };
    const end = (how: string) => {
      code = how;
      atMs = Math.round(asyncScheduler.now());
    };
    asyncScheduler.schedule(() => {
      call().subscribe({ error: (error: NetworkError) => end(error.code), complete: () => end('answer') });
    }, beginsMs);
    for (const [at, byMs] of Object.entries(puts)) asyncScheduler.schedule(() => scheduler.put(byMs), Number(at));
  })();
  return { code, atMs, log };
}
