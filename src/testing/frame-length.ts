import { TestScheduler } from 'rxjs/testing';

// Deprecated where it is inherited from, public and documented where it is used.
/* eslint-disable @typescript-eslint/no-deprecated */

/** Makes one character of a diagram so long, in milliseconds. `TestScheduler.run` puts it back at its end. */
export function setFrameLength(frameMs: number): void {
  TestScheduler.frameTimeFactor = frameMs;
}

/** Reads diagrams with one character so long, in milliseconds. */
export function withFrameLength<T>(frameMs: number, read: () => T): T {
  const before = TestScheduler.frameTimeFactor;
  setFrameLength(frameMs);
  try {
    return read();
  } finally {
    setFrameLength(before);
  }
}
