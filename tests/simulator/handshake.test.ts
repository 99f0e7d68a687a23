import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';

const URL = 'https://silent.example.com/';

/** What ends a call whose server takes the connection and never shakes hands, and what the app is told. */
const ENDS: readonly (readonly [what: string, end: (phone: Simulator, abort: () => void) => unknown, told: RegExp])[] =
  [
    ['the connection of the device is lost', (phone) => phone.setNetwork('none'), /INTERNET_DISCONNECTED/],
    ['the device moves to another network, on iOS', (phone) => phone.setNetwork('4g'), /network change/],
    ['the app gives the call up', (_phone, abort) => abort(), /abort/],
    ['the app is killed', (phone) => phone.destroy(), /^nothing$/],
    ['the app is started anew', (phone) => phone.restart(), /^nothing$/],
    ['the simulator is closed', (phone) => phone.close(), /abort/],
  ];

describe('in the middle of a TLS handshake', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it.each(ENDS)('%s: the connection is gone, and the app is told once', async (_what, end, told) => {
    const simulator = createSimulator({
      phone: 'ios',
      domains: { request: [URL.slice(0, -1)] },
      lookup: () => ({ address: '127.0.0.1', port: (server.address() as AddressInfo).port }),
    });
    const heard: string[] = [];
    const taken = once(server, 'connection') as Promise<[Socket]>;
    const task = simulator.wx.request({ url: URL, complete: ({ errMsg }) => heard.push(errMsg) });
    const [socket] = await taken;
    // Its greeting has come, and gets no answer.
    await once(socket, 'data');
    const gone = once(socket, 'close');
    socket.on('error', () => {});
    end(simulator, () => task.abort());
    await gone;
    await simulator.close();

    expect(heard).toHaveLength(String(told) === '/^nothing$/' ? 0 : 1);
    expect(heard[0] ?? 'nothing').toMatch(told);
  });
});
