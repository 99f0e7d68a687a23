/** LIM-2: how many of `request`, `uploadFile` and `downloadFile` the platform runs at once. */
export const MAX_CONCURRENT_REQUESTS = 10;

/** LIM-3: how many sockets the platform keeps open at once. */
export const MAX_CONCURRENT_SOCKETS = 5;

/** TIME-1: the default and the longest timeout, in milliseconds. */
export const MAX_TIMEOUT_MS = 60_000;

/** The longest delay that a JavaScript timer can wait, in milliseconds: a longer one fires at once. */
export const MAX_TIMER_MS = 2_147_483_647;

/** BG-1: how long a call may go on after the app went to the background, in milliseconds. */
export const BACKGROUND_GRACE_MS = 5_000;

/** Whether a number is a delay that a timer can wait, in milliseconds. */
export function isDelay(ms: number): boolean {
  // From JavaScript it may be '100', which compares like a number and adds like a text.
  return typeof ms === 'number' && ms > 0 && ms <= MAX_TIMER_MS;
}
