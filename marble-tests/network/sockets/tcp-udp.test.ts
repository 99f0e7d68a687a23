import { map, NEVER } from 'rxjs';
import { createNetwork, NetworkError, type NetworkOptions } from '../../../src/index.js';
import { createTcp, createUdp, tcp$, udp$ } from '../../../src/sockets.js';
import { installGlobalWx, marbles, scriptedWx, type MarbleHelpers } from '../../../src/testing/index.js';

describe('tcp$ and udp$', () => {
  const server = { address: '192.168.1.20', port: 9_000 };

  // A phone that is hidden at 2 and shown at 6, and what was made on it.
  function hiddenPhone(helpers: MarbleHelpers, options: NetworkOptions = {}) {
    const wx = scriptedWx(() => NEVER, {
      tcp: () => helpers.cold('o', { o: { connect: {} } }),
      app$: helpers.app('--h---s'),
    });
    const network = createNetwork({ wx, ...options });
    const letter = map(() => 'n');
    return {
      wx,
      tcp$: (more: object = {}) => createTcp(network)({ ...server, ...more }).pipe(letter),
      udp$: (more: object = {}) => createUdp(network)(more).pipe(letter),
    };
  }
  const inBackground = (api: string, at: string) =>
    new NetworkError('the app is in the background, where no call can be made; not sent', {
      code: 'background',
      rule: 'BG-2',
      phase: 'check',
      api,
      url: at,
    });

  it.each([
    [{}, '                      ------n-'],
    [{ background: 'hold' }, '  ------n-'],
    [{ background: 'send' }, '  ----n-  '],
  ])('[BG-2] wait for the foreground, or do not care, as they are told: %j', (options, expected) => {
    marbles((helpers) => {
      const called = '----^--!';

      helpers.expectObservable(hiddenPhone(helpers).tcp$(options), called).toBe(expected);
      helpers.expectObservable(hiddenPhone(helpers).udp$(options), called).toBe(expected);
    })();
  });

  it(
    '[BG-2] refuse in the background, as they are told',
    marbles((helpers) => {
      const { tcp$, udp$, wx } = hiddenPhone(helpers);
      const options = { background: 'refuse' };
      const called = '          ----^--!';
      const expected = '        ----#';
      const tcpError = inBackground('createTCPSocket', 'tcp://192.168.1.20:9000');
      const udpError = inBackground('createUDPSocket', 'udp://*');

      helpers.expectObservable(tcp$(options), called).toBe(expected, undefined, tcpError);
      helpers.expectObservable(udp$(options), called).toBe(expected, undefined, udpError);
      helpers.flush();

      expect(wx.log).toEqual([]);
    }),
  );

  it(
    '[BG-2] do as their network does, and do not wait where the background cuts nothing',
    marbles((helpers) => {
      const refusing = hiddenPhone(helpers, { background: 'refuse' });
      const running = hiddenPhone(helpers, { interruptInBackground: false });
      const called = '----^--!';

      helpers
        .expectObservable(refusing.udp$(), called)
        .toBe('----#', undefined, inBackground('createUDPSocket', 'udp://*'));
      helpers.expectObservable(running.tcp$(), called).toBe('----n-');
      helpers.expectObservable(running.udp$(), called).toBe('----n-');
      helpers.flush();

      expect(refusing.wx.log).toEqual([]);
    }),
  );

  it(
    'take the time to connect as attemptMs, and refuse what they do not know',
    marbles((helpers) => {
      const { tcp$, udp$, wx } = hiddenPhone(helpers);
      const refused = (api: string, at: string) => (what: string) =>
        new NetworkError(what, { code: 'invalid-argument', phase: 'check', api, url: at });
      const tcpRefused = refused('createTCPSocket', 'tcp://192.168.1.20:9000');
      const udpRefused = refused('createUDPSocket', 'udp://*');

      helpers.expectObservable(tcp$({ attemptMs: 2_500 }), '^!').toBe('n');
      helpers
        .expectObservable(tcp$({ timeoutMs: 2_500 }))
        .toBe('#', undefined, tcpRefused("there is no option 'timeoutMs'; write attemptMs, in milliseconds"));
      helpers.expectObservable(udp$({ ttl: '1' })).toBe('#', undefined, udpRefused("ttl must be a number; got '1'"));
      helpers
        .expectObservable(udp$({ timeout: 1 }))
        .toBe('#', undefined, udpRefused("there is no option 'timeout'; there are port, type, ttl, background"));
      helpers.flush();

      expect(wx.log[0]).toBe('connect 192.168.1.20:9000 3 @0');
    }),
  );

  it('run over the global wx', () => {
    const wx = scriptedWx(() => NEVER);
    const remove = installGlobalWx(wx);
    expect(wx.log).toEqual([]);

    tcp$(server).subscribe().unsubscribe();
    udp$().subscribe().unsubscribe();
    remove();

    expect(wx.log.map((entry) => entry.split(' ')[0])).toEqual(['connect', 'close', 'bind', 'close']);
  });
});
