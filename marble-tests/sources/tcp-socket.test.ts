import { asyncScheduler, map, mergeMap, NEVER, tap, type Observable } from 'rxjs';
import { createNetwork, NetworkError } from '../../src/index.js';
import { createTcp, splitLines, tcpSocket$ } from '../../src/sockets.js';
import { marbles, scriptedWx, type MarbleHelpers, type TcpWireMark } from '../../src/testing/index.js';

const text = (bytes: ArrayBuffer) => Buffer.from(bytes).toString();
const message = (words: string) => ({ message: { message: Uint8Array.from(Buffer.from(words)).buffer } });

/** A phone whose TCP sockets are a lane: `o` connected, `a` and `b` messages, `x` closed, `f` failed. */
function tcpPhone({ cold }: MarbleHelpers, lane: string) {
  const marks: { readonly [letter: string]: TcpWireMark } = {
    o: { connect: {} },
    a: message('a'),
    b: message('b'),
    x: { close: {} },
    f: { error: { errMsg: 'something new', errCode: -2, errNum: 111 } },
  };
  const wx = scriptedWx(() => NEVER, { tcp: () => cold(lane, marks) });
  return { wx, log: wx.log };
}

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
      expect([closed.wx.listeners.size, left.wx.listeners.size]).toEqual([0, 0]);
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
      const error = new NetworkError(`${cause.errMsg}; try again, if that is safe, and check the server`, {
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
      const sending$ = helpers.hot('---x').pipe(map(() => late?.('late')));

      helpers.expectObservable(sending$).toBe(
        '---#',
        undefined,
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
      const tcp$ = createTcp(createNetwork({ wx, onRefusal: 'warn' }));
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
      const tcp$ = createTcp(createNetwork({ wx }));
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
