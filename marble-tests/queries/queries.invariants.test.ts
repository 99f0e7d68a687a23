import fc from 'fast-check';
import { Observable, Subject, type Subscription } from 'rxjs';
import { NetworkError, type Http, type HttpRequest, type HttpResponse } from '../../src/index.js';
import { createQueries, type QueryState } from '../../src/queries.js';
import { httpResponse } from '../../src/testing/index.js';
import { FailingDevice } from './support/failing-store.js';

const RUNS = Number(process.env['QUERY_HISTORIES'] ?? 300);

/** What the server says: whom it was asked by, and as which question of all. */
interface Told {
  readonly user: string;
  readonly key: string;
  readonly asked: number;
}

interface Step {
  readonly do:
    | 'watch'
    | 'leave'
    | 'answer'
    | 'fail'
    | 'prefetch'
    | 'undo'
    | 'change'
    | 'invalidate'
    | 'switch'
    | 'warn'
    | 'clear'
    | 'work'
    | 'restart';
  readonly at: number;
  readonly freshMs: number;
}

const USUAL = ['watch', 'watch', 'answer', 'answer', 'answer', 'leave', 'change', 'invalidate', 'switch'] as const;
const RARE = ['fail', 'prefetch', 'undo', 'warn', 'clear'] as const;
const stepOf = (...acts: readonly Step['do'][]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constantFrom(...acts), at: fc.nat(20), freshMs: fc.constantFrom(0, 1_000) });

/** Lives through the steps, on a device that keeps answers or without one, and gives back all that was wrong. */
function live(steps: readonly Step[], device?: FailingDevice): string[] {
  const wrong: string[] = [];
  const open: { readonly answer$: Subject<HttpResponse<unknown>>; readonly told: Told }[] = [];
  const invalidated = [0, 0, 0];
  let user = 'a';
  let switches = 0;
  let clock = 0;
  let time = 0;
  let warn: () => void = () => undefined;

  const http$ = (({ url }: HttpRequest) =>
    new Observable((subscriber) => {
      const call = { answer$: new Subject<HttpResponse<unknown>>(), told: { user, key: url, asked: ++time } };
      open.push(call);
      subscriber.add(() => open.splice(open.indexOf(call), 1));
      subscriber.add(call.answer$.subscribe(subscriber));
    })) as unknown as Http;
  const scheduler = { now: () => clock, schedule: () => ({ unsubscribe() {} }) };
  const network = {
    wx: { onMemoryWarning: (listener: () => void) => (warn = listener) },
    scheduler,
    app$: new Subject(),
  };
  const warnings: string[] = [];
  const start = () =>
    createQueries(http$, {
      network: network as never,
      identity: () => user,
      maxBytes: 300,
      store: device?.store,
      onWarning: (warning) => warnings.push(warning),
    });
  let queries = start();

  const watchers: Subscription[] = [];
  let undos: (() => void)[] = [];
  const leaveAll = () => watchers.splice(0).forEach((watcher) => watcher.unsubscribe());
  const watch = (key: number, freshMs: number) => {
    const seen = new Set<unknown>();
    let last: unknown;
    let hadProblem = false;
    let switchesBefore = switches;
    watchers.push(
      queries.watch$<Told>(`/${key}`, { freshMs, tags: [`t${key}`], persist: !!device }).subscribe({
        next({ value, problem }: QueryState<Told>) {
          if (value.user !== user) wrong.push(`${value.user}'s answer is shown to ${user}`);
          if (value.key !== `/${key}`) wrong.push(`${value.key} is shown for /${key}`);
          // What was to be taken from the device and could not be is told, and is there again after a restart.
          const isKnown = !device?.failures;
          if (isKnown && value.asked < (invalidated[key] ?? 0) && !seen.has(value)) {
            wrong.push(`asked at ${value.asked}, shown after the invalidation of ${invalidated[key]}`);
          }
          const isAnother = switches !== switchesBefore;
          if (problem === undefined && !hadProblem && !isAnother && last === value)
            wrong.push('the same is shown again');
          seen.add(value);
          last = value;
          hadProblem = problem !== undefined;
          switchesBefore = switches;
        },
        error: () => undefined,
      }),
    );
  };

  for (const step of steps) {
    clock += 100;
    if (step.do === 'watch') watch(step.at % 3, step.freshMs);
    else if (step.do === 'warn') warn();
    else if (step.do === 'clear') queries.clear();
    else if (step.do === 'work') device?.work();
    else if (step.do === 'restart') {
      leaveAll();
      device?.work(true);
      // What a dead app has asked for is answered to nobody.
      open.length = 0;
      undos = [];
      queries = start();
    } else if (step.do === 'leave')
      watchers.splice(step.at % (watchers.length || 1), 1).forEach((watcher) => watcher.unsubscribe());
    else if (step.do === 'prefetch') queries.prefetch(`/${step.at % 3}`);
    else if (step.do === 'switch') {
      switches++;
      user = ['a', 'b', 'c'][step.at % 3] as string;
    } else if (step.do === 'undo') undos.splice(step.at % (undos.length || 1), 1).forEach((undo) => undo());
    else if (step.do === 'change') {
      const { undo } = queries.change<Told>(`/${step.at % 3}`, (value) => ({ ...value }));
      undos.push(() => undo());
    } else if (step.do === 'invalidate') {
      invalidated[step.at % 3] = ++time;
      queries.invalidate(`t${step.at % 3}`);
    } else {
      const call = open[step.at % (open.length || 1)];
      if (!call) continue;
      if (step.do === 'fail') call.answer$.error(new NetworkError('no', { code: 'offline' }));
      else call.answer$.next(httpResponse<unknown>({ body: { ...call.told } }));
      call.answer$.complete();
    }
  }
  leaveAll();
  device?.work(true);
  // Those that were fetched ahead are for nobody yet.
  for (let round = 0; round < 3; round++) for (const { answer$ } of [...open]) answer$.error(new Error('over'));
  if (open.length > 0) wrong.push(`${open.length} questions of nobody`);
  if (!device?.failures && warnings.length > 0) wrong.push(`warned for nothing: ${warnings.join()}`);
  return wrong;
}

describe('queries, whatever happens', () => {
  it('show nobody what is another one’s, or was asked for before an invalidation that was known; ask for nobody', () => {
    fc.assert(
      fc.property(fc.array(stepOf(...USUAL, ...RARE), { maxLength: 60 }), (steps) => {
        expect(live(steps)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('nor with a device that is slow, full or broken at any operation, before a restart and after it; nothing is thrown', () => {
    const outcomes = fc.array(fc.constantFrom('done' as const, 'done' as const, 'full' as const, 'broken' as const));
    fc.assert(
      fc.property(
        fc.array(stepOf(...USUAL, ...RARE, 'work', 'work', 'work', 'restart'), { maxLength: 80 }),
        fc.oneof(fc.constant([]), outcomes),
        (steps, operations) => {
          expect(live(steps, new FailingDevice(operations))).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('nor where the user is switched at each step in its turn', () => {
    const walk = fc.array(stepOf(...USUAL, 'work', 'restart'), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(walk, (steps) => {
        const switched = (at: number): Step => ({ do: 'switch', at, freshMs: 0 });
        for (let at = 0; at <= steps.length; at++) {
          const history = [...steps.slice(0, at), switched(at), ...steps.slice(at)];
          expect(live(history, new FailingDevice([]))).toEqual([]);
        }
      }),
      { numRuns: RUNS / 5 },
    );
  });
});
