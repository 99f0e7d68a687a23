import {
  asyncScheduler,
  interval,
  map,
  merge,
  NEVER,
  Subscription,
  take,
  timer,
  type SchedulerAction,
  type SchedulerLike,
} from 'rxjs';
import { createAppClock } from '../../src/simulator/clock.js';
import { at, createLog } from './phone.js';
import { marbles } from '../../src/testing/index.js';

describe('createAppClock', () => {
  it(
    'holds what falls due while frozen, and runs it on the thaw in order',
    marbles(({ expectObservable }) => {
      const clock = createAppClock(asyncScheduler);
      const task = (mark: string, ms: number) => timer(ms, clock.scheduler).pipe(map(() => mark));
      at(3, clock.freeze);
      at(9, clock.thaw);
      const expected = '--a------(bc)-d';

      expectObservable(merge(task('a', 2), task('c', 8), task('b', 5), task('d', 14), NEVER)).toBe(expected);
    }),
  );

  it(
    'runs the clock on while frozen',
    marbles(({ flush }) => {
      const clock = createAppClock(asyncScheduler);
      const seen: number[] = [];
      clock.freeze();
      at(7, () => seen.push(clock.scheduler.now()));
      flush();

      expect(seen).toEqual([7]);
    }),
  );

  it(
    'runs an interval, late once and not many times over',
    marbles(({ flush }) => {
      const clock = createAppClock(asyncScheduler);
      const { lines, note } = createLog();
      interval(2, clock.scheduler)
        .pipe(take(4))
        .subscribe((tick) => note(`${tick}`));
      at(3, clock.freeze);
      at(11, clock.thaw);
      flush();

      expect(lines).toEqual(['2 0', '11 1', '13 2', '15 3']);
    }),
  );

  it(
    'does not run what was cancelled while it was held',
    marbles(({ flush }) => {
      const clock = createAppClock(asyncScheduler);
      const { lines, note } = createLog();
      const cancelled = timer(2, clock.scheduler).subscribe(() => note('cancelled'));
      timer(2, clock.scheduler).subscribe(() => note('kept'));
      clock.freeze();
      at(5, () => cancelled.unsubscribe());
      at(6, clock.thaw);
      flush();

      expect(lines).toEqual(['6 kept']);
    }),
  );

  it(
    'forgets a held firing when its action is scheduled anew',
    marbles(({ flush }) => {
      const clock = createAppClock(asyncScheduler);
      const { lines, note } = createLog();
      const action = clock.scheduler.schedule<string>((state) => note(state), 1, 'first') as SchedulerAction<string>;
      clock.freeze();
      at(3, () => action.schedule('second', 10));
      at(5, clock.thaw);
      flush();

      expect(lines).toEqual(['13 second']);
    }),
  );

  it(
    'lets newer tasks line up behind the held ones',
    marbles(({ flush }) => {
      const clock = createAppClock(asyncScheduler);
      const { lines, note } = createLog();
      clock.freeze();
      clock.scheduler.schedule(() => {
        note('held');
        clock.scheduler.schedule(() => note('scheduled by the held one'));
      }, 1);
      at(5, () => {
        clock.thaw();
        clock.scheduler.schedule(() => note('scheduled after the thaw'));
      });
      flush();

      expect(lines).toEqual(['5 held', '5 scheduled after the thaw', '5 scheduled by the held one']);
    }),
  );

  it('runs the others when one of them throws', () => {
    const turns: (() => void)[] = [];
    const byHand: SchedulerLike = {
      now: () => 0,
      schedule: <T>(work: (this: SchedulerAction<T>, state: T) => void) => {
        turns.push(() => work.call(new Subscription() as SchedulerAction<T>, undefined as T));
        return new Subscription();
      },
    };
    const clock = createAppClock(byHand);
    const ran: string[] = [];
    clock.freeze();
    clock.scheduler.schedule(() => {
      throw new Error('from a task');
    });
    clock.scheduler.schedule(() => ran.push('the other'));
    turns.splice(0).forEach((turn) => turn());
    clock.thaw();

    expect(() => turns.shift()?.()).toThrow('from a task');
    turns.shift()?.();
    expect(ran).toEqual(['the other']);
  });
});
