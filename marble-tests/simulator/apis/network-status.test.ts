import { createSimulator } from '../../../src/simulator/create-simulator.js';
import { scriptWire } from '../../../src/simulator/wires/script.js';
import { marbles } from '../../../src/testing/index.js';
import { at, createLog } from '../phone.js';

describe('the connection of the phone', () => {
  it.each(['2g', '3g', '4g', '5g'] as const)('[LAN-1] [F13] has no local network over %s', (networkType) => {
    marbles(({ flush }) => {
      const neighbour = 'http://10.64.12.6:8080/';
      const wire = scriptWire({ [`GET ${neighbour}`]: {}, 'GET http://192.168.1.7:8080/': {} });
      const simulator = createSimulator({ networkType, wire });
      const { lines, note } = createLog();
      const told = (what: string) => (result: object) => note(`${what} ${JSON.stringify(result)}`);
      for (const url of [neighbour, 'http://192.168.1.7:8080/'])
        simulator.wx.request({ url, success: () => note('reached'), fail: ({ errMsg }) => note(errMsg) });
      simulator.wx.getLocalIPAddress({ success: ({ localip, netmask }) => told('own')({ localip, netmask }) });
      at(1, () => simulator.setNetwork('wifi'));
      at(2, () => simulator.wx.request({ url: 'http://192.168.1.7:8080/', success: () => note('reached') }));
      flush();

      expect(lines).toEqual([
        '0 request:fail url not in domain list',
        '0 request:fail url not in domain list',
        '0 own {"localip":"10.64.12.7","netmask":"255.255.255.248"}',
        '2 reached',
      ]);
    })();
  });
});
