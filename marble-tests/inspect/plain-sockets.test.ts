import { NEVER, takeUntil, timer, type Observable } from 'rxjs';
import { createNetwork } from '../../src/index.js';
import { networkEvents$, recordOf, type InspectEvent, type SocketRecord } from '../../src/inspect.js';
import { createSocket, createTcp, createUdp } from '../../src/sockets.js';
import { marbles, scriptedWx, type MarbleHelpers, type ScriptedWxOptions } from '../../src/testing/index.js';
import { createWebSocket } from '../../src/websocket.js';

const OFFLINE = {
  getNetworkType: ({ success }: { success(result: object): void }) => success({ networkType: 'none' }),
  onNetworkStatusChange: () => undefined,
};
const server = { address: '192.168.1.20', port: 9_000 };
const url = 'wss://chat.example.com/stomp?token=hunter2';
const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;

function watched(
  { app }: MarbleHelpers,
  lane: string,
  options: ScriptedWxOptions,
  domains?: object,
  phone: object = {},
) {
  const wx = Object.assign(
    scriptedWx(() => NEVER, { app$: app(lane), ...options }),
    phone,
  );
  const network = createNetwork({ wx, onWarning: () => undefined, ...(domains && { domains }) });
  const events: InspectEvent[] = [];
  networkEvents$(network).subscribe((event) => 'socket' in event && events.push(event));
  return { network, events };
}

/** When, what, its numbers and its meaning. */
const told = (events: readonly InspectEvent[]) =>
  events.map((event) => {
    const { direction, bytes, meaning, error } = event as unknown as Partial<Record<string, never>>;
    const more = [direction, bytes, meaning, (error as { code?: string } | undefined)?.code];
    return [event.atMs, event.type.replace('socket-', ''), ...more.filter((value) => value !== undefined)].join(' ');
  });

const endsAt = <T>(socket$: Observable<T>, frame: number) => socket$.pipe(takeUntil(timer(frame)));

describe('what is told of a TCP socket', () => {
  it(
    'is that it waits for the foreground, connects, is open, what went each way, and that it was left',
    marbles((helpers) => {
      const tcp = () => helpers.cold('-o-a', { o: { connect: {} }, a: { message: { message: letters('pong') } } });
      const { network, events } = watched(helpers, 'h-s', { tcp });
      endsAt(createTcp(network)(server), 9).subscribe(({ send }) => send('ping!'));
      helpers.flush();

      expect(told(events)).toEqual([
        '0 waiting',
        '2 connecting',
        '3 open',
        '3 message out 5',
        '5 message in 4',
        '9 closed clean',
      ]);
      expect(events[0]).toMatchObject({ url: 'tcp://192.168.1.20:9000', running: 0, waiting: 0 });
      const record = recordOf(events) as SocketRecord;
      expect(record).toMatchObject({ state: 'closed', generation: 1, incoming: { bytes: 4 }, outgoing: { bytes: 5 } });
    }),
  );

  it(
    'is why it was refused, and why it broke',
    marbles((helpers) => {
      const tcp = () => helpers.cold('-o-e', { o: { connect: {} }, e: { error: { errMsg: 'reset' } } });
      const { network, events } = watched(helpers, '', { tcp }, { tcp: ['tcp://a.example.com'] });
      const tcp$ = createTcp(network);
      tcp$({ address: 'b.example.com', port: 9_000 }).subscribe({ error: () => undefined });
      tcp$(server).subscribe({ error: () => undefined });
      helpers.flush();

      expect(told(events)).toEqual([
        '0 waiting',
        '0 closed failed domain-not-allowed',
        '0 waiting',
        '0 connecting',
        '1 open',
        expect.stringMatching(/^3 closed failed /) as string,
      ]);
      expect(events[1]).toMatchObject({ socket: 1, error: { rule: 'TCP-1' } });
    }),
  );
});

