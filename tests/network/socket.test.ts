import { filter, firstValueFrom, map, mergeMap, ReplaySubject, Subscription, take, toArray } from 'rxjs';
import type { RawData } from 'ws';
import { createNetwork, isNetworkError, type NetworkError } from '../../src/index.js';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { connectSocket$, createSocket, type SocketOptions, type SocketStatus } from '../../src/sockets.js';
import { fastClock } from '../support/fast-clock.js';
import { startSocketServer, type SocketServer, type SocketServerOptions } from '../support/socket-server.js';

const url = 'wss://chat.example.com/room';
const quick = { initialMs: 20, maxMs: 40 };

const phones: Simulator[] = [];
const servers: SocketServer[] = [];
const listeners = new Subscription();
afterAll(async () => {
  listeners.unsubscribe();
  await Promise.all([...phones.map((phone) => phone.close()), ...servers.map((server) => server.stop())]);
});

async function server(options?: SocketServerOptions): Promise<SocketServer> {
  const started = await startSocketServer(options);
  servers.push(started);
  return started;
}

/** An app on a phone of its own. */
function app(to: Pick<SocketServer, 'lookup'> & Partial<Pick<SocketServer, 'ca'>>, options: SimulatorOptions = {}) {
  const domains = { socket: ['wss://chat.example.com'] };
  const phone = createSimulator({ domains, ca: to.ca, lookup: to.lookup, ...options });
  phones.push(phone);
  const network = createNetwork({ wx: phone.wx, domains, scheduler: options.scheduler });
  return { phone, socket$: createSocket(network) };
}

/** A socket that somebody listens to. */
function listened(socket$: ReturnType<typeof createSocket>, options: Partial<SocketOptions> = {}) {
  const socket = socket$({ url, serializer: 'none', reconnect: quick, ...options });
  const messages$ = new ReplaySubject<unknown>(Infinity);
  const listener = socket.messages$.subscribe(messages$);
  listeners.add(listener);
  const reaches = (state: SocketStatus['state'], generation = 0) =>
    firstValueFrom(socket.status$.pipe(filter((status) => status.state === state && status.generation >= generation)));
  return { socket, messages$, reaches, listener };
}

const text = (data: RawData) => (data as Buffer).toString();

const error$ = (socket$: ReturnType<typeof createSocket>, options: Partial<SocketOptions> = {}) =>
  new Promise<NetworkError>((resolve) => {
    socket$({ url, reconnect: false, ...options }).messages$.subscribe({ error: resolve });
  });

