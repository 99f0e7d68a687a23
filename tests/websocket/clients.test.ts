import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { makeServer } from 'graphql-ws';
import StompServer from 'stomp-broker-js';
import type { RawData, WebSocket } from 'ws';
import { startSocketServer, type SocketServer, type SocketServerOptions } from '../support/socket-server.js';
import { runBareApp, type BareApp } from './bare-app.js';
import { centrifugoServer } from './centrifugo-server.js';
import { signalrServer } from './signalr-server.js';

const text = (data: RawData) => (data as Buffer).toString();

describe('rx-miniprogram/websocket, under clients of others', () => {
  const servers: SocketServer[] = [];
  const apps: BareApp[] = [];
  afterAll(async () => {
    await Promise.all([...apps.map((app) => app.close()), ...servers.map((server) => server.stop())]);
  });

  async function run(
    source: string,
    served: Pick<SocketServerOptions, 'onConnection' | 'protocols' | 'attach'>,
    also: object = {},
  ): Promise<BareApp & { readonly handshakes: () => number }> {
    const server = await startSocketServer({ protocols: [], ...served });
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
        webSocketFactory: () => new WebSocket('wss://chat.example.com/stomp', ['v11.stomp']),
        reconnectDelay: 200,
        heartbeatIncoming: 0,
        heartbeatOutgoing: 0,
      });
      client.onConnect = () => {
        client.subscribe('/topic/a', ({ body }) => note('heard ' + body));
        client.publish({ destination: '/topic/asked', body: 'hi' });
      };
      client.activate();
      `,
      { attach: attachBroker },
      // It asks its users to bring them where they are missing.
      { TextEncoder, TextDecoder },
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
      { onConnection: centrifugoServer },
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
      { onConnection: graphqlServer, protocols: ['graphql-transport-ws'] },
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
      { onConnection: signalrServer },
    );
    await survives(app);
  }, 20_000);
});

/** A broker of STOMP 1.1; it gives nobody his own messages back, so that somebody here answers. */
function attachBroker(server: Parameters<NonNullable<SocketServerOptions['attach']>>[0]): void {
  const broker = new StompServer({ server, path: '/stomp' });
  broker.subscribe('/topic/asked', (body) => broker.send('/topic/a', {}, body));
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
