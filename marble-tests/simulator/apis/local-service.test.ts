import type { LocalService } from '../../../src/simulator/api-options.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { at, createLog } from '../phone.js';
import { rawPhone } from '../raw-phone.js';
import { marbles } from '../../../src/testing/index.js';

const LAMP: LocalService = { serviceType: '_http._tcp', serviceName: 'lamp', ip: '192.168.1.7', port: 9000 };

function searching(options: SimulatorOptions) {
  const log = createLog();
  const simulator = rawPhone({}, options);
  const { wx } = simulator;
  wx.onLocalServiceFound((service) => log.note(`found ${JSON.stringify(service)}`));
  wx.onLocalServiceLost(({ serviceName }) => log.note(`lost ${serviceName}`));
  wx.onLocalServiceResolveFail(({ serviceName }) => log.note(`resolve fail ${serviceName}`));
  wx.onLocalServiceDiscoveryStop(() => log.note('stopped'));
  const result = { complete: ({ errMsg }: { errMsg: string }) => log.note(errMsg) };
  return {
    simulator,
    lines: log.lines,
    note: log.note,
    start: (serviceType = '_http._tcp') => wx.startLocalServiceDiscovery({ serviceType, ...result }),
    stop: () => wx.stopLocalServiceDiscovery(result),
  };
}

describe('wx.startLocalServiceDiscovery', () => {
  it(
    'finds what the test has put there, of its type, for thirty seconds',
    marbles(({ flush }) => {
      const { start, lines } = searching({
        localServices: [
          { ...LAMP, afterMs: 100, lostAfterMs: 20_000 },
          { ...LAMP, serviceName: 'broken', afterMs: 200, resolves: false },
          { ...LAMP, serviceName: 'other', serviceType: '_ipp._tcp' },
          { ...LAMP, serviceName: 'late', afterMs: 30_001 },
        ],
      });
      start();
      flush();

      expect(lines).toEqual([
        '0 startLocalServiceDiscovery:ok',
        '100 found {"serviceType":"_http._tcp","serviceName":"lamp","ip":"192.168.1.7","port":9000}',
        '200 resolve fail broken',
        '20000 lost lamp',
        '30000 stopped',
      ]);
    }),
  );

  it(
    'runs one search at a time',
    marbles(({ flush }) => {
      const { start, stop, lines } = searching({ localServices: [{ ...LAMP, afterMs: 50 }] });
      start();
      at(10, () => start('_ipp._tcp'));
      at(20, stop);
      at(21, stop);
      at(30, () => start('_ipp._tcp'));
      at(40, stop);
      flush();

      expect(lines).toEqual([
        '0 startLocalServiceDiscovery:ok',
        '10 startLocalServiceDiscovery:fail scan task already exist',
        '20 stopLocalServiceDiscovery:ok',
        '20 stopped',
        '21 stopLocalServiceDiscovery:fail task not found',
        '30 startLocalServiceDiscovery:ok',
        '40 stopLocalServiceDiscovery:ok',
        '40 stopped',
      ]);
    }),
  );

  it(
    'wants a type, and another phone than an iPhone',
    marbles(({ flush }) => {
      const android = searching({});
      android.start('');
      const iphone = searching({ dialect: 'ios-cronet' });
      iphone.start();
      flush();

      expect(android.lines).toEqual(['0 startLocalServiceDiscovery:fail invalid param']);
      expect(iphone.lines).toEqual(['0 startLocalServiceDiscovery:fail jsapi not supported']);
    }),
  );

  it(
    '[BG-1] [BG-2] stops in the background, and does not begin there',
    marbles(({ flush }) => {
      const { simulator, start, lines } = searching({ localServices: [{ ...LAMP, afterMs: 7_000 }] });
      start();
      at(10, simulator.enterBackground);
      at(20, () => start());
      flush();

      expect(lines).toEqual([
        '0 startLocalServiceDiscovery:ok',
        '20 startLocalServiceDiscovery:fail interrupted',
        '5010 stopped',
      ]);
    }),
  );
});
