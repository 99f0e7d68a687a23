import fc from 'fast-check';
import {
  asyncScheduler,
  concat,
  concatMap,
  defer,
  from,
  ignoreElements,
  NEVER,
  of,
  throwError,
  timer,
  type Observable,
  type Subscription,
} from 'rxjs';
import {
  allowDomains,
  createHttp,
  createNetwork,
  decodeBody,
  interruptInBackground,
  isNetworkError,
  limitConcurrency,
  mapResponse,
  replayAfterInterruption,
  request$,
  timeLimit,
  type HttpRequest,
  type HttpResponse,
  type Network,
} from '../../src/index.js';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.js';
import { WireFailure, wireChunk, wireHeaders, type WireEvent } from '../../src/simulator/wires/wire.js';
import { marbles } from '../../src/testing/index.js';

/** How many histories are held against each other. */
const HISTORIES = Number(process.env.HISTORIES ?? 20_000);
/** So few that calls wait for each other in a history that can be read in one look. */
const CONCURRENCY = 2;
const ORIGIN = 'https://api.example.com';
const DOMAINS = { request: [ORIGIN] };

type Client = (request: HttpRequest) => Observable<HttpResponse<unknown>>;

/** The law: the policies as their public operators, in the order that the README tells. */
function byHand({ app$, requestQueue }: Network, { wx, scheduler }: Simulator): Client {
  const listed = allowDomains({ domains: DOMAINS });
  return (request) => of(request).pipe(listed, concatMap(underPolicies$));

  function underPolicies$({ url, method = 'GET', ...options }: HttpRequest): Observable<HttpResponse<unknown>> {
    const { priority, background = 'hold', maxWaitMs, attemptMs = 60_000, idleMs, totalMs } = options;
    const call = { api: 'request', method, url } as const;
    let attempts = 0;

    const attempt$ = defer(() => {
      attempts++;
      return request$({ url, method, timeoutMs: attemptMs }, { wx, scheduler }).pipe(
        mapResponse(),
        interruptInBackground(app$, { scheduler, call }),
        timeLimit({ attemptMs: attemptMs + 1_000, idleMs, app$, scheduler, call }),
        decodeBody(),
      );
    });
    const queued$ = attempt$.pipe(
      limitConcurrency(requestQueue, { priority, maxWaitMs, background, atHead: () => attempts > 0, call }),
    );
    const replayed$ =
      background === 'refuse'
        ? queued$
        : queued$.pipe(replayAfterInterruption(app$, { when: () => method === 'GET', scheduler }));
    return totalMs === undefined ? replayed$ : replayed$.pipe(timeLimit({ totalMs, app$, scheduler, call }));
  }
}

type Step =
  | {
      readonly do: 'call';
      readonly request: HttpRequest;
      readonly afterMs: number;
      readonly how: 'answer' | 'refuse' | 'break' | 'silence';
    }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'hide' | 'show' | 'offline' | 'online' };

type History = readonly (readonly [gapMs: number, step: Step])[];

const call = fc.record({
  do: fc.constant('call' as const),
  request: fc.record({
    url: fc.constantFrom(ORIGIN, ORIGIN, ORIGIN, ORIGIN, 'https://other.example.com'),
    method: fc.constantFrom('GET' as const, 'POST' as const),
    priority: fc.constantFrom('high' as const, 'normal' as const, 'low' as const),
    background: fc.constantFrom('hold' as const, 'hold' as const, 'refuse' as const, 'send' as const),
    attemptMs: fc.constantFrom(undefined, 8_000),
    idleMs: fc.constantFrom(undefined, undefined, 6_000),
    maxWaitMs: fc.constantFrom(undefined, 3_000),
    totalMs: fc.constantFrom(undefined, undefined, 20_000),
  }),
  afterMs: fc.oneof(fc.constant(0), fc.nat(200), fc.nat(12_000)),
  how: fc.constantFrom('answer' as const, 'answer' as const, 'refuse' as const, 'break' as const, 'silence' as const),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: call },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(12) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'hide' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'show' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'offline' as const }, { do: 'online' as const }) },
);
const gapMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.nat(600) },
  { weight: 3, arbitrary: fc.nat(8_000) },
);
const history: fc.Arbitrary<History> = fc.array(fc.tuple(gapMs, step), { minLength: 1, maxLength: 12, size: 'max' });

/** Every way in which phones are known to treat the background. */
const phone: fc.Arbitrary<SimulatorOptions> = fc.record({
  dialect: fc.constantFrom('android-cronet' as const, 'ios-cronet' as const, 'devtools' as const),
  interruptedCallback: fc.constantFrom('before-freeze' as const, 'on-return' as const),
  backgroundCalls: fc.constantFrom('refuse' as const, 'allow-until-suspended' as const),
  freeze: fc.boolean(),
});

