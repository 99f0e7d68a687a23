import { asyncScheduler, defer, identity, type Observable, type SchedulerLike } from 'rxjs';
// eslint-disable-next-line kit/only -- 40 000 short lives: the kit's marbles() look after each test, at several times the price
import { TestScheduler } from 'rxjs/testing';
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
  type HttpRequest,
  type NetworkError,
  type WxPort,
  type WxRequestOption,
} from '../../src/index.js';
import { randomHistory, type History } from './random-history.js';

/** How many lives of an app are compared: `npm run test:equivalence` compares 20 000. Each is made of its number. */
const HISTORIES = Number(process.env['EQUIVALENCE_HISTORIES'] ?? 1_000);
const BATCHES = 10;

type Make = (wx: WxPort, scheduler: SchedulerLike, concurrency: number) => Library;

interface Library {
  call(request: HttpRequest): Observable<unknown>;
  pause(): void;
  resume(): void;
}

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

interface Log {
  /** What was sent, in order. */
  readonly sent: readonly string[];
  /** What else the platform and the callers saw, at which moment; of one moment, in any order: timers are shared. */
  readonly seen: readonly string[];
}

function live(history: History, make: Make): Log {
  const wire: string[] = [];
  const outcomes: string[] = [];
  new TestScheduler(() => undefined).run(({ flush }) => {
    const now = () => Math.round(asyncScheduler.now() * 10) / 10;
    const at = (ms: number, work: () => void) => asyncScheduler.schedule(work, ms);
    const listeners = { show: () => {}, hide: () => {} };
    const attempts: number[] = [];

    const request = (option: WxRequestOption) => {
      const id = Number(option.url.split('/').pop());
      const attempt = (attempts[id] = (attempts[id] ?? 0) + 1);
      const { afterMs, how } = history.calls[id]!.replies[attempt - 1] ?? { afterMs: 1, how: 'ok' };
      wire.push(`${now()} ${option.method} ${id}`);
      const answer = () => {
        if (how === 'ok') option.success?.({ data: '{}', statusCode: 200, header: {}, errMsg: 'request:ok' });
        else option.fail?.(FAILURES[how]);
      };
      if (afterMs === 0) {
        answer();
        return { abort: () => wire.push(`${now()} abort ${id}`) };
      }
      const timer = how === 'silence' ? undefined : at(afterMs, answer);
      return {
        abort() {
          wire.push(`${now()} abort ${id}`);
          timer?.unsubscribe();
          if (history.tellsAborts) option.fail?.({ errMsg: 'request:fail abort' });
        },
      };
    };
    const wx: WxPort = {
      request,
      onAppShow: (listener) => (listeners.show = listener),
      onAppHide: (listener) => (listeners.hide = listener),
    };
    const library = make(wx, frozenIn(history), history.concurrency);

    history.calls.forEach(({ atMs, request, leavesAtMs }, id) => {
      at(atMs, () => {
        const subscription = library.call({ ...request, url: `https://api.example.com/${id}` }).subscribe({
          next: () => outcomes.push(`${now()} ${id} answer`),
          error: (error: NetworkError) => outcomes.push(`${now()} ${id} ${error.message}`),
          complete: () => outcomes.push(`${now()} ${id} |`),
        });
        if (leavesAtMs !== undefined) subscription.add(at(leavesAtMs - atMs, () => subscription.unsubscribe()));
      });
    });
    for (const { hideMs, showMs } of history.hides) {
      at(hideMs, () => listeners.hide());
      at(showMs, () => listeners.show());
    }
    for (const { fromMs, toMs } of history.offline) {
      at(fromMs, () => library.pause());
      at(toMs, () => library.resume());
    }
    flush();
  });
  const sent = wire.filter((entry) => !entry.includes('abort'));
  // After a freeze, whatever was due falls on one moment.
  const thawed = history.hides.some(({ freezesMs, thawsMs }) => freezesMs < thawsMs);
  return { sent: thawed ? sent.sort() : sent, seen: [...wire, ...outcomes].sort() };
}

const FAILURES = {
  interrupted: { errMsg: 'request:fail interrupted', errno: 600003 },
  timeout: { errMsg: 'request:fail timeout', errno: 5 },
  offline: { errMsg: 'request:fail -106:net::ERR_INTERNET_DISCONNECTED', errno: 600001 },
  refused: { errMsg: 'request:fail -102:net::ERR_CONNECTION_REFUSED', errno: 600001 },
  silence: { errMsg: '' },
} as const;

/** A clock whose timers stand still while the app's thread is frozen, and fire when it goes on. */
function frozenIn({ hides }: History): SchedulerLike {
  return {
    now: () => asyncScheduler.now(),
    schedule(work, delay = 0, state) {
      const due = asyncScheduler.now() + delay;
      const freeze = hides.find(({ freezesMs, thawsMs }) => freezesMs <= due && due < thawsMs);
      if (!freeze) return asyncScheduler.schedule(work as never, delay, state);
      // In the order in which they were due.
      const behindMs = (due - freeze.freezesMs) * 1e-10;
      return asyncScheduler.schedule(work as never, freeze.thawsMs + behindMs - asyncScheduler.now(), state);
    },
  };
}
