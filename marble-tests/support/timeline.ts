import { asyncScheduler, type Observable, type Subscription } from 'rxjs';
import type { DownloadEvent, NetworkError, UploadEvent } from '../../src/index.js';
import type { StreamEvent } from '../../src/streams.js';

/** What an upload, a download or a stream told, and when. */
export interface Timeline extends Subscription {
  /** `sent 1 @0`, `progress 1 50% @3`, `response 1 200 @9`, `| @9`: what, of which attempt, what it brings, at which millisecond. */
  readonly seen: string[];
}

/** Subscribes, and writes down in short what comes. */
export function timeline(events$: Observable<UploadEvent<unknown> | DownloadEvent | StreamEvent>): Timeline {
  const seen: string[] = [];
  const note = (...words: readonly unknown[]) => seen.push([...words, `@${asyncScheduler.now()}`].join(' '));
  const subscription = events$.subscribe({
    next: (event) => note(event.type, event.attempt, ...brought(event)),
    error: ({ code, rule, api }: NetworkError) => note('#', code, ...(rule ? [rule] : []), api),
    complete: () => note('|'),
  });
  return Object.assign(subscription, { seen });
}

function brought(event: UploadEvent<unknown> | DownloadEvent | StreamEvent): readonly unknown[] {
  switch (event.type) {
    case 'progress':
      return [`${event.percent}%`];
    case 'chunk':
      return [Buffer.from(event.data).toString()];
    case 'headers':
    case 'response':
      return [event.status];
    case 'sent':
      return [];
  }
}
