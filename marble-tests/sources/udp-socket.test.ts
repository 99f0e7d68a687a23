import { map, mergeMap, NEVER, tap, type Observable } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { udpSocket$, type WxUdpPort } from '../../src/sockets.js';
import { marbles, scriptedWx, type MarbleHelpers, type UdpWireMark } from '../../src/testing/index.js';

const from = (letter: string): UdpWireMark => ({
  message: { message: new ArrayBuffer(1), remoteInfo: { address: `10.0.0.${letter}`, port: 1 } },
});

/** A phone whose UDP sockets are a lane: `1` and `2` are datagrams from 10.0.0.1 and 2, `x` closed, `f` failed. */
function udpPhone({ cold }: MarbleHelpers, lane: string) {
  const marks: { readonly [letter: string]: UdpWireMark } = {
    1: from('1'),
    2: from('2'),
    x: { close: {} },
    f: { error: { errMsg: 'something new', errCode: 1 } },
  };
  const wx = scriptedWx(() => NEVER, { udp: () => cold(lane, marks) });
  return { wx, log: wx.log };
}

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
      expect([phone.wx.listeners.size, left.wx.listeners.size]).toEqual([0, 0]);
    }),
  );

  it.each([
    [{ ttl: -1 }, 'ttl must be a whole number from 0 to 255; got -1'],
    [{ ttl: 256 }, 'ttl must be a whole number from 0 to 255; got 256'],
    [{ ttl: NaN }, 'ttl must be a whole number from 0 to 255; got NaN'],
    [{ port: 65_536 }, 'port must be a whole number from 0 to 65535; got 65536'],
    [{ port: 1.5 }, 'port must be a whole number from 0 to 65535; got 1.5'],
  ])('[K9.10] refuses what no socket can be bound with: %j', (options, what) => {
    marbles((helpers) => {
      const phone = udpPhone(helpers, '');
      expect(() => udpSocket$(options, phone)).toThrow(
        new NetworkError(what, { code: 'invalid-argument', phase: 'check', api: 'createUDPSocket' }),
      );
      expect(phone.log).toEqual([]);
    })();
  });

  it(
    '[K9.10] says so where the phone has no setTTL, and where it throws on a datagram',
    marbles((helpers) => {
      const { wx } = udpPhone(helpers, '');
      const old: WxUdpPort = {
        createUDPSocket: () =>
          Object.assign(wx.createUDPSocket(), {
            setTTL: undefined,
            send: () => {
              throw new Error('native');
            },
          }),
      };
      const whats: string[] = [];
      udpSocket$({ ttl: 3 }, { wx: old }).subscribe({ error: ({ what }: NetworkError) => whats.push(what) });
      const bound = udpSocket$({}, { wx: old }).subscribe(({ send }) => {
        try {
          send({ address: '10.0.0.1', port: 9, message: '' });
        } catch (error) {
          whats.push((error as NetworkError).what);
        }
      });

      expect(whats).toEqual(['there is no UDPSocket.setTTL here; it came with base library 2.18.0', 'send threw']);
      expect(bound.closed).toBe(false);
      bound.unsubscribe();
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
        new NetworkError(`${cause.errMsg}; correct what it names`, {
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
