import { asyncScheduler, map, mergeMap, tap, type Observable } from 'rxjs';
import { createNetwork, NetworkError, type WxPort } from '../../src/index.js';
import {
  createTcp,
  localServices$,
  splitLines,
  tcp$,
  tcpSocket$,
  udp$,
  udpSocket$,
  type WxLocalServicePort,
} from '../../src/sockets.js';
import { type MarbleHelpers, marbles } from '../../src/testing/index.js';
import { withGlobalWx } from '../support/refused-call.js';
import { scriptedListeners } from '../support/scripted-listeners.js';
import { tcpPhone, udpPhone } from '../support/scripted-raw-sockets.js';
import { thrownBy } from '../../tests/support/thrown-by.js';

const text = (bytes: ArrayBuffer) => Buffer.from(bytes).toString();

describe('tcpSocket$', () => {
  const to = { address: '192.168.1.20', port: 9_000 };
  const letters = () => mergeMap(({ messages$ }: { messages$: Observable<ArrayBuffer> }) => messages$.pipe(map(text)));

  it(
    'connects with the subscription, completes with the peer, and closes when its consumer leaves',
    marbles((helpers) => {
      const closed = tcpPhone(helpers, '--o--a--x');
      const left = tcpPhone(helpers, '  --o--a------');
      const leaves = '                          ^-------!';

      helpers.expectObservable(tcpSocket$(to, closed).pipe(map(() => 'n'))).toBe('--n-----|');
      helpers.expectObservable(tcpSocket$(to, left).pipe(map(() => 'n')), leaves).toBe('--n------');
      helpers.flush();

      expect(closed.log).toEqual(['connect 192.168.1.20:9000 @0', 'close @8']);
      expect(left.log).toEqual(['connect 192.168.1.20:9000 @0', 'close @8']);
      expect([closed.listeners.count(), left.listeners.count()]).toEqual([0, 0]);
    }),
  );

  it(
    'brings messages, takes them, and counts the timeout in whole seconds',
    marbles((helpers) => {
      const phone = tcpPhone(helpers, '-o-a-b-x');
      const messages$ = tcpSocket$({ ...to, timeoutMs: 1_500, type: 'ipv6' }, phone).pipe(
        tap(({ send }) => send('hi')),
        letters(),
      );

      helpers.expectObservable(messages$).toBe('---a-b-|');
      helpers.flush();

      expect(phone.log.slice(0, 2)).toEqual(['connect 192.168.1.20:9000 ipv6 2 @0', 'write hi @1']);
    }),
  );

  it(
    'errors with what the phone says, by its code where its words are new',
    marbles((helpers) => {
      const cause = { errMsg: 'something new', errCode: -2, errNum: 111 };
      const error = new NetworkError(cause.errMsg, {
        code: 'connection',
        api: 'createTCPSocket',
        url: 'tcp://192.168.1.20:9000',
        phase: 'attempt',
        errMsg: cause.errMsg,
        cause,
      });

      helpers
        .expectObservable(tcpSocket$(to, tcpPhone(helpers, '-o-f')).pipe(letters()))
        .toBe('---#', undefined, error);
    }),
  );

  it(
    'does not pass off what came before a break as a whole line: the error comes first, then the messages end',
    marbles((helpers) => {
      const lines = () =>
        mergeMap(({ messages$ }: { messages$: Observable<ArrayBuffer> }) => messages$.pipe(splitLines()));
      const error = expect.objectContaining({ code: 'connection' }) as unknown;
      const broken: unknown[] = [];
      const ended: unknown[] = [];
      tcpSocket$(to, tcpPhone(helpers, '-o-a-f'))
        .pipe(
          tap(({ messages$ }) => messages$.subscribe({ complete: () => ended.push(asyncScheduler.now()) })),
          lines(),
        )
        .subscribe({ next: (line) => broken.push(line), error: (thrown) => broken.push(thrown) });
      helpers.flush();

      expect(broken).toEqual([error]);
      expect(ended).toEqual([5]);
    }),
  );

  it(
    'refuses to send on a socket that has ended',
    marbles((helpers) => {
      const phone = tcpPhone(helpers, 'o-x');
      let late: ((data: string) => void) | undefined;
      tcpSocket$(to, phone).subscribe(({ send }) => (late = send));
      helpers.flush();

      expect(thrownBy(() => late?.('late'))).toEqual(
        new NetworkError('the socket is not open; not sent', {
          code: 'connection',
          phase: 'check',
          api: 'createTCPSocket',
          url: 'tcp://192.168.1.20:9000',
        }),
      );
    }),
  );

  it(
    '[TCP-1] says which base library has it, where it is missing',
    marbles(({ expectObservable }) => {
      expectObservable(tcpSocket$(to, { wx: {} as never })).toBe(
        '#',
        undefined,
        new NetworkError('there is no wx.createTCPSocket here; it came with base library 2.18.0', {
          code: 'invalid-argument',
          rule: 'TCP-1',
          phase: 'check',
          api: 'createTCPSocket',
          url: 'tcp://192.168.1.20:9000',
        }),
      );
    }),
  );

  it.each([
    [{ port: 0 }, 'a port is a whole number from 1 to 65535; got 0'],
    [{ address: '' }, "address must be a name or an IP address; got ''"],
  ])('refuses what is no address, whatever the rules: %j', (wrong, what) => {
    marbles((helpers) => {
      const { wx, log } = tcpPhone(helpers, '');
      const port = Object.assign(wx, { request: () => ({ abort: () => undefined }) }) satisfies WxPort;
      const tcp$ = createTcp(createNetwork({ wx: port, onRefusal: 'warn' }));
      const { address, port: at } = { ...to, ...wrong };
      const error = new NetworkError(what, {
        code: 'invalid-argument',
        phase: 'check',
        api: 'createTCPSocket',
        url: `tcp://${address}:${at}`,
      });

      helpers.expectObservable(tcp$({ address, port: at })).toBe('#', undefined, error);
      helpers.flush();

      expect(log).toEqual([]);
    })();
  });

  it(
    '[TCP-1] makes twenty in five minutes, and says when the next may be made',
    marbles((helpers) => {
      const { wx, log } = tcpPhone(helpers, '');
      const port = Object.assign(wx, { request: () => ({ abort: () => undefined }) }) satisfies WxPort;
      const tcp$ = createTcp(createNetwork({ wx: port }));
      for (let count = 0; count < 20; count++) helpers.expectObservable(tcp$(to), '^!').toBe('-');
      const error = new NetworkError('the platform makes 20 TCP sockets in five minutes; the next in 290 s', {
        code: 'too-many-tasks',
        rule: 'TCP-1',
        phase: 'check',
        api: 'createTCPSocket',
        url: 'tcp://192.168.1.20:9000',
      });

      helpers.expectObservable(tcp$(to), '10s ^').toBe('10s #', undefined, error);
      helpers.expectObservable(tcp$(to), '300s ^!').toBe('');
      helpers.flush();

      expect(log.filter((line) => line.startsWith('connect'))).toHaveLength(21);
    }),
  );
});

