import { fleetPlot } from '../../bench/fleet-plot.js';
import { heapScheduler } from '../../bench/heap-scheduler.js';

describe('the plot of a fleet', () => {
  it('has a line for each fleet, in parts of the steady load, and a row for each of these', () => {
    const plot = fleetPlot(
      [
        { who: 'ours', perSecond: [100, 120] },
        { who: 'neither', perSecond: [100, 400] },
      ],
      100,
    );
    expect(plot.match(/<polyline points="[^"]*"/g)).toEqual([
      '<polyline points="60.0,265.0 560.0,250.0"',
      '<polyline points="60.0,265.0 560.0,40.0"',
    ]);
    expect(plot.match(/>\d ×</g)).toEqual(['>0 ×<', '>1 ×<', '>2 ×<', '>3 ×<', '>4 ×<']);
  });
});

describe('the scheduler of a fleet', () => {
  it('runs what is due in order of time, then of coming, and not what was taken back', () => {
    const scheduler = heapScheduler();
    const ran: string[] = [];
    for (const ms of [30, 10, 20, 10, 50]) scheduler.schedule(() => void ran.push(`${ms} @${scheduler.now()}`), ms);
    scheduler.schedule(() => void ran.push('never'), 15).unsubscribe();
    scheduler.schedule<number>(function (count = 0) {
      ran.push(`again ${count}`);
      if (count < 1) this.schedule(count + 1, 10);
    }, 5);
    scheduler.runUntil(40);
    expect(ran).toEqual(['again 0', '10 @10', '10 @10', 'again 1', '20 @20', '30 @30']);
    expect(scheduler.now()).toBe(40);
  });
});