describe('the pipeline of a call', () => {
  // A tenth of the time would go into the stacks of errors that are compared by their words.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('does what the public operators do in the same order: the same outcome, the same wire, at the same time', () => {
    fc.assert(
      fc.property(phone, history, (options, steps) => {
        expect(told(options, steps, createHttp)).toEqual(told(options, steps, byHand));
      }),
      { numRuns: HISTORIES },
    );
  }, 300_000);
});

/**
 * All that a history led to: what went over the wire, and what the app was told, each with its millisecond. Within one the
 * order is free: deadlines that share a timer ring before any of their places is given on.
 */
function told(
  options: SimulatorOptions,
  steps: History,
  clientOn: (network: Network, simulator: Simulator) => Client,
): readonly string[] {
  const log: string[] = [];
  marbles(({ cold, flush }) => {
    const note = (what: string) => log.push(`@${String(asyncScheduler.now()).padStart(6)} ${what}`);
    const answers: Observable<WireEvent>[] = [];
    const sent = new Map<number, string>();
    const simulator = createSimulator({
      ...options,
      domains: DOMAINS,
      wire: ({ url }) => answers[Number(/\d+$/.exec(url)?.[0])] ?? NEVER,
    });
    simulator.events$.subscribe((event) => {
      if (event.type === 'called') sent.set(event.id, event.url);
      if (event.type === 'called') note(`sent ${event.method} ${event.url}`);
      if (event.type === 'aborted') note(`aborted ${sent.get(event.id)}`);
    });
    const network = createNetwork({
      wx: simulator.wx,
      maxTimeoutMs: 61_000,
      scheduler: simulator.scheduler,
      domains: DOMAINS,
      concurrency: CONCURRENCY,
      onWarning: () => undefined,
    });
    const client = clientOn(network, simulator);
    const calls: Subscription[] = [];

    const act = (step: Step): void => {
      switch (step.do) {
        case 'hide':
          return simulator.enterBackground();
        case 'show':
          return simulator.enterForeground();
        case 'offline':
          return simulator.setNetwork('none');
        case 'online':
          return simulator.setNetwork('wifi');
        case 'cancel':
          return calls[step.which % calls.length]?.unsubscribe();
        case 'call':
          return send(step);
      }
    };
    const send = ({ request, afterMs, how }: Extract<Step, { do: 'call' }>) => {
      const id = answers.push(answer(afterMs, how)) - 1;
      calls.push(
        client(apart(request, id)).subscribe({
          next: ({ status, body }) => note(`${id} answered ${status} ${JSON.stringify(body)}`),
          error: (error: unknown) =>
            note(
              `${id} ${isNetworkError(error) ? `${error.code} ${error.rule} ${error.phase} ${error.message}` : String(error)}`,
            ),
          complete: () => note(`${id} complete`),
        }),
      );
    };

    let at = 0;
    for (const [waitMs, next] of steps) {
      at += waitMs;
      // The world outside acts on its own clock; the app's code runs on a thread that may be frozen.
      if (next.do === 'call' || next.do === 'cancel') simulator.scheduler.schedule(() => act(next), at);
      else cold(`${at}ms x`).subscribe(() => act(next));
    }
    cold(`${at + 1}ms x`).subscribe(() => act({ do: 'online' }));
    cold(`${at + 1}ms x`).subscribe(() => act({ do: 'show' }));
    cold(`${at + 400_000}ms x`).subscribe();
    flush();
    note(JSON.stringify(network.requestQueue.snapshot()));
  })();
  return log.sort();
}

/** A call of its own: no two deadlines are due in one moment, in which it would be open who gets the place. */
function apart({ attemptMs, idleMs, maxWaitMs, totalMs, ...request }: HttpRequest, id: number): HttpRequest {
  const moved = (ms: number | undefined) => (ms === undefined ? undefined : ms + 13 * id);
  return {
    ...request,
    url: `${request.url}/${id}`,
    attemptMs: moved(attemptMs ?? 60_000),
    idleMs: moved(idleMs),
    maxWaitMs: moved(maxWaitMs),
    totalMs: moved(totalMs),
  };
}

function answer(afterMs: number, how: Extract<Step, { do: 'call' }>['how']): Observable<WireEvent> {
  const outcome = {
    answer: from<WireEvent[]>([wireHeaders(200), wireChunk('{"a":1}')]),
    refuse: from<WireEvent[]>([wireHeaders(503), wireChunk('')]),
    break: throwError(() => new WireFailure('reset')),
    silence: NEVER,
  }[how];
  return concat(timer(afterMs).pipe(ignoreElements()), outcome);
}