describe('udpSocket$', () => {
  it(
    'binds with the subscription, brings datagrams with their senders, and closes when its consumer leaves',
    marbles((helpers) => {
      const phone = udpPhone(helpers, '--1--2--x');
      const left = udpPhone(helpers, '  --1--2----');
      const leaves = '                          ^---!';
      const senders = () =>
        mergeMap(({ messages$ }: { messages$: Observable<{ remoteInfo: { address: string } }> }) =>
          messages$.pipe(map(({ remoteInfo }) => remoteInfo.address.slice(-1))),
        );

      helpers.expectObservable(udpSocket$({}, phone).pipe(senders())).toBe('--1--2--|');
      helpers
        .expectObservable(udpSocket$({ port: 5_353, type: 'udp4', ttl: 3 }, left).pipe(senders()), leaves)
        .toBe('--1--');
      helpers.flush();

      expect(phone.log).toEqual(['bind 40000 @0', 'close @8']);
      expect(left.log).toEqual(['bind 5353 udp4 @0', 'ttl 3 @0', 'close @4']);
      expect([phone.listeners.count(), left.listeners.count()]).toEqual([0, 0]);
    }),
  );

  it(
    'sends to whom it is told, and errors with what the phone says',
    marbles((helpers) => {
      const phone = udpPhone(helpers, '---f');
      const cause = { errMsg: 'something new', errCode: 1 };
      const socket$ = udpSocket$({}, phone).pipe(
        tap(({ send }) => send({ address: '255.255.255.255', port: 9, message: 'who?', setBroadcast: true })),
        map(({ port }) => port),
      );

      helpers.expectObservable(socket$).toBe(
        'p--#',
        { p: 40_000 },
        new NetworkError(cause.errMsg, {
          code: 'invalid-argument',
          api: 'createUDPSocket',
          url: 'udp://*',
          phase: 'attempt',
          errMsg: cause.errMsg,
          cause,
        }),
      );
      helpers.flush();

      expect(phone.log[1]).toBe('send who? to 255.255.255.255:9 broadcast @0');
    }),
  );
});

