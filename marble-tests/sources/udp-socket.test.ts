import { asyncScheduler, map, mergeMap, tap, type Observable } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { udpSocket$, type WxUdpPort } from '../../src/sockets.js';
import { type MarbleHelpers, marbles } from '../../src/testing/index.js';
import { scriptedListeners } from './scripted-listeners.js';

const bytes = (words: string) => Uint8Array.from(Buffer.from(words)).buffer;

describe('udpSocket$', () => {
  function udpPhone({ cold }: MarbleHelpers, lane: string) {
    const log: string[] = [];
    const listeners = scriptedListeners('Message', 'Error', 'Close');
    const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);
    const wx: WxUdpPort = {
      createUDPSocket: (type) => ({
        ...(listeners.methods as object as ReturnType<WxUdpPort['createUDPSocket']>),
        bind(port = 40_000) {
          note(`bind ${port} ${type ?? ''}`.trim());
          cold(lane).subscribe((mark) => {
            if (mark === 'x') listeners.tell('Close');
            else if (mark === 'f') listeners.tell('Error', { errMsg: 'something new', errCode: 1 });
            else
              listeners.tell('Message', { message: bytes(mark), remoteInfo: { address: `10.0.0.${mark}`, port: 1 } });
          });
          return port;
        },
        send: ({ address, port, message, setBroadcast }) =>
          note(`send ${message as string} to ${address}:${port}${setBroadcast ? ' broadcast' : ''}`),
        setTTL: (ttl) => note(`ttl ${ttl}`),
        close: () => note('close'),
      }),
    };
    return { wx, log, listeners };
  }

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
