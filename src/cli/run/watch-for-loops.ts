import { url as debuggerUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';

/** How long an app may keep the engine to itself. Milliseconds. */
const LIMIT_MS = 10_000;
const BEAT_MS = 250;

// Beside the run, and from there: a loop without an end leaves no turn in which to look, or to say anything. It counts its own
// beats, and not the clock: a computer that was asleep is no loop.
const WATCHER = `
const { workerData: { beats, limitMs, message } } = require('node:worker_threads');
let [last, missed] = [-1, 0];
setInterval(() => {
  const beat = Atomics.load(beats, 0);
  missed = beat === last ? missed + 1 : 0;
  last = beat;
  if (missed * ${BEAT_MS} < limitMs) return;
  require('node:fs').writeSync(2, message + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, ${BEAT_MS});
`;

/**
 * Ends the process, with a message where errors go, when the engine has not come back for ten seconds: a phone would
 * have closed the app. There is no other way out of a loop; so no summary follows, and the exit code is the signal's.
 *
 * @returns what ends the watch.
 */
export function watchForLoops(message: string, limitMs = LIMIT_MS): () => void {
  // Who stands at a breakpoint is in no loop.
  if (debuggerUrl() !== undefined) return () => undefined;
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const beating = setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS).unref();
  const worker = new Worker(WATCHER, { eval: true, workerData: { beats, limitMs, message } });
  worker.unref();
  return () => {
    clearInterval(beating);
    void worker.terminate();
  };
}
