import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { makeServer } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { startSocketServer, type SocketServer } from '../support/socket-server.js';
import { runBareApp, type BareApp } from './bare-app.js';

const text = (data: RawData) => (data as Buffer).toString();

describe('rx-miniprogram/websocket, under clients of others', () => {
  const servers: SocketServer[] = [];
  const apps: BareApp[] = [];
  afterAll(async () => {
    await Promise.all([...apps.map((app) => app.close()), ...servers.map((server) => server.stop())]);
  });

  async function run(
    source: string,
    onConnection: (socket: WebSocket) => void,
    { protocols = [], also = {} }: { protocols?: string[]; also?: object } = {},
  ): Promise<BareApp & { readonly handshakes: () => number }> {
    const server = await startSocketServer({ onConnection, protocols });
    servers.push(server);
    const app = await runBareApp(source, server, also);
    apps.push(app);
    return { ...app, handshakes: () => server.handshakes.length };
  }

  /** It works, is cut by the background, and works again. */
  async function survives(app: BareApp & { readonly handshakes: () => number }): Promise<void> {
    await app.noted('heard hi');
    await app.hideFor(7_000);
    await app.noted('heard hi', 2);
    expect(app.handshakes()).toBe(2);
  }

  it('@stomp/stompjs', async () => {
    const app = await run(
      `
      import { Client } from '@stomp/stompjs';
      const client = new Client({
        webSocketFactory: () => new WebSocket('wss://chat.example.com/stomp', ['v12.stomp']),
        reconnectDelay: 200,
        heartbeatIncoming: 0,
        heartbeatOutgoing: 0,
      });
      client.onConnect = () => {
        client.subscribe('/topic/a', ({ body }) => note('heard ' + body));
        client.publish({ destination: '/topic/a', body: 'hi' });
      };
      client.activate();
      `,
      stompServer,
      // It asks its users to bring them where they are missing.
      { protocols: ['v12.stomp'], also: { TextEncoder, TextDecoder } },
    );
    await survives(app);
  }, 20_000);

  it('centrifuge', async () => {
    const app = await run(
      `
      import { Centrifuge } from 'centrifuge';
      const centrifuge = new Centrifuge('wss://chat.example.com/centrifugo', {
        websocket: WebSocket,
        minReconnectDelay: 100,
        maxReconnectDelay: 200,
      });
      const channel = centrifuge.newSubscription('a');
      channel.on('publication', ({ data }) => note('heard ' + data));
      channel.on('subscribed', () => channel.publish('hi').catch((error) => note(String(error))));
      channel.subscribe();
      centrifuge.connect();
      `,
      centrifugoServer,
    );
    await survives(app);
  }, 20_000);

  it('graphql-ws', async () => {
    const app = await run(
      `
      import { createClient } from 'graphql-ws';
      const client = createClient({
        url: 'wss://chat.example.com/graphql',
        webSocketImpl: WebSocket,
        retryAttempts: 20,
        shouldRetry: () => true,
      });
      client.subscribe(
        { query: 'subscription { greetings }' },
        { next: ({ data }) => note('heard ' + data.greetings), error: (error) => note(String(error)), complete: () => {} },
      );
      `,
      graphqlServer,
      { protocols: ['graphql-transport-ws'] },
    );
    await survives(app);
  }, 20_000);

  it('@microsoft/signalr', async () => {
    const app = await run(
      `
      import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
      const connection = new HubConnectionBuilder()
        .withUrl('https://chat.example.com/hub', {
          skipNegotiation: true,
          transport: HttpTransportType.WebSockets,
          WebSocket,
          // Nobody negotiates, but it is asked for cookies.
          httpClient: { getCookieString: () => '' } as never,
        })
        .configureLogging(LogLevel.None)
        .withAutomaticReconnect([100, 200, 400, 800])
        .build();
      const greet = () => connection.invoke('echo', 'hi').then((answer) => note('heard ' + answer), (error) => note(String(error)));
      connection.onreconnected(greet);
      connection.start().then(greet, (error) => note(String(error)));
      `,
      signalrServer,
    );
    await survives(app);
  }, 20_000);
});

/** STOMP 1.2 over WebSockets: connects, and gives what is sent to a destination to those who have subscribed to it. */
function stompServer(socket: WebSocket): void {
  const subscriptions = new Map<string, string>();
  const say = (command: string, header: Record<string, string>, body = '') => {
    const lines = Object.entries(header).map(([name, value]) => `${name}:${value}`);
    socket.send(`${[command, ...lines].join('\n')}\n\n${body}\0`);
  };
  socket.on('message', (data) => {
    const [head = '', body = ''] = text(data).replace(/\0$/, '').split('\n\n');
    const [command, ...lines] = head.split('\n');
    const header = Object.fromEntries(lines.map((line) => line.split(/:(.*)/s).slice(0, 2) as [string, string]));
    if (command === 'CONNECT') say('CONNECTED', { version: '1.2', 'heart-beat': '0,0' });
    if (command === 'SUBSCRIBE') subscriptions.set(header['destination'] ?? '', header['id'] ?? '');
    if (command === 'SEND') {
      const { destination = '' } = header;
      const subscription = subscriptions.get(destination);
      if (subscription !== undefined) say('MESSAGE', { destination, subscription, 'message-id': '1' }, body);
    }
  });
}

/** Centrifugo's JSON protocol, as far as connect, subscribe and publish. */
function centrifugoServer(socket: WebSocket): void {
  interface Command {
    readonly id?: number;
    readonly connect?: object;
    readonly subscribe?: { readonly channel: string };
    readonly publish?: { readonly channel: string; readonly data: unknown };
  }
  const say = (reply: object) => socket.send(JSON.stringify(reply));
  socket.on('message', (data) => {
    for (const line of text(data).split('\n')) {
      const { id, connect, subscribe, publish } = JSON.parse(line) as Command;
      if (connect) say({ id, connect: { client: 'c', version: '0' } });
      if (subscribe) say({ id, subscribe: {} });
      if (publish) {
        say({ id, publish: {} });
        say({ push: { channel: publish.channel, pub: { data: publish.data } } });
      }
    }
  });
}

/** The client's own server, on a schema with one subscription, which greets and stays. */
function graphqlServer(socket: WebSocket): void {
  const greetings = {
    type: GraphQLString,
    subscribe: async function* () {
      yield { greetings: 'hi' };
      await new Promise((resolve) => socket.once('close', resolve));
    },
  };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { unused: { type: GraphQLString } } }),
    subscription: new GraphQLObjectType({ name: 'Subscription', fields: { greetings } }),
  });
  const closed = makeServer({ schema }).opened(
    {
      protocol: socket.protocol,
      send: (data) => new Promise((resolve) => socket.send(data, () => resolve())),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (hear) => socket.on('message', (data) => void hear(text(data))),
    },
    {},
  );
  socket.once('close', (code, reason) => void closed(code, reason.toString()));
}

/** The JSON hub protocol of SignalR: the handshake, and a method that answers with what it was given. */
function signalrServer(socket: WebSocket): void {
  const END = '\u001e';
  interface Message {
    readonly protocol?: string;
    readonly type?: number;
    readonly invocationId?: string;
    readonly arguments?: readonly unknown[];
  }
  socket.on('message', (data) => {
    for (const part of text(data).split(END).filter(Boolean)) {
      const { protocol, type, invocationId, arguments: given } = JSON.parse(part) as Message;
      if (protocol !== undefined) socket.send(`{}${END}`);
      if (type === 1) socket.send(`${JSON.stringify({ type: 3, invocationId, result: given?.[0] })}${END}`);
    }
  });
}
