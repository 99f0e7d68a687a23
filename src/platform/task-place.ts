/** A task of the platform that was aborted, of whose end the platform has not told. */
export interface AbortedTask {
  /** Called when it has. */
  onTold: (() => void) | undefined;
}

/** Who has one of the queue's places, in which a task was made. */
export interface TaskPlace {
  aborted: AbortedTask | undefined;
}

let current: TaskPlace | undefined;

/** Starts what gets a place: whatever task is made in that turn has it. */
export function startInPlace(place: TaskPlace & { start(): void }): void {
  const before = current;
  current = place;
  try {
    place.start();
  } finally {
    current = before;
  }
}

/** The place that a task has which is made now. */
export function presentPlace(): TaskPlace | undefined {
  return current;
}
