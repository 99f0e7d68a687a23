import { createLog } from '../phone.js';
import { CHAT, connected, socketPhone } from '../socket-phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('WebSockets', () => {
  describe('domains', () => {
    const NOT_LISTED = '{"errMsg":"createSocketTask:fail url not in domain list","errno":600002}';

    it.each([
      ['DOM-1', 'a domain that is not listed', 'wss://elsewhere.example.org/', NOT_LISTED],
      ['DOM-2', 'ws to a listed domain', 'ws://chat.example.com/', NOT_LISTED],
      [
        'DOM-2',
        'https',
        'https://chat.example.com/',
        '{"errMsg":"connectSocket:fail invalid url \\"https://chat.example.com/\\"","errno":600009}',
      ],
      ['DOM-3', 'localhost', 'wss://localhost/', NOT_LISTED],
      ['DOM-4', 'another port than the listed one', 'wss://live.example.com:9443/', NOT_LISTED],
      ['DOM-5', 'an explicit :443', 'wss://chat.example.com:443/', NOT_LISTED],
      ['DOM-7', 'api.weixin.qq.com', 'wss://api.weixin.qq.com/', NOT_LISTED],
      ['DOM-8', 'a subdomain', 'wss://a.chat.example.com/', NOT_LISTED],
      ['LAN-1', "the device's own address", 'ws://192.168.1.100:8080/', NOT_LISTED],
    ])('[%s] refuses %s', (rule, _what, url, failure) => {
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({}, { domains: { socket: [CHAT, 'wss://live.example.com:8443'] } });
        const rules: unknown[] = [];
        simulator.events$.subscribe((event) => event.type === 'refused' && rules.push(event.rule));
        connected(simulator, '/', note, { url });
        flush();

        expect(lines).toEqual([`0 fail ${failure}`]);
        expect(rules).toEqual([rule]);
      })();
    });

    it(
      "[DOM-4] [DOM-5] [F2] takes any port of a listed host with wssPorts: 'any'",
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({ ':9000/': {} }, { wssPorts: 'any' });
        connected(simulator, ':9000/', note);
        connected(simulator, '/', note, { url: 'wss://a.chat.example.com/' });
        flush();

        expect(lines).toEqual(['0 connectSocket:ok', `0 fail ${NOT_LISTED}`, '0 open']);
      }),
    );

    it(
      "[DOM-1] tells a refusal in onError, after success, with refusedSocket: 'error-event'",
      marbles(({ flush }) => {
        const { lines, note } = createLog();
        const simulator = socketPhone({}, { refusedSocket: 'error-event' });
        simulator.wx.onSocketError(({ errMsg }) => note(`global ${errMsg}`));
        connected(simulator, '/', note, { url: 'wss://elsewhere.example.org/' });
        flush();

        expect(lines).toEqual([
          '0 connectSocket:ok',
          `0 error ${NOT_LISTED}`,
          '0 global createSocketTask:fail url not in domain list',
        ]);
      }),
    );
  });
});
