import { interval } from 'rxjs';
import { scriptWire } from '../../src/simulator/wires/script.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import { marbles } from '../../src/testing/index.js';
import { API, at, createLog, phone } from './phone.js';

const SLOW = { '/slow': { afterMs: 100 } };
const MINUTES = 60_000;

describe('destroy', () => {
  it(
    'calls nothing back any more: not what runs, not what waits, not what was told in this very turn',
    marbles(({ flush }) => {
      const simulator = phone({ '/slow': { afterMs: 10 }, '/now': {} });
      const { lines, note } = createLog();
      for (let index = 0; index < 12; index++)
        simulator.wx.request({ url: `${API}/slow`, complete: ({ errMsg }) => note(errMsg) });
      simulator.wx.onNetworkStatusChange(() => note('network'));
      simulator.wx.onAppHide(() => note('hidden'));
      at(10, () => {
        simulator.setNetwork('4g');
        simulator.destroy();
        simulator.enterBackground();
      });
      at(50, () => note('over'));
      flush();

      expect(lines).toEqual(['50 over']);
    }),
  );

  it(
    'ends what it had open, and says so in events$',
    marbles(({ flush }) => {
      const wire = scriptWire({ [`GET ${API}/slow`]: { afterMs: 100 } }, { sockets: { 'wss://api.example.com/': {} } });
      const simulator = createSimulator({ wire, domains: { request: [API], socket: ['wss://api.example.com'] } });
      const { lines, note } = createLog();
      simulator.wx.request({ url: `${API}/slow` });
      simulator.wx.connectSocket({ url: 'wss://api.example.com/' });
      at(9, () => {
        simulator.events$.subscribe((event) => note(`${event.type} ${'outcome' in event ? event.outcome : ''}`.trim()));
        simulator.destroy();
      });
      flush();

      expect(lines).toEqual(['9 destroyed', '9 settled silence', '9 socket-closed']);
    }),
  );

  it(
    'stops the timers of its clock, so that nothing waits for them',
    marbles(({ flush }) => {
      const simulator = phone({});
      const { lines, note } = createLog();
      interval(3, simulator.scheduler).subscribe((count) => note(`tick ${count}`));
      at(7, () => {
        simulator.destroy();
        simulator.scheduler.schedule(() => note('too late'), 1);
      });
      flush();

      expect(lines).toEqual(['3 tick 0', '6 tick 1']);
    }),
  );

  it(
    'makes its wx do nothing: no call arrives, none comes back, none is seen in events$',
    marbles(({ flush }) => {
      const simulator = phone({ '/now': {} });
      const { lines, note } = createLog();
      const { wx } = simulator;
      simulator.destroy();
      simulator.events$.subscribe(({ type }) => note(type));
      wx.request({ url: `${API}/now`, complete: () => note('complete') }).abort();
      wx.connectSocket({ url: 'wss://api.example.com/', complete: () => note('complete') }).onError(() =>
        note('error'),
      );
      wx.createTCPSocket().connect({ address: '192.168.1.7', port: 9_000 });
      expect(wx.createUDPSocket().bind()).toBe(0);
      wx.startLocalServiceDiscovery({ serviceType: '_http._tcp', complete: () => note('complete') });
      wx.getNetworkType({ complete: () => note('complete') });
      wx.getFileSystemManager().writeFile({
        filePath: `${wx.env.USER_DATA_PATH}/a`,
        data: 'a',
        complete: () => note('complete'),
      });
      flush();

      expect(lines).toEqual([]);
      expect(() => wx.getFileSystemManager().statSync(`${wx.env.USER_DATA_PATH}/a`)).toThrow(
        'the app has been destroyed',
      );
      void simulator.close();
    }),
  );

  it(
    'does nothing a second time',
    marbles(() => {
      const simulator = phone({});
      const { lines, note } = createLog();
      simulator.events$.subscribe(({ type }) => note(type));
      simulator.destroy();
      simulator.destroy();

      expect(lines).toEqual(['0 destroyed']);
    }),
  );
});

describe('half an hour in the background', () => {
  it(
    'kills a suspended app',
    marbles(({ flush }) => {
      const simulator = phone({});
      const { lines, note } = createLog();
      simulator.events$.subscribe(({ type }) => note(type));
      simulator.enterBackground();
      at(5_000 + 31 * MINUTES, () => simulator.enterForeground());
      flush();

      expect(lines).toEqual(['0 hidden', '5000 suspended', `${5_000 + 30 * MINUTES} destroyed`]);
    }),
  );

  it.each([
    ['one that comes back in time', {}, 30 * MINUTES],
    ['one on a phone that keeps it for ever', { destroyedAfterMs: Infinity }, 24 * 60 * MINUTES],
  ])('spares %s', (_what, options, backAt) => {
    marbles(({ flush }) => {
      const simulator = phone({}, options);
      const { lines, note } = createLog();
      simulator.enterBackground();
      simulator.events$.subscribe(({ type }) => note(type));
      at(backAt, () => simulator.enterForeground());
      flush();

      expect(lines).toEqual(['5000 suspended', `${backAt} shown`]);
    })();
  });
});

describe('restart', () => {
  it(
    'gives a fresh wx: in front, with all its places, and without the listeners of the one before',
    marbles(({ flush }) => {
      const simulator = phone(SLOW);
      const { lines, note } = createLog();
      const before = simulator.wx;
      before.onAppShow(() => note('old listener'));
      for (let index = 0; index < 11; index++) before.request({ url: `${API}/slow`, complete: () => note('old call') });
      simulator.enterBackground();
      at(6_000, () => {
        const after = simulator.restart();
        expect(after).toBe(simulator.wx);
        expect(after).not.toBe(before);
        after.request({ url: `${API}/slow`, success: ({ statusCode }) => note(`new call ${statusCode}`) });
        simulator.enterForeground();
        simulator.scheduler.schedule(() => note('new timer'), 1);
      });
      flush();

      expect(lines.filter((line) => Number.parseInt(line) >= 6_000)).toEqual(['6001 new timer', '6100 new call 200']);
    }),
  );

  it(
    'keeps the device: its files, its connection, and the numbers of its calls',
    marbles(({ flush }) => {
      const simulator = phone(SLOW, { networkType: 'wifi' });
      const path = `${simulator.wx.env.USER_DATA_PATH}/kept.txt`;
      const { lines, note } = createLog();
      simulator.events$.subscribe((event) => note('id' in event ? `${event.type} ${event.id}` : event.type));
      simulator.wx.getFileSystemManager().writeFileSync(path, 'kept');
      simulator.setNetwork('none');
      simulator.wx.request({ url: `${API}/slow` });
      const wx = simulator.restart();
      wx.request({ url: `${API}/slow` });
      wx.getNetworkType({ success: ({ networkType }) => note(networkType) });
      flush();

      expect(wx.getFileSystemManager().readFileSync(path, 'utf8')).toBe('kept');
      expect(lines).toEqual([
        '0 network',
        '0 called 1',
        '0 started 1',
        '0 settled 1',
        '0 destroyed',
        '0 restarted',
        '0 called 2',
        '0 started 2',
        '0 settled 2',
        '0 none',
      ]);
      void simulator.close();
    }),
  );

  it('is not for a simulator that has been closed', async () => {
    const simulator = phone({});
    await simulator.close();

    expect(() => simulator.restart()).toThrow('restart: the simulator has been closed; make another');
  });
});