describe('what is told of a UDP socket', () => {
  it(
    'is that it is bound, and the datagrams each way',
    marbles((helpers) => {
      const udp = () => helpers.cold('--a--x', { a: { message: { message: letters('here') } }, x: { close: {} } });
      const { network, events } = watched(helpers, '', { udp } as ScriptedWxOptions);
      createUdp(network)({ port: 5353 }).subscribe(({ send, write }) => {
        send({ ...server, message: 'who?' });
        write({ ...server, message: new ArrayBuffer(8), offset: 2 });
      });
      helpers.flush();

      expect(told(events)).toEqual([
        '0 waiting',
        '0 connecting',
        '0 open',
        '0 message out 4',
        '0 message out 6',
        '2 message in 4',
        '5 closed clean',
      ]);
      expect(events[0]).toMatchObject({ url: 'udp://*:5353' });
    }),
  );
});

describe('what is told of the class WebSocket', () => {
  const sockets = (helpers: MarbleHelpers, lane: string) => () =>
    helpers.cold(lane, {
      o: { open: { header: {} } },
      a: { message: { data: '"你好"' } },
      x: { close: { code: 1006, reason: '' } },
      z: { close: { code: 1000, reason: '' } },
      r: { close: { code: 4001, reason: 'kicked' } },
    });

  it(
    'is that it waits, connects, is open, what went each way, and the end',
    marbles((helpers) => {
      const { network, events } = watched(helpers, '', { sockets: sockets(helpers, '--o--a--z') });
      const socket = new (createWebSocket(network))(url);
      socket.onopen = () => socket.send('hi');
      helpers.flush();

      expect(told(events)).toEqual([
        '0 waiting',
        '0 connecting',
        '2 open',
        '2 message out 2',
        '5 message in 8',
        '8 closed clean',
      ]);
      expect(JSON.stringify(events)).not.toContain('hunter2');
    }),
  );

  it.each([
    ['-o-x', '3 closed failed connection'],
    ['-o-r', '3 closed refused connection'],
    ['---o-', '2 closed clean'],
  ])('is what the end of %s means', (lane, last) => {
    marbles((helpers) => {
      const { network, events } = watched(helpers, '', { sockets: sockets(helpers, lane) });
      const socket = new (createWebSocket(network))(url);
      timer(2).subscribe(() => lane === '---o-' && socket.close());
      helpers.flush();

      expect(told(events).pop()).toBe(last);
    })();
  });

  it(
    'is its end, once, also where who is told closes it',
    marbles((helpers) => {
      const { network, events } = watched(helpers, '', { sockets: sockets(helpers, '-#') });
      const socket = new (createWebSocket(network))(url);
      networkEvents$(network).subscribe(({ type }) => type === 'socket-closed' && socket.close());
      helpers.flush();

      expect(told(events).filter((line) => line.includes('closed'))).toHaveLength(1);
    }),
  );

  it(
    'is that it waits for one of the five places',
    marbles((helpers) => {
      const { network, events } = watched(helpers, '', { sockets: sockets(helpers, '-o') });
      const WebSocket = createWebSocket(network);
      for (let socket = 0; socket < 6; socket++) new WebSocket(`wss://chat.example.com/${socket}`);
      helpers.flush();

      const sixth = events.filter((event) => 'socket' in event && event.socket === 6);
      expect(sixth).toMatchObject([{ type: 'socket-waiting', running: 5 }]);
    }),
  );
});

describe('what is told of a socket$', () => {
  it(
    'is why it was refused, where that is before it could wait',
    marbles((helpers) => {
      const { network, events } = watched(helpers, '', {}, { socket: ['wss://chat.example.com'] });
      createSocket(network)({ url: 'wss://other.example.com', reconnect: false }).messages$.subscribe({
        error: () => undefined,
      });
      helpers.flush();

      expect(events).toMatchObject([
        { type: 'socket-connecting', url: 'wss://other.example.com' },
        { type: 'socket-closed', meaning: 'failed', error: { code: 'domain-not-allowed' } },
      ]);
    }),
  );

  it(
    'is that it is down, where it begins without a network',
    marbles((helpers) => {
      const { network, events } = watched(helpers, '', {}, undefined, OFFLINE);
      endsAt(createSocket(network)({ url: 'wss://chat.example.com' }).messages$, 5).subscribe();
      helpers.flush();

      expect(told(events)).toEqual(['0 waiting', '0 down offline', '0 retry', '5 closed clean']);
    }),
  );
});
