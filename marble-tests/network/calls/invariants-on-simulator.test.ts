import fc from 'fast-check';
import {
  asyncScheduler,
  concat,
  ignoreElements,
  NEVER,
  from,
  throwError,
  timer,
  type Observable,
  type Subscription,
} from 'rxjs';
import { createHttp, createNetwork, isNetworkError, type HttpRequest } from '../../../src/index.js';
import { createSimulator, scriptWire, type SimulatorOptions } from '../../../src/simulator/index.js';
import { WireFailure, wireChunk, wireHeaders, type WireEvent } from '../../../src/simulator/wires/wire.js';
import { marbles } from '../../../src/testing/index.js';

type Step =
  | {
      readonly do: 'call';
      readonly request: HttpRequest;
      readonly afterMs: number;
      readonly how: 'answer' | 'break' | 'silence';
    }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'hide' }
  | { readonly do: 'show' };

const call = fc.record({
  do: fc.constant('call' as const),
  request: fc.record({
    url: fc.constant('https://api.example.com'),
    method: fc.constantFrom('GET' as const, 'POST' as const),
    priority: fc.constantFrom('high' as const, 'normal' as const, 'low' as const),
    background: fc.constantFrom('hold' as const, 'refuse' as const),
    attemptMs: fc.constantFrom(undefined, 8_000),
    maxWaitMs: fc.constantFrom(undefined, 3_000),
    totalMs: fc.constantFrom(undefined, 20_000),
  }),
  afterMs: fc.nat(12_000),
  how: fc.constantFrom('answer' as const, 'answer' as const, 'answer' as const, 'break' as const, 'silence' as const),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: call },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hide' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('show' as const) }) },
);
const gapMs = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.nat(500) },
  { weight: 1, arbitrary: fc.nat(8_000) },
);
const life = fc.array(fc.tuple(gapMs, step), { maxLength: 80, size: 'max' });

/** Every way in which phones are known to differ. */
const phone: fc.Arbitrary<SimulatorOptions> = fc.record({
  dialect: fc.constantFrom(
    'android-cronet' as const,
    'ios-cronet' as const,
    'ios-old' as const,
    'devtools' as const,
    'doubled-fail' as const,
  ),
  interruptedCallback: fc.constantFrom('before-freeze' as const, 'on-return' as const),
  backgroundCalls: fc.constantFrom('refuse' as const, 'allow-until-suspended' as const),
  slotFreedAfterCallback: fc.boolean(),
  overLimit: fc.constantFrom('queue' as const, 'fail' as const),
  freeze: fc.boolean(),
});

