import { watchForLoops } from './watch-for-loops.js';
import type { EndReason } from './when-ended.js';

/** Who hears of what happens in the process while the app runs in it. */
export interface RunWatch {
  readonly ended: Promise<EndReason>;
  /** What to say of a loop without an end. */
  readonly stuck: string;
  readonly onThrown: (error: unknown) => void;
  readonly onRejected: (reason: unknown) => void;
  /** The app ends the process itself. */
  readonly onExit: (code: number) => void;
}

/** Starts what runs in this process, and resolves when it has ended. Late errors of what is left running are passed over. */
export async function runToEnd(
  start: () => void,
  { ended, stuck, onThrown, onRejected, onExit }: RunWatch,
): Promise<EndReason> {
  process.on('uncaughtException', onThrown).on('unhandledRejection', onRejected).once('exit', onExit);
  const unwatch = watchForLoops(stuck);
  try {
    start();
    // Not the start first: a script may wait at its top level for what never comes.
    const reason = await ended;
    // What the app throws from here on comes too late to be told, and must not end the report.
    if (reason !== 'idle') process.on('uncaughtException', ignore).on('unhandledRejection', ignore);
    return reason;
  } finally {
    unwatch();
    process.off('uncaughtException', onThrown).off('unhandledRejection', onRejected).off('exit', onExit);
  }
}

const ignore = () => {};
