import type { Call } from '../call.js';
import { createListeners, type Listeners } from '../listeners.js';
import type { FileTask, FileTaskHeaders } from './file-task-types.js';
import type { AnswerTaker } from './request-exchange.js';

/** Whom an upload or a download tells before its end. */
export interface FileTaskListeners<Progress> {
  readonly progress: Listeners<Progress>;
  /** Passes the header on alone: the tasks of files tell no status (discoveries/files.md). */
  readonly headersReceived: AnswerTaker<unknown>['headers'];
  /** The task that the app gets. */
  readonly taskOf: (call: Call) => FileTask<Progress>;
}

/** Makes the listeners of one call. */
export function createFileTaskListeners<Progress>(): FileTaskListeners<Progress> {
  const headers = createListeners<FileTaskHeaders>();
  const progress = createListeners<Progress>();

  return {
    progress,
    headersReceived: { heard: headers.heard, emit: ({ header }) => headers.emit({ header }) },
    taskOf: ({ abort }) => ({
      abort,
      onProgressUpdate: progress.on,
      offProgressUpdate: progress.off,
      onHeadersReceived: headers.on,
      offHeadersReceived: headers.off,
    }),
  };
}

/** Per cent, as a whole number; 0 when it is not known of what. */
export function percentOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, Math.floor((part * 100) / whole)) : 0;
}
