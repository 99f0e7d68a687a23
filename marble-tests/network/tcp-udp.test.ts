import { asapScheduler, asyncScheduler, map, NEVER } from 'rxjs';
import { createNetwork, NetworkError, type NetworkOptions } from '../../src/index.js';
import { createTcp, createUdp, tcp$, udp$ } from '../../src/sockets.js';
import { installGlobalWx, type MarbleHelpers, marbles, scriptedWx } from '../../src/testing/index.js';

/** The members of a socket that can be listened to, and says nothing. */
function deafTo(...events: readonly string[]) {
  const members = events.flatMap((event) => [`on${event}`, `off${event}`]);
  return Object.fromEntries([...members, 'close'].map((member) => [member, () => undefined]));
}

describe('tcp$ and udp$', () => {
  const server = { address: '192.168.1.20', port: 9_000 };

  // The sockets of a phone that is hidden at 2 and shown at 6: they connect at once, and hear nothing.
  function hiddenPhone({ app }: MarbleHelpers, options: NetworkOptions = {}) {
    const made: string[] = [];
    const note = (what: string) => made.push(`${what} @${asyncScheduler.now()}`);
    const deaf = deafTo('Connect', 'Message', 'Error', 'Close');
    const wx = Object.assign(
      scriptedWx(() => NEVER, { app$: app('--h---s') }),
      {
        createTCPSocket: () => ({
          ...deaf,
          onConnect: (listener: () => void) => asapScheduler.schedule(listener),
          connect: ({ port, timeout = 0 }: { readonly port: number; readonly timeout?: number }) =>
            note(`connect ${port} ${timeout}`),
        }),
        createUDPSocket: () => ({ ...deaf, bind: () => note('bind') }),
      },
    );
    const network = createNetwork({ wx, ...options });
    const letter = map(() => 'n');
    return {
      made,
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
      const { tcp$, udp$, made } = hiddenPhone(helpers);
      const options = { background: 'refuse' };
      const called = '          ----^--!';
      const expected = '        ----#';
      const tcpError = inBackground('createTCPSocket', 'tcp://192.168.1.20:9000');
      const udpError = inBackground('createUDPSocket', 'udp://*');

      helpers.expectObservable(tcp$(options), called).toBe(expected, undefined, tcpError);
      helpers.expectObservable(udp$(options), called).toBe(expected, undefined, udpError);
      helpers.flush();

      expect(made).toEqual([]);
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

      expect(refusing.made).toEqual([]);
    }),
  );

  it(
    'take the time to connect as attemptMs, and refuse what they do not know',
    marbles((helpers) => {
      const { tcp$, udp$, made } = hiddenPhone(helpers);
      const refused = (api: string, what: string, more: object = {}) =>
        new NetworkError(what, { code: 'invalid-argument', phase: 'check', api, ...more });
      const udpRefused = (what: string) => refused('createUDPSocket', what, { url: 'udp://*' });

      helpers.expectObservable(tcp$({ attemptMs: 2_500 }), '^!').toBe('n');
      helpers
        .expectObservable(tcp$({ timeoutMs: 2_500 }))
        .toBe('#', undefined, refused('createTCPSocket', "there is no option 'timeoutMs'; write attemptMs"));
      helpers.expectObservable(udp$({ ttl: '1' })).toBe('#', undefined, udpRefused("ttl must be a number; got '1'"));
      helpers
        .expectObservable(udp$({ timeout: 1 }))
        .toBe('#', undefined, udpRefused("there is no option 'timeout'; there are port, type, ttl, background"));
      helpers.flush();

      expect(made[0]).toBe('connect 9000 3 @0');
    }),
  );

  it('run over the global wx', () => {
    const made: string[] = [];
    const deaf = deafTo('Connect', 'Message', 'Error', 'Close');
    const make = (name: string) => () => {
      made.push(name);
      return { ...deaf, connect: () => undefined, bind: () => 1 };
    };
    const request = () => ({ abort: () => undefined });
    const remove = installGlobalWx({ request, createTCPSocket: make('tcp'), createUDPSocket: make('udp') });
    expect(made).toEqual([]);

    tcp$({ address: '192.168.1.20', port: 9_000 }).subscribe().unsubscribe();
    udp$().subscribe().unsubscribe();

    expect(made).toEqual(['tcp', 'udp']);
    remove();
  });
});