describe('localServices$', () => {
  const service = { serviceType: '_http._tcp', serviceName: 'printer', ip: '192.168.1.9', port: 80 };

  function searchingPhone({ cold }: MarbleHelpers, lane: string) {
    const log: string[] = [];
    const listeners = scriptedListeners(
      'LocalServiceFound',
      'LocalServiceLost',
      'LocalServiceResolveFail',
      'LocalServiceDiscoveryStop',
    );
    const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);
    const { serviceType, serviceName } = service;
    const wx = Object.assign(listeners.methods as object as WxLocalServicePort, {
      startLocalServiceDiscovery(option: {
        serviceType: string;
        success?: () => void;
        fail?: (failure: { errMsg: string }) => void;
      }) {
        note(`start ${option.serviceType}`);
        cold(lane).subscribe((mark) => {
          if (mark === 'o') option.success?.();
          else if (mark === 'f') listeners.tell('LocalServiceFound', service);
          else if (mark === 'l') listeners.tell('LocalServiceLost', { serviceType, serviceName });
          else if (mark === 'r') listeners.tell('LocalServiceResolveFail', { serviceType, serviceName });
          else if (mark === 's') listeners.tell('LocalServiceDiscoveryStop');
          else option.fail?.({ errMsg: 'startLocalServiceDiscovery:fail scan task already exist' });
        });
      },
      stopLocalServiceDiscovery: () => note('stop'),
    });
    return { wx, log, listeners };
  }

  it(
    'tells of services until the search stops, and stops it when its consumer leaves',
    marbles((helpers) => {
      const stopped = searchingPhone(helpers, 'o-f-r-l-s');
      const left = searchingPhone(helpers, '   o-f------');
      const letter = map(({ type }: { type: string }) => type.charAt(0));

      helpers.expectObservable(localServices$('_http._tcp', stopped).pipe(letter)).toBe('--f-r-l-|');
      helpers.expectObservable(localServices$('_http._tcp', left).pipe(letter), '^---!').toBe('--f--');
      helpers.flush();

      expect(stopped.log).toEqual(['start _http._tcp @0']);
      expect(left.log).toEqual(['start _http._tcp @0', 'stop @4']);
      expect([stopped.listeners.count(), left.listeners.count()]).toEqual([0, 0]);
    }),
  );

  it(
    'errors when the search does not begin, and does not stop that of somebody else',
    marbles((helpers) => {
      const phone = searchingPhone(helpers, '-x');
      const errMsg = 'startLocalServiceDiscovery:fail scan task already exist';

      helpers.expectObservable(localServices$('_http._tcp', phone)).toBe(
        '-#',
        undefined,
        new NetworkError(errMsg, {
          code: 'unknown',
          api: 'startLocalServiceDiscovery',
          url: '_http._tcp',
          phase: 'attempt',
          errMsg,
          cause: { errMsg },
        }),
      );
      helpers.flush();

      expect(phone.log).toEqual(['start _http._tcp @0']);
    }),
  );

  it(
    'stops, once left before the platform has answered, its own search only',
    marbles((helpers) => {
      const began = searchingPhone(helpers, '   ---o');
      const refused = searchingPhone(helpers, ' ---x');
      const early = '                           ^-!';

      helpers.expectObservable(localServices$('_http._tcp', began), early).toBe('---');
      helpers.expectObservable(localServices$('_http._tcp', refused), early).toBe('---');
      helpers.flush();

      expect(began.log).toEqual(['start _http._tcp @0', 'stop @3']);
      expect(refused.log).toEqual(['start _http._tcp @0']);
    }),
  );
});

describe('tcp$ and udp$', () => {
  it('run over the global wx', () => {
    withGlobalWx((wx) => {
      const made: string[] = [];
      const listeners = scriptedListeners('Connect', 'Message', 'Error', 'Close').methods;
      const make = (name: string) => () => {
        made.push(name);
        return { ...(listeners as object), connect: () => undefined, bind: () => 1, close: () => undefined };
      };
      Object.assign(wx, { createTCPSocket: make('tcp'), createUDPSocket: make('udp') });
      expect(made).toEqual([]);

      tcp$({ address: '192.168.1.20', port: 9_000 }).subscribe().unsubscribe();
      udp$().subscribe().unsubscribe();

      expect(made).toEqual(['tcp', 'udp']);
    });
  });
});
