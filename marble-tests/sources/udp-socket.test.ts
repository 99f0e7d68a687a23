import { map, mergeMap, NEVER, tap, type Observable } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { udpSocket$ } from '../../src/sockets.js';
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
