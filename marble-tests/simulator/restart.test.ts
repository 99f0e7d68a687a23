import type { SimulatedWx } from '../../src/simulator/create-simulator.js';
import { marbles } from '../../src/testing/index.js';
import { API, createLog, phone } from './phone.js';

describe('restart, from within', () => {
  it(
    'of an app that somebody restarts as soon as it is dead starts one app, and no second that nobody can kill',
    marbles(({ flush }) => {
      const simulator = phone({ '/slow': { afterMs: 10 } });
      const { lines, note } = createLog();
      const started: SimulatedWx[] = [];
      let count = 0;
      simulator.events$.subscribe(({ type }) => {
        if (type === 'restarted') note(type);
        if (type === 'destroyed' && count++ === 0) started.push(simulator.restart());
      });
      started.push(simulator.restart());

      expect(new Set([...started, simulator.wx]).size).toBe(1);
      started[0]?.request({ url: `${API}/slow`, complete: () => note('told') });
      simulator.destroy();
      flush();
      expect(lines).toEqual(['0 restarted']);
    }),
  );

  it(
    'starts none where the simulator was closed meanwhile',
    marbles(({ flush }) => {
      const simulator = phone({ '/now': {} });
      const { lines, note } = createLog();
      simulator.events$.subscribe(({ type }) => {
        if (type === 'destroyed') void simulator.close();
      });

      expect(() => simulator.restart()).toThrow('restart: the simulator has been closed');
      simulator.wx.request({ url: `${API}/now`, complete: () => note('told') });
      flush();
      expect(lines).toEqual([]);
    }),
  );
});

describe('what a phone does to its app', () => {
  it('is refused where it is nothing that phones do', () => {
    const simulator = phone({});

    expect(() => simulator.warnOfMemory(7 as 5)).toThrow('warnOfMemory: level: expected one of 10, 5, 15; got 7');
    expect(() => simulator.enterBackground(9 as 0)).toThrow(
      'enterBackground: reason: expected one of 0, 1, 2, 3; got 9',
    );
  });
});
