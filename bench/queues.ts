import fastq from 'fastq';
import pLimit from 'p-limit';
import PQueue from 'p-queue';
import { map, mergeMap, Observable, Subject } from 'rxjs';
import { createRequestQueue, limitConcurrency, type Priority } from '../src/index.js';

/** What is compared: ten places, and a line in front of them. */
export interface Queue {
  /** Sends one request, and tells when it is answered. `level` is 0, 1 or 2; the first goes first. */
  send(done: () => void, level: number): void;
  /** Drops whatever waits. */
  stop?(): void;
}

export const PLACES = 10;

/** The platform: it answers in a turn of its own. */
const wx = {
  request: ({ success }: { readonly success: (result: object) => void }) => {
    const immediate = setImmediate(success, { statusCode: 200 });
    return { abort: () => clearImmediate(immediate) };
  },
};

/** One request, as each side would write it. */
export const request$ = () =>
  new Observable<object>((subscriber) => {
    let ended = false;
    const task = wx.request({
      success: (result) => {
        ended = true;
        subscriber.next(result);
        subscriber.complete();
      },
    });
    return () => {
      if (!ended) task.abort();
    };
  });
const request = () => new Promise<object>((resolve) => wx.request({ success: resolve }));

const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

/** A fresh queue of each kind, as its own documentation uses it; each tells the end in the way that costs it least. */
export const QUEUES = {
  'rx-miniprogram': (): Queue => {
    const queue = createRequestQueue({ concurrency: PLACES });
    return {
      send: (complete, level) =>
        request$()
          .pipe(limitConcurrency(queue, { priority: PRIORITIES[level] }))
          .subscribe({ complete }),
    };
  },
  'p-queue': (): Queue => {
    const queue = new PQueue({ concurrency: PLACES });
    // Without an option where there is but one level, which is what its quick path is for.
    return { send: (done, level) => void queue.add(request, level === 1 ? {} : { priority: -level }).then(done) };
  },
  'p-limit': (): Queue => {
    const limit = pLimit(PLACES);
    return { send: (done) => void limit(request).then(done) };
  },
  fastq: (): Queue => {
    const queue = fastq<unknown, null>((_task, callback) => wx.request({ success: () => callback(null) }), PLACES);
    return { send: (done) => queue.push(null, done) };
  },
  'bare mergeMap': (): Queue => {
    const line$ = new Subject<() => void>();
    const running = line$
      .pipe(mergeMap((done) => request$().pipe(map(() => done)), PLACES))
      .subscribe((done) => done());
    return { send: (done) => line$.next(done), stop: () => running.unsubscribe() };
  },
} as const;

/** All at once, until the last is answered: microseconds a request. */
export function microsecondsEach(queue: Queue, count: number, levels: 1 | 3): Promise<number> {
  return new Promise((resolve) => {
    let left = count;
    const startedAt = performance.now();
    const done = () => {
      if (--left === 0) resolve(((performance.now() - startedAt) * 1_000) / count);
    };
    for (let index = 0; index < count; index++) queue.send(done, levels === 1 ? 1 : index % levels);
  });
}
