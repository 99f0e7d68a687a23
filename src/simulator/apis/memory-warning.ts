import { createListeners } from '../listeners.js';

/** How short memory is, as Android has it: moderately, low, critically. */
export type MemoryLevel = 5 | 10 | 15;

/** What `onMemoryWarning` tells. */
export interface MemoryWarning {
  /** On Android alone. */
  level: MemoryLevel;
}

/** The part of `wx` that warns of a lack of memory, which may be the last thing that an app hears. */
export interface MemoryWarningApi {
  onMemoryWarning(listener: (warning: MemoryWarning) => void): void;
  offMemoryWarning(listener?: (warning: MemoryWarning) => void): void;
}

/** Makes the event, and what sets it off. It is told in the app's thread, so not while the app is suspended. */
export function createMemoryWarning(deliver: (callback: () => void) => void, onAndroid: boolean) {
  const listeners = createListeners<MemoryWarning>();
  const api: MemoryWarningApi = { onMemoryWarning: listeners.on, offMemoryWarning: listeners.off };
  return {
    api,
    warn: (level: MemoryLevel) => deliver(() => listeners.emit((onAndroid ? { level } : {}) as MemoryWarning)),
  };
}
