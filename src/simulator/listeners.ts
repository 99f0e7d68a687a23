/** The listeners of one `wx.on…` event. */
export interface Listeners<Event> {
  /** Captured and called without `this`, as existing code does (discoveries/callers.md). */
  readonly on: (listener: (event: Event) => void) => void;
  /** Without an argument it removes everyone's (discoveries/environment.md). */
  readonly off: (listener?: (event: Event) => void) => void;
  /** Whether there is anyone to tell. */
  readonly heard: () => boolean;
  /** Calls each one; the first error, if any, is thrown when all have been called. */
  readonly emit: (event: Event) => void;
}

/** Makes an empty list. The same function registered twice is called once. */
export function createListeners<Event>(): Listeners<Event> {
  // Most events of most calls have no listener.
  let listeners: Set<(event: Event) => void> | undefined;

  return {
    on: (listener) => {
      // The platform ignores what is not a function.
      if (typeof listener === 'function') (listeners ??= new Set()).add(listener);
    },
    off: (listener) => {
      if (listener === undefined) listeners = undefined;
      else listeners?.delete(listener);
    },
    heard: () => listeners !== undefined && listeners.size > 0,
    emit: (event) => callAll([...(listeners ?? [])].map((listener) => () => listener(event))),
  };
}

/** Calls all, whatever each of them throws; then throws the first error. */
export function callAll(callbacks: readonly (() => void)[]): void {
  const errors: unknown[] = [];
  for (const callback of callbacks) {
    try {
      callback();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
