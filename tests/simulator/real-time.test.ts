import { asyncScheduler, interval, lastValueFrom, NEVER, observeOn, of, take, toArray } from 'rxjs';
import { realTime } from '../../src/simulator/real-time.js';
import { settingsOf } from '../../src/simulator/settings.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('realTime', () => {
  it('gives what is due at once a turn of its own, in order', async () => {
    const seen: string[] = [];
    realTime.schedule(() => seen.push('first'));
    realTime.schedule<string>((state) => seen.push(state), 0, 'second');
    // eslint-disable-next-line @typescript-eslint/no-floating-promises -- it only marks where the jobs of this turn are done
    Promise.resolve().then(() => seen.push('this turn is over'));
    await turn();

    expect(seen).toEqual(['this turn is over', 'first', 'second']);
  });

  it('waits for no timer: three hundred turns pass before three hundred timers', async () => {
    const hops = (schedule: (work: () => void) => void) =>
      new Promise<void>((resolve) => {
        const hop = (left: number) => (left === 0 ? resolve() : schedule(() => hop(left - 1)));
        hop(300);
      });
    const timers = hops((work) => setTimeout(work, 0)).then(() => 'timers');
    const turns = hops((work) => realTime.schedule(work)).then(() => 'turns');

    expect(await Promise.race([timers, turns])).toBe('turns');
    await timers;
  });

  it('runs nothing that was taken back', async () => {
    const seen: string[] = [];
    realTime.schedule(() => seen.push('taken back')).unsubscribe();
    const both = realTime.schedule<string>(
      function (state) {
        seen.push(state);
        this.schedule('again');
        this.unsubscribe();
      },
      0,
      'once',
    );
    await turn();
    await turn();

    expect(seen).toEqual(['once']);
    expect(both.closed).toBe(true);
  });

  it('lets an action schedule itself anew, at once or later', async () => {
    const seen: string[] = [];
    const done = new Promise<void>((resolve) => {
      realTime.schedule<string>(
        function (state) {
          seen.push(state);
          if (state === 'now') this.schedule('now again');
          else if (state === 'now again') this.schedule('later', 2);
          else resolve();
        },
        0,
        'now',
      );
    });
    await done;

    expect(seen).toEqual(['now', 'now again', 'later']);
  });

  it('serves the operators of RxJS', async () => {
    expect(await lastValueFrom(of('a', 'b').pipe(observeOn(realTime), toArray()))).toEqual(['a', 'b']);
    expect(await lastValueFrom(interval(1, realTime).pipe(take(3), toArray()))).toEqual([0, 1, 2]);
  });

  it("is the default over real sockets alone: a wire of one's own keeps its order with asyncScheduler", () => {
    expect(settingsOf().scheduler).toBe(realTime);
    expect(settingsOf({ wire: () => NEVER }).scheduler).toBe(asyncScheduler);
  });

  it('is asyncScheduler where somebody else has the clock', () => {
    jest.useFakeTimers({ now: 0, doNotFake: ['setImmediate', 'clearImmediate'] });
    try {
      const seen: string[] = [];
      realTime.schedule(() => seen.push('by the timer that was put in'));
      jest.advanceTimersByTime(1);

      expect(seen).toEqual(['by the timer that was put in']);
    } finally {
      jest.useRealTimers();
    }
  });
});
