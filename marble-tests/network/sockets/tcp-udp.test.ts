import { map, NEVER } from 'rxjs';
import { createNetwork, NetworkError, type NetworkOptions } from '../../../src/index.js';
import { createTcp, createUdp, tcp$, udp$ } from '../../../src/sockets.js';
import { installGlobalWx, marbles, scriptedWx, type MarbleHelpers } from '../../../src/testing/index.js';
import { settableClock } from '../settable-clock.js';

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
        .toBe('#', undefined, tcpRefused("Unknown option 'timeoutMs'; write attemptMs, in milliseconds"));
      helpers.expectObservable(udp$({ ttl: '1' })).toBe('#', undefined, udpRefused("ttl must be a number; got '1'"));
      helpers
        .expectObservable(udp$({ timeout: 1 }))
        .toBe('#', undefined, udpRefused("Unknown option 'timeout'; known: port, type, ttl, background"));
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

  it('[K6.3] tcp$ connects to the names in domains.tcp of its network, the one list', () => {
    const wx = scriptedWx(() => NEVER);
    const refusals: unknown[] = [];
    const connect = (tcp: readonly string[] | undefined, address: string, port = 9_000) =>
      createTcp(createNetwork({ wx, domains: { tcp } }))({ address, port })
        .subscribe({ error: (error: NetworkError) => refusals.push(`${error.code} ${error.rule}`) })
        .unsubscribe();

    connect(['tcp://a.example.com:9000'], 'a.example.com');
    connect(['tcp://a.example.com:9000'], 'b.example.com');
    connect(['tcp://a.example.com:9000'], 'a.example.com', 9_002);
    connect(['tcp://a.example.com'], 'A.example.com', 9_002);
    connect([], 'a.example.com');
    connect(undefined, 'a.example.com');

    expect(refusals).toEqual(Array.from({ length: 3 }, () => 'domain-not-allowed TCP-1'));
    expect(wx.log.filter((line) => line.startsWith('connect'))).toHaveLength(3);
    expect(() => createNetwork({ wx, domains: { tcp: ['https://a.example.com'] } })).toThrow('tcp takes tcp:// only');
  });

  it('[K9.10] refuse one message that makes no sense, and go on', () => {
    marbles((helpers) => {
      const { tcp$, wx } = realPhone(helpers);
      const refusals: unknown[] = [];
      const attempt = (act: () => void) => {
        try {
          act();
        } catch (error) {
          refusals.push((error as NetworkError).code);
        }
      };
      tcp$.subscribe(({ send }) => {
        attempt(() => send(new Uint8Array(3) as never));
        attempt(() => send({ text: 'hi' } as never));
        send('hi');
      });
      helpers.flush();

      expect(refusals).toEqual(['invalid-argument', 'invalid-argument']);
      expect(wx.log).toEqual(['connect 192.168.1.20:9000 @0', 'write hi @0']);
    })();
  });

  it.each([
    [{ message: new ArrayBuffer(64), offset: 10, length: 3 }, 'send 64 bytes from 10, 3 to 192.168.1.20:9000 @0'],
    [{ message: new ArrayBuffer(64), offset: 10 }, 'send 64 bytes from 10, all to 192.168.1.20:9000 @0'],
    [{ message: new ArrayBuffer(5_000), length: 4_095 }, 'send 5000 bytes from 0, 4095 to 192.168.1.20:9000 @0'],
    [{ message: new ArrayBuffer(64), offset: 60, length: 5 }, 'invalid-argument'],
    [{ message: new ArrayBuffer(64), offset: -1 }, 'invalid-argument'],
    [{ message: 'hello', offset: 1 }, 'invalid-argument'],
    [{ message: 'hi', broadcast: true }, 'invalid-argument'],
    [{ message: 'hi', setBroadcast: 1 }, 'invalid-argument'],
    [{ message: new Uint8Array(3) }, 'invalid-argument'],
    [{ data: 'hi' }, 'invalid-argument'],
    [{ message: new ArrayBuffer(5_000) }, 'too-large'],
    [{ message: new ArrayBuffer(8_000), offset: 10 }, 'too-large'],
  ])('[K9.10] look at each datagram: %j, %s', (datagram, expected) => {
    marbles((helpers) => {
      const { udp$, wx } = realPhone(helpers);
      let outcome: unknown;
      udp$.subscribe(({ send }) => {
        try {
          send({ ...server, ...datagram } as never);
          outcome = wx.log[wx.log.length - 1];
        } catch (error) {
          outcome = (error as NetworkError).code;
        }
      });

      expect(outcome).toBe(expected);
    })();
  });

  it('[K9.10] reach write and connect of UDP, and bindWifi of TCP', () => {
    marbles((helpers) => {
      const { udp$, network, wx } = realPhone(helpers);
      udp$.subscribe(({ connect, write }) => {
        connect(server);
        write({ ...server, message: 'hi' });
        expect(() => connect({ address: 'localhost', port: 9 })).toThrow('LAN-1');
        expect(() => write({ ...server, message: new ArrayBuffer(5_000) })).toThrow('UDP-1');
      });
      createTcp(network)({ ...server, bssid: '00:11:22:33:44:55' }).subscribe(({ send }) => send('hi'));
      helpers.flush();

      expect(wx.log).toEqual([
        'bind 40000 @0',
        'connect 192.168.1.20:9000 @0',
        'write hi to 192.168.1.20:9000 @0',
        'bind 00:11:22:33:44:55 @0',
        'connect 192.168.1.20:9000 @0',
        'write hi @0',
      ]);
    })();
  });

  it(
    '[K5.2] tcp$ makes no app wait an hour for the next five minutes where the clock is put back',
    marbles((helpers) => {
      const scheduler = settableClock();
      const wx = scriptedWx(() => NEVER);
      const tcp$ = createTcp(createNetwork({ wx, scheduler }));
      const refusals: string[] = [];
      const connect = (times: number) => {
        for (let index = 0; index < times; index++) {
          tcp$(server)
            .subscribe({ error: (error: NetworkError) => refusals.push(error.message) })
            .unsubscribe();
        }
      };
      helpers.cold('- 999ms a 1s b 999ms c', { a: 20, b: 1, c: 1 }).subscribe(connect);
      helpers.cold('2500ms x').subscribe(() => scheduler.put(-3_600_000));
      helpers.flush();

      expect(refusals).toEqual([expect.stringContaining('the next in 299 s')]);
    }),
  );

  it(
    'tcp$ has a timer of its own behind the platform’s',
    marbles((helpers) => {
      const wx = scriptedWx(() => NEVER);
      const tcp$ = createTcp(createNetwork({ wx }));
      const codes: unknown[] = [];
      tcp$({ ...server, attemptMs: 500 }).subscribe({ error: (error: NetworkError) => codes.push(error.code) });
      tcp$(server).subscribe({ error: (error: NetworkError) => codes.push(error.code) });
      helpers.flush();

      expect(codes).toEqual(['timeout', 'timeout']);
      expect(wx.log.slice(2)).toEqual(['close @1500', 'close @3000']);
    }),
  );

  function realPhone({ cold }: MarbleHelpers) {
    const wx = scriptedWx(() => NEVER, { tcp: () => cold('o', { o: { connect: {} } }) });
    const network = createNetwork({ wx });
    return { wx, network, tcp$: createTcp(network)(server), udp$: createUdp(network)() };
  }
});