describe('whatever happens to an app on whatever phone', () => {
  it('[LIM-2][BG-1][BG-2] every call settles, ten run at most, none starts in the background, frozen or not', () => {
    fc.assert(
      fc.property(phone, life, (options, steps) => {
        expect(faultsOf(options, steps)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});

describe('a phone that freezes the app and never calls back', () => {
  it.each(['before-freeze', 'on-return'] as const)(
    '[BG-1] a POST ends by the verdict after the return, though the app is hidden again before that (%s)',
    (interruptedCallback) => {
      marbles(({ flush }) => {
        const simulator = createSimulator({
          domains: { request: ['https://api.example.com'] },
          charsetTrial: 'silent',
          interruptedCallback,
          wire: scriptWire({
            'POST https://api.example.com/p': {
              body: new Uint8Array([0xc4, 0xe3]),
              header: { 'content-type': 'text/plain; charset=gbk' },
              afterMs: 100,
            },
          }),
        });
        const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler });
        let outcome = 'never ended';
        createHttp(network)({
          url: 'https://api.example.com/p',
          method: 'POST',
          as: 'text',
          attemptMs: 10_000,
        }).subscribe({
          error: (error: unknown) => {
            outcome = `${isNetworkError(error) ? error.code : 'not ours'} @${asyncScheduler.now()}`;
          },
        });
        asyncScheduler.schedule(() => simulator.enterBackground(), 4_000);
        asyncScheduler.schedule(() => simulator.enterForeground(), 12_000);
        asyncScheduler.schedule(() => simulator.enterBackground(), 12_500);
        asyncScheduler.schedule(() => simulator.enterForeground(), 13_500);

        asyncScheduler.schedule(() => {}, 3_600_000);
        flush();

        expect(outcome).toMatch(/^interrupted @(9000|1[3-4]\d00)$/);
        expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
      })();
    },
  );
});

function faultsOf(options: SimulatorOptions, steps: readonly (readonly [gapMs: number, step: Step])[]): string[] {
  const faults = new Set<string>();

  marbles(({ cold, flush }) => {
    const answers: Observable<WireEvent>[] = [];
    const simulator = createSimulator({
      ...options,
      domains: { request: ['https://api.example.com'] },
      wire: ({ url }) => answers[Number(/\d+$/.exec(url)?.[0])] ?? NEVER,
    });
    const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler, onWarning: () => undefined });
    const http$ = createHttp(network);
    const calls: { subscription?: Subscription; outcome?: string }[] = [];
    const open = new Set<number>();
    let hidden = false;

    simulator.events$.subscribe((event) => {
      if (event.type === 'called') {
        open.add(event.id);
        if (open.size > 10) faults.add('more than ten at once');
        if (hidden) faults.add('called in the background');
      }
      // What has been aborted is over for us; a platform may count it until it has said so.
      if (event.type === 'aborted' || event.type === 'settled') open.delete(event.id);
    });

    const act = {
      call({ request, afterMs, how }: Extract<Step, { do: 'call' }>) {
        answers.push(answer(afterMs, how));
        const entry: { subscription?: Subscription; outcome?: string } = {};
        const settle = (outcome: string) => {
          if (entry.outcome !== undefined) faults.add(`${outcome} after ${entry.outcome}`);
          entry.outcome = outcome;
        };
        calls.push(entry);
        entry.subscription = http$({ ...request, url: `${request.url}/${answers.length - 1}` }).subscribe({
          next: () => settle('answered'),
          error: (error: unknown) => {
            settle(isNetworkError(error) ? error.code : `not ours: ${String(error)}`);
            // [K6.1] Nobody else calls.
            if (isNetworkError(error, 'too-many-tasks')) faults.add('one too many');
          },
        });
      },
      cancel({ which }: { readonly which: number }) {
        const entry = calls[which % calls.length];
        if (!entry || entry.outcome !== undefined) return;
        entry.outcome = 'left';
        entry.subscription?.unsubscribe();
      },
      hide() {
        hidden = true;
        simulator.enterBackground();
      },
      show() {
        hidden = false;
        simulator.enterForeground();
      },
    };

    let at = 0;
    for (const [waitMs, next] of steps) {
      at += waitMs;
      const run = () => {
        if (next.do === 'call') act.call(next);
        else if (next.do === 'cancel') act.cancel(next);
        else act[next.do]();
      };
      // The world outside acts on its own clock; the app's code runs on a thread that may be frozen.
      const clock = next.do === 'hide' || next.do === 'show' ? undefined : simulator.scheduler;
      if (clock) clock.schedule(run, at);
      else cold(`${at}ms x`).subscribe(run);
    }
    cold(`${at + 1}ms x`).subscribe(act.show);
    cold(`${at + 2_000_000}ms x`).subscribe();
    flush();

    for (const { outcome } of calls) {
      if (outcome === undefined) faults.add('a call never settled');
      if (outcome?.startsWith('not ours')) faults.add(outcome);
      if (outcome === 'too-many-tasks' || outcome === 'unknown') faults.add(outcome);
    }
    const { size, running, paused } = network.requestQueue.snapshot();
    if (size > 0 || running > 0 || paused) faults.add(`places lost: ${size} wait, ${running} run`);
  })();
  return [...faults];
}

function answer(afterMs: number, how: 'answer' | 'break' | 'silence'): Observable<WireEvent> {
  const outcome = {
    answer: from<WireEvent[]>([wireHeaders(200), wireChunk('{}')]),
    break: throwError(() => new WireFailure('reset')),
    silence: NEVER,
  }[how];
  return concat(timer(afterMs).pipe(ignoreElements()), outcome);
}
