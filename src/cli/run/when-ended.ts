/** Why a run is over: nothing was left to do; nothing happened any more; its time; Ctrl-C. */
export type EndReason = 'idle' | 'quiet' | 'time' | 'interrupt';

/** How often it is looked whether an app has become quiet. Milliseconds. */
const LOOK_EVERY_MS = 250;

/** Resolves when nothing is left to do, when the time is over, or when the user has had enough (Ctrl-C). */
export function whenEnded(forMs: number | undefined, isQuiet: () => boolean): Promise<EndReason> {
  return new Promise((resolve) => {
    const end = (reason: EndReason) => {
      process.off('beforeExit', onIdle).off('SIGINT', onInterrupt);
      clearTimeout(timer);
      clearInterval(looking);
      resolve(reason);
    };
    const onIdle = () => end('idle');
    const onInterrupt = () => end('interrupt');
    const timer = forMs === undefined ? undefined : setTimeout(end, forMs, 'time');
    const look = () => {
      if (forMs === undefined && isQuiet()) end('quiet');
    };
    const looking = setInterval(look, LOOK_EVERY_MS).unref();
    process.once('beforeExit', onIdle).once('SIGINT', onInterrupt);
  });
}