describe('socket$, on real sockets', () => {
  it('hears its own echo: text, bytes, and a frame of 1 MB', async () => {
    const echo = await server();
    const { socket, messages$, listener } = listened(app(echo).socket$);
    const large = 'é'.repeat(524_288);
    const bytes = Uint8Array.from({ length: 1_048_576 }, (_, index) => index % 251).buffer;

    const sent = ['你好', large, bytes].map((message) => firstValueFrom(socket.send(message)));
    const heard = await firstValueFrom(messages$.pipe(take(3), toArray()));
    await Promise.all(sent);

    expect(heard[0]).toBe('你好');
    expect(heard[1] === large).toBe(true);
    expect(Buffer.from(heard[2] as ArrayBuffer).equals(Buffer.from(bytes))).toBe(true);
    listener.unsubscribe();
    expect(echo.maxOpen()).toBe(1);
  });

  it('goes on after the server was restarted, in order and without a lost or doubled message', async () => {
    const first = await server();
    const lines: { port: number } = { port: first.port };
    const { socket$ } = app(
      { ca: first.ca, lookup: () => ({ address: '127.0.0.1', port: lines.port }) },
      { urlCheck: false },
    );
    const { socket, messages$, reaches } = listened(socket$);

    await firstValueFrom(socket.send('1'));
    await firstValueFrom(messages$);
    await first.stop();
    await reaches('down');
    void socket.send('2');
    void socket.send('3');
    const second = await server();
    lines.port = second.port;
    await reaches('open', 2);
    void socket.send('4');

    expect(await firstValueFrom(messages$.pipe(take(4), toArray()))).toEqual(['1', '2', '3', '4']);
  });

  it('finds out by its heartbeat that a server hears and says nothing any more', async () => {
    let connections = 0;
    const halfOpen = await server({
      onConnection(socket) {
        // The first never answers.
        if (++connections > 1) socket.on('message', (data) => socket.send(`re: ${text(data)}`));
      },
    });
    const { messages$, reaches } = listened(app(halfOpen).socket$, {
      heartbeat: { intervalMs: 60, deadlineMs: 50, request: () => 'ping' },
    });

    const { error } = await reaches('down');
    expect(isNetworkError(error, 'timeout')).toBe(true);
    expect(await firstValueFrom(messages$)).toBe('re: ping');
    expect(connections).toBe(2);
  });

  it('names what went wrong: trust, a refused port, another status than 101, a server that closes with 4001', async () => {
    const [untrusted, teapot, bouncer] = await Promise.all([
      server(),
      server({ refuse: () => 403 }),
      server({ onConnection: (socket) => socket.close(4001, 'kicked') }),
    ]);
    const stopped = await startSocketServer();
    await stopped.stop();

    expect((await error$(app({ lookup: untrusted.lookup }).socket$)).code).toBe('tls');
    // The phone says "Underlying Transport Error", as it does without a network; but there is one.
    expect((await error$(app(stopped).socket$)).code).toBe('connection');
    expect((await error$(app(teapot).socket$)).code).toBe('connection');
    const kicked = await error$(app(bouncer).socket$, { reconnect: quick });
    expect([kicked.code, kicked.cause]).toEqual(['connection', { code: 4001, reason: 'kicked' }]);
  });

  it('[LIM-3] lets the sixth wait until one of five has closed', async () => {
    const echo = await server();
    const { socket$, phone } = app(echo);
    const refused: unknown[] = [];
    phone.events$.subscribe((event) => event.type === 'refused' && refused.push(event));
    const five = [1, 2, 3, 4, 5].map(() => listened(socket$));
    const sixth = listened(socket$);

    await Promise.all(five.map(({ reaches }) => reaches('open')));
    await sixth.reaches('waiting');
    five[0]!.listener.unsubscribe();
    await sixth.reaches('open');

    expect(echo.maxOpen()).toBe(5);
    expect(refused).toEqual([]);
  });

  it('closes with the code of the caller', async () => {
    const codes: unknown[] = [];
    const seen = new ReplaySubject<void>(1);
    const counting = await server({
      onConnection: (socket) =>
        socket.on('close', (code, reason) => {
          codes.push([code, String(reason)]);
          seen.next();
        }),
    });
    const { socket, reaches } = listened(app(counting).socket$);
    await reaches('open');

    socket.close(4000, 'logout');
    await firstValueFrom(seen);

    expect(codes).toEqual([[4000, 'logout']]);
  });

  it.each([1000, 0, 1006, 'silent', 'global-only'] as const)(
    '[BG-1] goes on after the background, where the phone tells of the cut with %s',
    async (interruptedSocket) => {
      // A server that numbers what it says, and can be asked to go on from a number.
      const numbered = await server({
        onConnection: (socket) =>
          socket.on('message', (data) => {
            const from = Number(text(data));
            for (let number = from; number < from + 3; number++) socket.send(String(number));
          }),
      });
      const { socket$, phone } = app(numbered, { interruptedSocket, freeze: false, scheduler: fastClock(50) });
      const { messages$, reaches } = listened(socket$, {
        onOpen: ({ send, lastMessage }) => send(String(Number(lastMessage ?? 0) + 1)),
      });
      await firstValueFrom(messages$.pipe(take(3), toArray()));

      phone.enterBackground();
      await new Promise((resolve) => setTimeout(resolve, 5_500 / 50));
      phone.enterForeground();
      await reaches('open', 2);

      expect(await firstValueFrom(messages$.pipe(take(6), map(Number), toArray()))).toEqual([1, 2, 3, 4, 5, 6]);
      expect(numbered.handshakes).toHaveLength(2);
    },
  );
});

describe('connectSocket$, on real sockets', () => {
  it('opens, hears and closes', async () => {
    const echo = await server();
    const { phone } = app(echo);
    const heard$ = connectSocket$({ url }, { wx: phone.wx }).pipe(
      mergeMap((event) => {
        if (event.type === 'closed') return [`${event.code} ${event.reason}`];
        void event.send('hi');
        return event.messages$.pipe(
          map((message) => {
            event.close(3000, 'enough');
            return message;
          }),
        );
      }),
      toArray(),
    );

    expect(await firstValueFrom(heard$)).toEqual(['hi', '3000 enough']);
  });
});
