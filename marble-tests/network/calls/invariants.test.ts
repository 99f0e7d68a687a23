import fc from 'fast-check';
import type { Subscription } from 'rxjs';
import {
  createHttp,
  createNetwork,
  type BackgroundPolicy,
  type Priority,
  type WxPort,
  type WxRequestOption,
} from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';

/** What may happen to an app, at a millisecond of its life. */
type Step =
  | {
      readonly do: 'call';
      readonly priority: Priority;
      readonly background: BackgroundPolicy;
      readonly safe: boolean;
      readonly answer: Answer;
    }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'hide' }
  | { readonly do: 'show' };

type Answer = { readonly after: number; readonly how: 'success' | 'fail' | 'silence' | 'late-abort' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      priority: fc.constantFrom<Priority>('high', 'normal', 'low'),
      background: fc.constantFrom<BackgroundPolicy>('hold', 'hold', 'refuse', 'send'),
      safe: fc.boolean(),
      answer: fc.record({
        after: fc.integer({ min: 0, max: 9_000 }),
        how: fc.constantFrom<Answer['how']>('success', 'success', 'fail', 'silence', 'late-abort'),
      }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hide' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('show' as const) }) },
);
// Mostly bursts, so that calls wait; now and then a pause long enough for the background to cut.
const gap = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(400) },
  { weight: 1, arbitrary: fc.nat(7_000) },
);
const life = fc.array(fc.tuple(gap, step), { maxLength: 60, size: 'max' });

const CONCURRENCY = 3;

/** One native task, as the platform would count it. */
interface Task {
  ended: boolean;
  aborts: number;
}

interface Call {
  subscription: Subscription;
  outcome: 'answered' | 'failed' | 'left' | undefined;
  emissionsAfterTheEnd: number;
}

describe('whatever happens to an app', () => {
  it('[LIM-2][BG-2] cancel settles, a place is given back exactly once, never more than the cap, nothing starts in the background', () => {
    fc.assert(
      fc.property(life, (steps) => live(steps)),
      { numRuns: 200 },
    );
  }, 60_000);
});

function live(steps: readonly (readonly [waitMs: number, step: Step])[]): void {
  marbles(({ cold, flush }) => {
    const tasks: Task[] = [];
    const calls: Call[] = [];
    const faults: string[] = [];
    const listeners: { show: () => void; hide: () => void } = { show: () => {}, hide: () => {} };
    const answers: Answer[] = [];
    const sentInBackground = new Set<number>();
    let hidden = false;

    const request = (option: WxRequestOption) => {
      const task: Task = { ended: false, aborts: 0 };
      const id = Number(option.url.split('/').pop());
      const { after, how } = answers[id] as Answer;
      tasks.push(task);
      if (tasks.filter(({ ended }) => !ended).length > CONCURRENCY) faults.push('more than the cap');
      if (hidden && !sentInBackground.has(id)) faults.push('started in the background');
      if (calls[id]?.outcome) faults.push('started after it had settled');

      const wire = cold(`${after}ms x`).subscribe(() => {
        if (how === 'silence' || how === 'late-abort') return;
        task.ended = true;
        if (how === 'success') option.success?.({ data: '{}', statusCode: 200, header: {}, errMsg: 'request:ok' });
        else option.fail?.({ errMsg: 'request:fail -102:net::ERR_CONNECTION_REFUSED', errno: 600001 });
      });
      return {
        abort() {
          task.aborts++;
          if (task.ended) faults.push('aborted what had ended');
          task.ended = true;
          wire.unsubscribe();
          if (how === 'late-abort') cold('7ms x').subscribe(() => option.fail?.({ errMsg: 'request:fail abort' }));
          else option.fail?.({ errMsg: 'request:fail abort' });
        },
      };
    };

    const wx: WxPort = {
      request,
      onAppShow: (listener) => (listeners.show = listener),
      onAppHide: (listener) => (listeners.hide = listener),
    };
    const network = createNetwork({ wx, concurrency: CONCURRENCY });
    const http$ = createHttp(network);

    const act: { [Do in Step['do']]: (step: Extract<Step, { do: Do }>) => void } = {
      call({ priority, background, safe, answer }) {
        const id = answers.push(answer) - 1;
        const call: Call = { subscription: undefined as never, outcome: undefined, emissionsAfterTheEnd: 0 };
        const settle = (outcome: 'answered' | 'failed') => () => {
          if (call.outcome) call.emissionsAfterTheEnd++;
          call.outcome ??= outcome;
        };
        if (background === 'send') sentInBackground.add(id);
        calls.push(call);
        call.subscription = http$({
          url: `https://api.example.com/${id}`,
          method: safe ? 'GET' : 'POST',
          priority,
          background,
        }).subscribe({
          next: settle('answered'),
          error: settle('failed'),
        });
      },
      cancel({ which }) {
        const call = calls[which % calls.length];
        if (!call || call.outcome) return;
        call.outcome = 'left';
        call.subscription.unsubscribe();
      },
      hide() {
        if (hidden) return;
        hidden = true;
        listeners.hide();
      },
      show() {
        if (!hidden) return;
        hidden = false;
        listeners.show();
      },
    };

    let at = 0;
    for (const [waitMs, next] of steps) {
      at += waitMs;
      cold(`${at}ms x`).subscribe(() => {
        act[next.do](next as never);
        const { running } = network.requestQueue.snapshot();
        if (running > CONCURRENCY) faults.push('the queue counts more than the cap');
      });
    }
    // In the end the app is in front, long enough for every deadline to pass.
    cold(`${at + 1}ms x`).subscribe(() => act.show({ do: 'show' }));
    cold(`${at + 3_000_000}ms x`).subscribe();
    flush();

    if (calls.some(({ outcome }) => outcome === undefined)) faults.push('a call never settled');
    if (calls.some(({ emissionsAfterTheEnd }) => emissionsAfterTheEnd > 0))
      faults.push('something was emitted after the end');
    if (tasks.some(({ ended }) => !ended)) faults.push('a task was left running');
    if (tasks.some(({ aborts }) => aborts > 1)) faults.push('a task was aborted twice');
    const { size, running, paused } = network.requestQueue.snapshot();
    if (size !== 0 || running !== 0 || paused) faults.push(`places lost: ${JSON.stringify({ size, running, paused })}`);

    expect([...new Set(faults)]).toEqual([]);
  })();
}
