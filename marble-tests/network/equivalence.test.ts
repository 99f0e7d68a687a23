import { defer, identity } from 'rxjs';
import {
  createHttp,
  createNetwork,
  decodeBody,
  interruptInBackground,
  limitConcurrency,
  mapResponse,
  replayAfterInterruption,
  request$,
  timeLimit,
} from '../../src/index.js';
import { randomHistory } from './random-history.js';
import { live, type Make } from './random-life.js';

/** How many lives of an app are compared: `npm run test:equivalence` compares 20 000. Each is made of its number. */
const HISTORIES = Number(process.env['EQUIVALENCE_HISTORIES'] ?? 1_000);
const BATCHES = 10;

const SAFE = /^(GET|HEAD|OPTIONS)$/;

/** The pipeline of `http$`. */
const pipeline: Make = (wx, scheduler, concurrency) => {
  const network = createNetwork({ wx, scheduler, concurrency, onWarning: () => undefined });
  return {
    call: createHttp(network),
    pause: () => network.requestQueue.pause('offline'),
    resume: () => network.requestQueue.resume('offline'),
  };
};

/** The law: the public operators, one behind the other, in the same order. */
const composition: Make = (wx, scheduler, concurrency) => {
  const { app$, requestQueue } = createNetwork({ wx, scheduler, concurrency });
  return {
    call(request) {
      const { url, method = 'GET', priority, maxWaitMs, idleMs, totalMs, background, attemptMs = 60_000 } = request;
      const { interruptInBackground: cuts = true, idempotencyKey } = request;
      const details = { api: 'request', method, url };
      const header = idempotencyKey === undefined ? undefined : { 'Idempotency-Key': idempotencyKey };
      let attempts = 0;
      return defer(() => {
        attempts++;
        return request$({ url, method, header, timeoutMs: attemptMs, responseType: 'text' }, { wx, scheduler });
      }).pipe(
        mapResponse(),
        cuts ? interruptInBackground(app$, { scheduler, call: details }) : identity,
        timeLimit({
          attemptMs: attemptMs + 1_000,
          idleMs,
          app$: cuts ? app$ : undefined,
          scheduler,
          call: details,
        }),
        decodeBody(),
        limitConcurrency(requestQueue, {
          priority,
          maxWaitMs,
          background,
          atHead: () => attempts > 0,
          call: details,
        }),
        background === 'refuse'
          ? identity
          : replayAfterInterruption(app$, {
              when: () => SAFE.test(method) || idempotencyKey !== undefined,
              scheduler,
            }),
        totalMs === undefined ? identity : timeLimit({ totalMs, app$, scheduler, call: details }),
      );
    },
    pause: () => requestQueue.pause('offline'),
    resume: () => requestQueue.resume('offline'),
  };
};

describe('the pipeline', () => {
  // Most calls of a hard life fail, and nobody reads where.
  const { stackTraceLimit } = Error;
  beforeAll(() => (Error.stackTraceLimit = 0));
  afterAll(() => (Error.stackTraceLimit = stackTraceLimit));

  it.each(Array.from({ length: BATCHES }, (_, index) => index))(
    'does what the operators do one behind the other, to the frame, whatever happens (batch %i)',
    (batch) => {
      const size = HISTORIES / BATCHES;
      for (let seed = batch * size; seed < (batch + 1) * size; seed++) {
        const history = randomHistory(seed);
        const [ours, law] = [live(history, pipeline), live(history, composition)];
        if (JSON.stringify(ours) !== JSON.stringify(law))
          expect({ seed, history, ...ours }).toEqual({ seed, history, ...law });
      }
    },
    600_000,
  );
});
